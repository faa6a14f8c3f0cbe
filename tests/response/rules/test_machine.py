"""Anybody says anything at any time: the rules and their slow twin agree, and the promises hold."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from stanch.errors import RefusedError
from stanch.formats.signed.course import Fallen, Heard
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.tally import tally
from stanch.model.desk.orders import OrderKind, Rule, Said
from stanch.model.desk.states import OrderState
from stanch.response.rules.lifecycle import hear, pass_time, propose, replay, revoke
from stanch.response.rules.standing import Revoked, Signed, draft
from tests.reference.orders import AUTHORITY, FOUNDING, Life, Word
from tests.response.rules.desk import (
    HASH,
    MEMBERS,
    START,
    X,
    Y,
    Z,
    at,
    in_force,
    order,
    signed,
    text,
)

ACCOUNTS = [frozenset({t.account for t in some}) for some in ((), (), (X,), (Y, Z), (X, Y, Z))]
PEOPLE = [  # member, person, key
    *((p.partition("-")[0], p, f"key-{p}") for p in ("kr-1", "kr-2", "kr-3", "jp-1", "jp-2")),
    *((p.partition("-")[0], p, f"key-{p}") for p in ("us-1", "us-2", "nl-1", "alpha-1")),
    ("jp", "kr-1", "key-jp-9"),  # one person in two houses
    ("jp", "jp-3", "key-kr-1"),  # one key in two houses
    ("kr", "kr-2", "key-kr-9"),  # two keys of one person
    ("kr", "kr-4", "key-kr-1"),  # one key of two persons
]
SIGNERS = st.sampled_from(PEOPLE)
GOOD = st.sampled_from(PEOPLE[:8])
SAID = st.sampled_from([Said.CONCUR, Said.RELEASE, Said.RELEASE, Said.REFUSE, Said.PROPOSE])
AMONG = st.sampled_from([(), (), ("kr", "jp"), ("kr", "us", "nl"), ("kr", "jp", "us", "nl")])
RULES = st.builds(
    lambda members, extra, own, cooling, among: Rule(
        members, None, own, members - 1 + extra, cooling, frozenset(among)
    ),
    st.integers(2, 3),
    st.integers(0, 1),
    st.integers(2, 3),
    st.sampled_from([1, 5, 24]),
    AMONG,
).filter(lambda r: max(r.others + 1, r.members) <= len(r.among or FOUNDING))


def say(word: Word, said: Said) -> Signed:
    """A word of the twin as a statement."""
    one = signed(said, f"{word.member}-0", word.heard, kid=word.key, person=word.person)
    named = tuple(sorted(word.accounts))
    return replace(one, statement=replace(one.statement, at=text(at(word.at)), targets=named))


class Desk(RuleBasedStateMachine):
    @initialize(
        kind=st.sampled_from([OrderKind.HOLD, OrderKind.EMERGENCY]),
        rules=RULES,
        lapse=st.integers(1, 72),
        expires=st.sampled_from([30, 100, 200]),
    )
    def begin(self, kind, rules, lapse, expires):
        lapses = lapse if kind is OrderKind.EMERGENCY else None
        what = order(kind, rule=replace(rules, lapses_hours=lapses), expires=text(at(expires)))
        self.order, self.expires = what, expires
        self.among = tuple(sorted(rules.among)) or FOUNDING
        self.twin = lambda: Life(
            kind.value,
            ACCOUNTS[-1],
            expires,
            rules.members,
            rules.own,
            rules.others,
            rules.cooling_hours,
            lapse,
            self.among,
        )
        self.standing = draft(what, HASH, START)
        self.clock = self.latest = 0
        self.words, self.kept, self.told = [], [], []
        self.send(Said.PROPOSE, PEOPLE[0], 0, frozenset())

    def send(self, said, who, back, accounts):
        self.latest = max(self.latest, self.clock)
        word = Word(self.latest, said.value, *who, self.latest - back, accounts)
        self.words.append(word)
        self.put(word, said)

    def put(self, word, said):
        statement = replace(say(word, said), heard=at(self.clock))  # which may be behind
        try:
            if said is Said.PROPOSE and self.standing.state is OrderState.DRAFT:
                self.standing, told = propose(self.standing, statement, ())
            else:
                self.standing, told = hear(self.standing, statement)
        except RefusedError:
            self.look()
            self.fate(False)
            return
        self.told += told
        self.kept.append(replace(statement, heard=at(self.latest)))
        self.fate(True)

    def fate(self, taken):
        assert self.twin().tell(self.words, self.latest)[-1] is taken

    def look(self):
        self.standing, told = pass_time(self.standing, at(self.clock))
        self.told += told

    @rule(said=SAID, who=SIGNERS, back=st.integers(-1, 26), accounts=st.sampled_from(ACCOUNTS))
    def anybody_says_anything(self, said, who, back, accounts):
        self.send(said, who, back, accounts)

    @rule(who=GOOD)
    def concur(self, who):
        self.send(Said.CONCUR, who, 0, frozenset())

    @rule(who=GOOD, accounts=st.sampled_from(ACCOUNTS[1:]))
    def sign_release(self, who, accounts):
        self.send(Said.RELEASE, who, 0, accounts)

    @rule(accounts=st.sampled_from(ACCOUNTS[1:]))
    def all_sign_release(self, accounts):
        for who in (*PEOPLE[:4], PEOPLE[5]):
            self.send(Said.RELEASE, who, 0, accounts)

    @rule(data=st.data())
    def an_old_statement_again(self, data):
        old = data.draw(st.sampled_from(self.words))
        if old.said == "revoke":
            return
        self.latest = max(self.latest, self.clock)
        word = replace(old, heard=self.latest)
        self.words.append(word)
        self.put(word, Said(word.said))

    @rule(who=SIGNERS)
    def a_key_is_revoked(self, who):
        self.latest = max(self.latest, self.clock)
        self.words.append(Word(self.latest, "revoke", key=who[2]))
        revoked = Revoked(frozenset({who[2]}), at(self.clock))
        self.kept.append(replace(revoked, heard=at(self.latest)))
        self.standing, told = revoke(self.standing, revoked)
        self.told += told

    @rule(hours=st.integers(-60, 60))
    def the_clock_jumps(self, hours):
        self.clock = max(0, self.clock + hours)
        self.latest = max(self.latest, self.clock)
        self.look()

    @invariant()
    def the_twin_says_the_same(self):
        twin = self.twin()
        twin.tell(self.words, self.latest)
        assert twin.state == self.standing.state
        assert twin.held() == {target.account for target in self.standing.held}
        freed = {t.account: one.at for one in self.told for t in getattr(one, "targets", ())}
        assert {account: at(hour) for account, hour in twin.freed_at.items()} == freed

    @invariant()
    def never_in_force_without_its_hands(self):
        if self.standing.in_force is None:
            return
        signers = {(w.member, w.person, w.key) for w in self.words if w.said == "propose"}
        assert any(member == AUTHORITY for member, _, _ in signers)
        if self.standing.confirmed is None:
            assert self.order.kind is OrderKind.EMERGENCY
            assert self.standing.seen < at(72) + (self.standing.in_force - START) or (
                not self.standing.held
            )
            return
        signers |= {(w.member, w.person, w.key) for w in self.words if w.said == "concur"}
        assert most_apart([s for s in signers if s[0] in self.among]) >= self.order.rule.members

    @invariant()
    def never_released_with_too_few_hands_or_too_soon(self):
        rules = self.order.rule
        cooling = timedelta(hours=rules.cooling_hours)
        for one in self.told:
            if type(one).__name__ != "Released":
                continue
            signers = {
                (w.member, w.person, w.key)
                for w in self.words
                if w.said == "release" and at(w.at) + cooling <= one.at
            }
            own = {person for member, person, _ in signers if member == AUTHORITY}
            others = {m for m, _, _ in signers if m in self.among and m != AUTHORITY}
            keys = {key for _, _, key in signers}
            assert len(own) >= rules.own
            assert len(others) >= rules.others
            assert len(keys) >= rules.own + rules.others

    @invariant()
    def targets_are_conserved(self):
        ended, held = self.standing.ended, self.standing.held
        freed = [target for one in self.told for target in getattr(one, "targets", ())]
        assert sorted(ended, key=str) == sorted(freed, key=str)
        assert len(set(ended)) == len(ended)
        if self.standing.in_force is None:
            assert ended == held == ()
        else:
            assert sorted((*ended, *held), key=str) == sorted(self.order.targets, key=str)

    @invariant()
    def the_log_told_again_is_the_same(self):
        again, _ = pass_time(replay(self.order, HASH, self.kept), self.standing.seen)
        assert again == self.standing

    @invariant()
    def who_has_no_desk_comes_to_the_same(self):
        """Now, and at any later time if nothing more is said."""
        found = tally(self.order, map(without_a_desk, self.kept))
        assert found.since == (self.standing.in_force and stamp(self.standing.in_force))
        for later in (0, 1, 5, 24, 71, 10_000):
            then, _ = pass_time(self.standing, self.standing.seen + timedelta(hours=later))
            when = stamp(then.seen)
            holds = {
                t.account for t in self.order.targets if found.holds(self.order, t.account, when)
            }
            assert holds == {target.account for target in then.held}
        ended = [one.at for one in self.told if type(one).__name__ == "Withdrawn"]
        # what was never in force is withdrawn when it expires, of which no statement tells
        assert (found.state == "withdrawn") == any(when < at(self.expires) for when in ended)


def without_a_desk(thing):
    """What a bundle has of it."""
    if isinstance(thing, Revoked):
        return Fallen(thing.heard, thing.kids)
    return Heard(thing.heard, thing.statement, thing.kid)


def most_apart(signers):
    """The most members that can sign with a person and a key each, tried one by one."""
    if not signers:
        return 0
    (member, person, key), *rest = signers
    apart = [s for s in rest if s[0] != member and s[1] != person and s[2] != key]
    return max(1 + most_apart(apart), most_apart(rest))


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)

ALONE = st.lists(
    st.tuples(
        st.sampled_from(Said),
        st.integers(-20, 40),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(["key-kr-1", "key-kr-9", "key-kr-8"]),
    ),
    max_size=15,
)


def alone(standing, deeds, who):
    """What follows when one person does all this, and nobody else anything."""
    hour, follows = 2, []
    for said, hours, accounts, kid in deeds:
        hour = max(0, hour + hours)
        seen = max(at(hour), standing.seen)
        named = tuple(sorted(accounts))
        deed = signed(said, who, hour, at=text(seen), targets=named, kid=kid, reason="stolen")
        standing, told = pass_time(standing, at(hour))
        follows += told
        try:
            if standing.state is OrderState.DRAFT:
                standing, told = propose(standing, deed, ())
            else:
                standing, told = hear(standing, deed)
        except RefusedError:
            continue
        follows += told
    standing, told = pass_time(standing, at(10_000))
    return [*follows, *told]


@given(ALONE, st.sampled_from(["kr-1", "jp-1", "us-1", "nl-1", "alpha-1"]))
def test_one_person_with_any_keys_releases_nothing(deeds, who):
    follows = alone(in_force(), deeds, who)
    assert [(type(one).__name__, one.at) for one in follows if hasattr(one, "targets")] == [
        ("Expired", START + timedelta(days=30))
    ]


@given(ALONE, st.sampled_from(["kr-1", "jp-1", "nl-1"]), st.integers(1, 72))
def test_one_person_holds_by_emergency_only_and_not_longer_than_it_lapses(deeds, who, lapse):
    kinds = {OrderKind.HOLD: None, OrderKind.EMERGENCY: lapse}
    for kind, hours in kinds.items():
        what = order(kind, rule=Rule(lapses_hours=hours), authority=who.partition("-")[0])
        what = replace(what, sharing=replace(what.sharing, owner=what.authority))
        follows = alone(draft(what, HASH, START), deeds, who)
        begins = [one.at for one in follows if type(one).__name__ == "CameIntoForce"]
        ends = [one.at for one in follows if hasattr(one, "targets")]
        assert len(begins) == len(ends) <= 1
        if kind is OrderKind.HOLD or not MEMBERS[what.authority].founding:
            assert not begins
        assert all(
            end - begin == timedelta(hours=lapse) for begin, end in zip(begins, ends, strict=True)
        )
