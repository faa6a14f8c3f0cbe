"""Two desks that poll each other hold the same allowed objects after any order of writes,
deletions, deaths and partitions; what may not pass, never does.
"""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from stanch.formats.taxii.filters import Filters
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import access, removal
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.objects import Batch, put
from stanch.sharing.collections.pages import Want, page
from stanch.sharing.collections.words import Offer, Outcome
from tests.app.taxii.federation import Desk, Key, Written, raw, stix
from tests.two_desks import KOREA, THIRD, UPBEAT, KilledError, Mould, Side, Wire, mould

ALL = Want(Filters(versions=("all",), limit=1000))
SIDES = st.sampled_from((0, 1))
KEYS = st.tuples(st.integers(1, 4), st.integers(1, 2))
MARKINGS = st.sampled_from((None, *Marking))
LISTS = st.sampled_from((frozenset(), frozenset({UPBEAT}), frozenset({THIRD}), frozenset({KOREA})))
LEASE = 60
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # to shrink would take minutes


class Federation(RuleBasedStateMachine):
    """The desks, and beside each what it is to hold."""

    moulds: tuple[Mould, Mould]

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.casts = [
            each.cast(Path(self.folder.name) / name)
            for each, name in zip(self.moulds, "ab", strict=True)
        ]
        self.sides: list[Side] = [each.__enter__() for each in self.casts]
        self.desks = (Desk(), Desk())
        self.wires = [Wire(self.sides[1].app, page=2), Wire(self.sides[0].app, page=2)]
        for one, other in ((0, 1), (1, 0)):
            self.sides[one].join(self.sides[other])

    def teardown(self) -> None:
        try:
            self.settle()
            for at in (0, 1):
                self.holds_what_it_may(at)
        finally:
            for each in self.casts:
                each.__exit__(None, None, None)
            self.folder.cleanup()

    @rule(
        at=SIDES, key=KEYS, name=st.sampled_from("xy"), marking=MARKINGS, to=LISTS,
        author=st.sampled_from((KOREA, THIRD)),
    )  # fmt: skip
    def write(
        self, at: int, key: Key, name: str, marking: Marking | None, to: frozenset[str], author: str
    ) -> None:
        """Somebody of a desk writes something first-hand."""
        side, desk = self.sides[at], self.desks[at]
        said = stix(key, name, marking)
        released = to if marking in (Marking.AMBER, Marking.STRICT) else frozenset()
        people = frozenset({side.korea.person}) if marking == Marking.RED else released
        new = Written(key, raw(said, 1 + at), marking, author, released)
        with side.database.write() as tx:
            seen = access.one(tx.connection, Reader(author, tx.at), side.collection).view
            offer = Offer(said, new.bytes, author, marking, people)
            (verdict,) = put(tx, None, Batch(side.collection, [offer], seen))
        if verdict.outcome == Outcome.ADDED:
            desk.wrote.append(new)
            desk.ever.append(new)
        elif verdict.outcome == Outcome.MOVED:  # the same by the same, for other readers
            desk.wrote = [each for each in desk.wrote if (each.key, each.author) != (key, author)]
            desk.wrote.append(new)
            desk.ever.append(new)

    @rule(at=SIDES, key=KEYS, author=st.sampled_from((KOREA, THIRD)))
    def delete(self, at: int, key: Key, author: str) -> None:
        """An author takes back a version of what they wrote."""
        side, desk = self.sides[at], self.desks[at]
        id, version = stix(key, "", None)["id"], f"2026-01-0{key[1]}T00:00:00.000000"
        with side.database.write() as tx:
            removal.remove(tx, None, side.collection, [(id, version, author)])
        if any((each.key, each.author) == (key, author) for each in desk.wrote):
            desk.gone.add((key, author))
            desk.wrote = [each for each in desk.wrote if (each.key, each.author) != (key, author)]

    @rule(at=SIDES)
    def poll(self, at: int) -> None:
        """A worker has its turn."""
        self.sides[at].turn(self.wires[at], LEASE)

    @rule(at=SIDES, after=st.integers(1, 4))
    def die(self, at: int, after: int) -> None:
        """A worker is killed in its turn, before what it was answered last is written."""
        self.wires[at].kill_at = after
        try:
            self.sides[at].turn(self.wires[at], LEASE)
        except KilledError:
            self.sides[at].clock.move(seconds=LEASE + 1)
        self.wires[at].kill_at = None

    @rule(cut=st.booleans())
    def part(self, cut: bool) -> None:
        """The line between the desks is cut, or is there again."""
        for each in self.wires:
            each.cut = cut

    @rule(seconds=st.sampled_from((0.001, 1, 90)))
    def wait(self, seconds: float) -> None:
        """Time passes."""
        for each in self.sides:
            each.clock.move(seconds=seconds)

    @invariant()
    def nothing_passes_that_may_not(self) -> None:
        """At no moment does a desk have bytes of the other that were never for it."""
        for at in (0, 1):
            mine = {each.bytes for each in self.desks[at].ever}
            theirs = {each.bytes for each in self.desks[1 - at].ever if each.passes}
            came = [row for row in self.sides[at].rows() if row.owner == UPBEAT and row.bytes]
            assert {row.bytes for row in came} <= mine | theirs
            assert {row.bytes for row in self.sides[at].aside()} <= mine | theirs | {b""}

    def settle(self) -> None:
        """The line is whole, and both have had turns enough."""
        for each in self.wires:
            each.cut, each.kill_at = False, None
        for _ in range(3):
            for at in (0, 1):
                self.sides[at].clock.move(seconds=LEASE + 1)
                done = self.sides[at].turn(self.wires[at], LEASE)
                assert done is not None
                assert done.through, done
        for at in (0, 1):  # and then nothing comes any more
            again = self.sides[at].turn(self.wires[at], LEASE)
            assert again is not None
            assert (again.told.kept, again.told.aside) == (0, 0)

    def holds_what_it_may(self, at: int) -> None:
        side, desk, other = self.sides[at], self.desks[at], self.desks[1 - at]
        seen = {who: self.shown(side, who) for who in (KOREA, THIRD, UPBEAT)}
        for key in {each.key for each in other.wrote}:
            # Of one version in two contents, who sees both is shown the first.
            offered = [each for each in other.own(key) if each.passes]
            if offered:
                self.came(side, desk, offered[0], seen[KOREA])
        theirs = {(each.key, each.bytes): each for each in other.ever}
        for who, rows in seen.items():
            known = [(key, data) for key, data in rows]
            assert len({key for key, _ in known}) == len(known), f"{who} is shown one twice"
            for key, data in known:
                if any(each.bytes == data for each in desk.sees_own(who, key)):
                    continue
                came = theirs[key, data]
                assert came.passes
                if came.marking in (Marking.AMBER, Marking.STRICT):
                    assert who == KOREA, "what came in amber is for who keeps the link alone"

    def came(self, side: Side, desk: Desk, each: Written, shown: list[tuple[Key, bytes]]) -> None:
        """What the other desk holds for us is here, unless something here speaks against it."""
        mine = desk.sees_own(KOREA, each.key)
        deleted = any(
            key == each.key and w.key == key and w.author == author and w.seen_by(KOREA)
            for key, author in desk.gone for w in desk.ever
        )  # fmt: skip
        if (each.key, each.bytes) in shown or deleted:
            return
        if any(json.loads(other.bytes) == json.loads(each.bytes) for other in mine):
            return  # the same in another spelling
        assert mine, f"{each} has not come"
        assert each.bytes in [row.bytes for row in side.aside()], "a contradiction is laid aside"

    def shown(self, side: Side, who: str) -> list[tuple[Key, bytes]]:
        with side.database.read() as connection:
            view = access.one(connection, Reader(who, side.database.now()), side.collection).view
            rows = page(connection, view, ALL).rows
        return [((int(row[1][-12:]), int(row[2][9])), bytes(row[3])) for row in rows]


@pytest.fixture(scope="module")
def moulds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mould, Mould]:
    folder = tmp_path_factory.mktemp("moulds")
    return mould(folder / "a"), mould(folder / "b")


def _run(moulds: tuple[Mould, Mould], examples: int, steps: int) -> None:
    Federation.moulds = moulds
    run_state_machine_as_test(
        Federation,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_two_desks_come_to_hold_the_same(moulds: tuple[Mould, Mould]) -> None:
    _run(moulds, 5, 25)


@pytest.mark.slow
def test_two_desks_come_to_hold_the_same_however_long(moulds: tuple[Mould, Mould]) -> None:
    _run(moulds, 100, 50)
