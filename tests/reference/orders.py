"""Slow, plain twin of the life of an order, written from the words of docs/design/desk.md.

Everything is told again from the first hour, hour by hour, and who has a hand is searched anew in
the list of what was taken. Hours are integers; hour 0 is when the order was drafted.
"""

from dataclasses import dataclass, field

FOUNDING = ("kr", "jp", "us")
AUTHORITY = "kr"


@dataclass(frozen=True)
class Word:
    """One thing that was sent: `said` may also be `revoke`, and then only `key` counts."""

    heard: int
    said: str
    member: str = ""
    person: str = ""
    key: str = ""
    at: int = 0
    accounts: frozenset = frozenset()


@dataclass
class Life:
    """An order of the accounts `all`, and what the hours have made of it."""

    kind: str
    all: frozenset
    expires: int
    members: int
    own: int
    others: int
    cooling: int
    lapse: int
    among: tuple = FOUNDING
    state: str = "draft"
    free: set = field(default_factory=set)
    freed_at: dict = field(default_factory=dict)
    taken: list = field(default_factory=list)  # words that counted, the latest last
    dead: set = field(default_factory=set)  # revoked keys
    began: int | None = None
    confirmed: bool = False
    releases: list = field(default_factory=list)  # [accounts, words, due]
    void: int = -1000

    def held(self):
        return self.all - self.free if self.state == "in_force" else frozenset()

    def tell(self, words, until):
        """Go through all hours; return which of the words were taken."""
        fate, latest = [], 0
        words = list(words)
        for hour in range(max([until, 0, *(word.heard for word in words)]) + 1):
            self.deadlines(hour)
            while words and max(words[0].heard, latest) <= hour:
                word = words.pop(0)
                latest = max(latest, word.heard)
                fate.append(self.take(word, hour))
        return fate

    def deadlines(self, hour):
        if self.state == "proposed" and hour >= self.expires:
            self.state = "withdrawn"
        while self.state == "in_force":
            due = [release for release in self.releases if release[2] == hour]
            if not due:
                break
            self.set_free(due[0], hour)
        if self.state == "in_force":
            waiting = self.kind == "emergency" and not self.confirmed
            if hour >= self.expires or (waiting and hour >= self.began + self.lapse):
                self.freed_at |= dict.fromkeys(self.all - self.free, hour)
                self.free, self.state, self.releases = set(self.all), "expired", []

    def set_free(self, release, hour):
        self.free |= release[0]
        self.freed_at |= dict.fromkeys(release[0], hour)
        left = [other for other in self.releases if not other[0] & release[0]]
        if len(left) < len(self.releases) - 1:
            self.void = hour
        self.releases = left
        if self.free == self.all:
            self.state = "released"

    def take(self, word, hour):
        if word.said == "revoke":
            self.revoke(word.key, hour)
            return True
        if any(self.same(word, old) for old in self.taken):
            return True
        fresh = hour - 24 <= word.at <= hour
        if not fresh or word.key in self.dead or not getattr(self, word.said)(word, hour):
            return False
        self.taken.append(word)
        return True

    def same(self, one, other):
        return (one.said, one.member, one.person, one.key, one.at, one.accounts) == (
            (other.said, other.member, other.person, other.key, other.at, other.accounts)
        )

    def hands(self):
        """The words that stand for the order: of each member the last, unless it declined."""
        last = {}
        for word in self.taken:
            if word.said in ("propose", "concur", "decline"):
                last[word.member] = word
        return [w for w in last.values() if w.said != "decline" and w not in self.fallen]

    fallen = ()

    def waits(self):
        return self.state == "proposed" or (
            self.state == "in_force" and self.kind == "emergency" and not self.confirmed
        )

    def propose(self, word, hour):
        if self.state != "draft" or word.member != AUTHORITY or word.accounts:
            return False
        if hour >= self.expires:
            return False
        self.state = "proposed"
        if self.kind == "emergency":
            self.state, self.began = "in_force", hour
        return True

    def concur(self, word, hour):
        if self.state not in ("proposed", "in_force") or word.accounts:
            return False
        if word.member not in self.among:
            return False
        for hand in self.hands():
            if word.member == hand.member or word.person == hand.person or word.key == hand.key:
                return False
        for old in self.taken:
            if old.said == "decline" and old.member == word.member and old.at >= word.at:
                return False
        members = {hand.member for hand in self.hands()} | {word.member}
        if self.waits() and AUTHORITY in members and len(members) >= self.members:
            self.confirmed = True
            if self.state == "proposed":
                self.state, self.began = "in_force", hour
        return True

    def refuse(self, word, hour):
        mine = [r for r in self.releases if self.signed(r, word)] if self.held() else []
        if mine:
            self.releases = [release for release in self.releases if release not in mine]
            self.void = hour
            return True
        if not self.waits() or word.member == AUTHORITY or word.member not in self.among:
            return False
        if any(hand.member == word.member and hand.at > word.at for hand in self.hands()):
            return False
        self.taken.append(Word(word.heard, "decline", word.member, at=word.at))
        return True

    def release(self, word, hour):
        if self.state in ("draft", "proposed"):
            if word.member != AUTHORITY or word.accounts:
                return False
            self.state = "withdrawn"
            return True
        if self.state != "in_force" or not word.accounts <= self.held():
            return False
        if word.member not in self.among or word.at <= self.void:
            return False
        accounts = word.accounts or self.held()
        for release in self.releases:
            if release[0] & accounts and self.signed(release, word):
                return False
        mine = [release for release in self.releases if release[0] == accounts]
        release = mine[0] if mine else [accounts, [], None]
        others = {old.member for old in release[1] if old.member != AUTHORITY}
        if release[2] is not None or word.member in others:
            return False
        self.releases = [r for r in self.releases if r is not release] + [release]
        release[1].append(word)
        own = [old for old in release[1] if old.member == AUTHORITY]
        others = [old for old in release[1] if old.member != AUTHORITY]
        if len(own) >= self.own and len(others) >= self.others:
            release[2] = hour + self.cooling
        return True

    def signed(self, release, word):
        return any(old.person == word.person or old.key == word.key for old in release[1])

    def revoke(self, key, hour):
        self.dead.add(key)
        if self.waits():
            lost = [hand for hand in self.hands() if hand.key == key]
            self.fallen = (*self.fallen, *lost)
        kept = [r for r in self.releases if all(word.key != key for word in r[1])]
        if len(kept) < len(self.releases):
            self.void = hour
        self.releases = kept
