"""An order's course, told from what was signed about it: the rules of the desk, for who has none.

Whoever verifies a bundle must come to what the desk came to (`response.rules`), from the same
statements in the same order: what the desk would have refused does not count here either. A test
puts both to anything that anybody may say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stanch.formats.signed.fields import moment
from stanch.model.desk.orders import Order, OrderKind, Said, Statement


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement that holds: when it is proved to have been said, and with which key."""

    at: datetime
    statement: Statement
    kid: str


@dataclass(frozen=True, slots=True)
class Fallen:
    """Keys that a version of the directory dropped, and when."""

    at: datetime
    kids: frozenset[str]


@dataclass(slots=True)
class Freeing:
    """A release that is being signed, or cools until `due`."""

    accounts: frozenset[str]
    hands: list[Heard] = field(default_factory=list)
    due: datetime | None = None


class Course:
    """Where an order stands. `since`: in force from then on; `free`: accounts, from when on."""

    def __init__(self, order: Order) -> None:
        """Nobody has signed yet."""
        self.order = order
        self.expires = moment(order.expires)
        self.hands: list[Heard] = []
        self.since: datetime | None = None
        self.lapses: datetime | None = None
        self.free: dict[str, datetime] = {}
        self.proposed = self.withdrawn = self.over = False
        self._declined: dict[str, datetime] = {}
        self._releases: list[Freeing] = []
        self._void: datetime | None = None
        self._now = moment(order.issued)
        self._known: set[tuple[str, Statement]] = set()
        self._dropped: set[str] = set()

    def happen(self, what: Iterable[Heard | Fallen]) -> None:
        """Let things happen, in their order, each after the deadlines before it.

        Time never goes back: what is said to be earlier than the one before happens with it.
        """
        for each in what:
            self._now = max(self._now, each.at)
            self.pass_time(self._now)
            if isinstance(each, Fallen):
                self._fall(each.kids)
            elif not self.over and each.kid not in self._dropped:
                self._hear(each)

    def pass_time(self, now: datetime | None = None) -> None:
        """Let deadlines up to `now` take effect, the earliest first; None: all there are."""
        while not self.over and self.proposed:
            end = self.lapses or self.expires
            due = min((each.due for each in self._releases if each.due is not None), default=end)
            if now is not None and min(due, end) > now:
                return
            release = next((each for each in self._releases if each.due == due), None)
            if release is not None and due <= end:
                self._free(release, due)
            else:
                self.over = True

    def _hear(self, heard: Heard) -> None:
        said = heard.statement
        if (heard.kid, said) in self._known:
            return
        self._known.add((heard.kid, said))
        if said.said is Said.PROPOSE:
            self._propose(heard)
        elif said.said is Said.CONCUR:
            self._concur(heard)
        elif said.said is Said.REFUSE:
            self._refuse(heard)
        elif self.since is not None:
            self._release(heard)
        elif said.member == self.order.authority and not said.targets:
            self.withdrawn = self.over = True

    def _propose(self, heard: Heard) -> None:
        if self.proposed:
            return
        self.proposed, self.hands = True, [heard]
        rule = self.order.rule
        if self.order.kind is OrderKind.EMERGENCY and rule.lapses_hours is not None:
            self.since = self._now
            self.lapses = min(self._now + timedelta(hours=rule.lapses_hours), self.expires)

    def _concur(self, heard: Heard) -> None:
        said = heard.statement
        declined = self._declined.get(said.member)
        if not self.proposed or (declined is not None and moment(said.at) <= declined):
            return
        mine = any(hand.statement.member == said.member for hand in self.hands)
        if mine or _gave(self.hands, heard):
            return
        self.hands.append(heard)
        members = {hand.statement.member for hand in self.hands}
        if self.order.authority in members and len(members) >= self.order.rule.members:
            self.since, self.lapses = self.since or self._now, None

    def _refuse(self, heard: Heard) -> None:
        """Take back the releases to which the signer gave a hand, else the member's hand."""
        said = heard.statement
        given = [each for each in self._releases if _gave(each.hands, heard)]
        if given and self.since is not None:
            self._make_void(given, self._now)
            return
        waits = self.proposed and (self.since is None or self.lapses is not None)
        mine = [hand for hand in self.hands if hand.statement.member == said.member]
        later = any(moment(hand.statement.at) > moment(said.at) for hand in mine)
        if not waits or said.member == self.order.authority or later:
            return
        self.hands = [hand for hand in self.hands if hand not in mine]
        last = self._declined.get(said.member, moment(said.at))
        self._declined[said.member] = max(moment(said.at), last)

    def _release(self, heard: Heard) -> None:
        said = heard.statement
        held = frozenset(each.account for each in self.order.targets) - self.free.keys()
        if not held >= set(said.targets) or (self._void and moment(said.at) <= self._void):
            return
        accounts = frozenset(said.targets) or held
        open_ = next((each for each in self._releases if each.accounts == accounts), None)
        release = open_ or Freeing(accounts)
        crossing = [each for each in self._releases if each.accounts & accounts]
        again = said.member != self.order.authority and any(
            hand.statement.member == said.member for hand in release.hands
        )
        if release.due is not None or again or any(_gave(each.hands, heard) for each in crossing):
            return
        release.hands.append(heard)
        self._releases = [*(each for each in self._releases if each is not release), release]
        if self._suffices(release):
            release.due = self._now + timedelta(hours=self.order.rule.cooling_hours)

    def _suffices(self, release: Freeing) -> bool:
        own = [h for h in release.hands if h.statement.member == self.order.authority]
        rule = self.order.rule
        return len(own) >= rule.own and len(release.hands) - len(own) >= rule.others

    def _free(self, release: Freeing, at: datetime) -> None:
        self._releases = [each for each in self._releases if each is not release]
        self.free |= dict.fromkeys(release.accounts, at)
        crossing = [each for each in self._releases if each.accounts & release.accounts]
        self._make_void(crossing, at)
        if all(each.account in self.free for each in self.order.targets):
            self.over, self.lapses = True, None

    def _make_void(self, releases: list[Freeing], at: datetime) -> None:
        if releases:
            self._releases = [each for each in self._releases if each not in releases]
            self._void = at

    def _fall(self, kids: frozenset[str]) -> None:
        """Hands of dropped keys count no more where anything is still waited for."""
        if not self.proposed:
            return  # a key that was gone and came back before anybody signed
        self._dropped |= kids
        if self.since is None or self.lapses is not None:
            self.hands = [hand for hand in self.hands if hand.kid not in kids]
        gone = [each for each in self._releases if any(hand.kid in kids for hand in each.hands)]
        self._make_void(gone, self._now)


def _gave(hands: list[Heard], heard: Heard) -> bool:
    """Whether this person or key is among them."""
    person = heard.statement.person
    return any(hand.statement.person == person or hand.kid == heard.kid for hand in hands)
