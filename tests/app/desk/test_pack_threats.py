"""Common threats in a meeting's pack: of every line, who reads it, and who learns nothing of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stanch.app.desk.pack import for_member, of_meeting
from stanch.body import seats
from stanch.body.seats import NewSeat
from stanch.cases import cases, deconfliction, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import Stance
from stanch.reports.pack.common_threats import ThreatKind
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import html
from stanch.reports.pack.pack import ENTRY
from stanch.store.desk.page import Asked
from tests.app.desk.test_pack import Played
from tests.desk_world import EAST, JP, KR, NORTH, US
from tests.sharing.threats.reporting import TAGS, report

GREEN, RED = Shared(Marking.GREEN), Shared(Marking.RED)
NAMES = {KR: "Korea", JP: "Japan", US: "United States", EAST: "Exchange East"}


def amber(*to):
    return Shared(Marking.AMBER, to)


def account(number):
    return f"eip155:1:0x{number:040x}"


# Each account: who works on it, marked how; who reads it as common; and to whom it is told.
ACCOUNTS = {
    1: (((KR, GREEN), (JP, GREEN)), {KR, JP}, {"Korea", "Japan"}),
    2: (((KR, amber()), (JP, amber(KR))), {KR}, {"Korea", "Japan"}),
    3: (((KR, amber(JP)), (JP, amber(KR))), {KR, JP}, {"Korea", "Japan"}),
    4: (((KR, RED), (JP, GREEN)), {KR}, {"Korea", "Japan"}),
    5: (((US, GREEN), (NORTH, GREEN)), set(), set()),  # who has no seat is no member
    6: (((US, GREEN), (EAST, GREEN)), set(), set()),  # nor is who observes
    7: (((US, GREEN), (JP, GREEN), (EAST, GREEN)), {US, JP, EAST}, {"United States", "Japan"}),
    8: (((KR, GREEN), (JP, GREEN), (US, GREEN)), {KR, JP, US}, {"Korea", "Japan", "United States"}),
    9: (((KR, GREEN), (KR, GREEN)), set(), set()),
}  # fmt: skip
# Each actor: whose judgements name it, how, marked how; and who reads it as common.
ATTRIBUTES, SUSPECTS, DISPUTES = Stance.ATTRIBUTES, Stance.SUSPECTS, Stance.DISPUTES
ACTORS = {
    "Group / Band": (((KR, "Group", ATTRIBUTES, GREEN), (JP, "Band", SUSPECTS, GREEN)),
                     {KR, JP, US, EAST}),
    "Quiet": (((KR, "Quiet", ATTRIBUTES, amber(JP)), (JP, "Quiet", ATTRIBUTES, amber(KR))),
              {KR, JP}),
    "Half": (((KR, "Half", ATTRIBUTES, amber()), (JP, "half", ATTRIBUTES, amber(KR))), set()),
    "Closed": (((KR, "Closed", ATTRIBUTES, RED), (JP, "Closed", ATTRIBUTES, GREEN)), {KR}),
    "Alone": (((US, "Alone", ATTRIBUTES, GREEN), (US, "Alone", ATTRIBUTES, GREEN)), set()),
    "Doubted": (((KR, "Doubted", ATTRIBUTES, GREEN), (JP, "Doubted", DISPUTES, GREEN)), set()),
    "Taken back": (((KR, "Taken back", ATTRIBUTES, GREEN), (JP, "Taken back", SUSPECTS, GREEN),
                    (KR, "Taken back", DISPUTES, GREEN)), set()),
}  # fmt: skip
ACTORS["Half / half"] = (ACTORS.pop("Half")[0], {KR})


class Shares(Played):
    """All of them, between the first and the second meeting; EAST observes."""

    def __init__(self, database, key, clock, folder):
        super().__init__(database, key, clock, folder)
        self.write(seats.take, self.kr, self.body, NewSeat(EAST, "East", "observer"))
        self.open = self.write(cases.open_case, self.kr, "Theft", GREEN)
        self.ids, self.others = {}, []
        for number, (sides, *_) in ACCOUNTS.items():
            worked = {side[0]: self.work(number, *side) for side in sides}
            self.others += [worked.pop(each) for each in (NORTH, EAST) if each in worked]
            self.ids[account(number)] = list(worked.values())
        for name, (said, _) in ACTORS.items():
            self.ids[name] = [self.judge(*each) for each in said]

    def work(self, number, member, shared):
        new = NewItem(self.open, "account", {"account": account(number)}, shared)
        return self.add(items.add, member, new)

    def judge(self, member, actor, stance, shared):
        new = NewJudgement(self.open, actor, "high", ["a report"], shared, stance)
        return self.add(judgements.judge, member, new)

    def add(self, do, member, new):
        self.clock.move(seconds=1)
        return self.write(do, self.world.analyst(member), new)


@pytest.fixture
def shares(database, desk_key, clock, tmp_path: Path):
    return Shares(database, desk_key, clock, tmp_path)


def named(pack, kind):
    return {each.name for each in pack.common.cases if each.kind is kind}


def test_each_line_is_read_by_whom_it_is_for_and_by_nobody_else(shares):
    for reader in (KR, JP, US, EAST):
        pack = shares.pack(reader)
        accounts = {account(n) for n, (_, may, _) in ACCOUNTS.items() if reader in may}
        actors = {name for name, (_, may) in ACTORS.items() if reader in may}
        assert named(pack, ThreatKind.ACCOUNT) == accounts, reader
        assert named(pack, ThreatKind.JUDGED) == actors, reader
        page = html(compose(pack, "ko"))
        for name, ids in shares.ids.items():
            shown = name in accounts | actors
            for text in (name, *ids):
                assert (text in repr(pack.common) + repr(pack.entries)) == shown, (reader, name)
            assert all((id in page) == shown for id in ids)
        assert not any(id in page for id in shares.others)


def test_who_is_touched_and_by_which_rows(shares):
    for reader in (KR, JP, US, EAST):
        pack = shares.pack(reader)
        entries = {each.id: each for each in pack.entries}
        for threat in pack.common.cases:
            if threat.kind is ThreatKind.ACCOUNT:
                number = int(threat.name.rpartition("x")[2], 16)
                assert {each.member for each in threat.touched} == ACCOUNTS[number][2]
            else:
                assert {each.country for each in threat.touched} == {"KR", "JP"}
            rows = [row.removeprefix(f"{ENTRY}/") for row in threat.rows.rows]
            assert len(rows) == threat.rows.value
            assert sorted(row for each in threat.touched for row in each.rows.rows) == sorted(
                threat.rows.rows
            )
            order = list(Marking)
            narrowest = max((entries[row].marking for row in rows), key=order.index)
            assert threat.marking is narrowest
        used = {row for each in pack.common.cases for row in each.rows.rows}
        assert used == {f"{ENTRY}/{id}" for id in entries}


def test_accounts_are_none_but_the_readers_own_overlaps(shares):
    for reader in (KR, JP, US, EAST):
        caller = shares.world.analyst(reader)
        with shares.database.read() as connection:
            page = deconfliction.overlaps(connection, caller, Asked(limit=500))
        theirs = {row["id"] for row in page.rows}
        shown = {
            each.id for each in shares.pack(reader).entries
            if each.confidence is None and each.member != NAMES[reader]
        }  # fmt: skip
        assert shown <= theirs


def test_markings_are_carried(shares):
    korea, japan, states = (shares.pack(each) for each in (KR, JP, US))
    marked = {each.name: each.marking for each in korea.common.cases}
    assert marked[account(1)] is Marking.GREEN
    assert marked[account(3)] is Marking.AMBER
    assert marked[account(4)] is Marking.RED
    assert korea.marking is Marking.RED
    assert japan.marking is states.marking is Marking.AMBER
    stances = {each.id: each.stance for each in states.entries if each.confidence}
    first, second = shares.ids["Group / Band"]
    assert stances == {first: ATTRIBUTES, second: SUSPECTS}


def test_a_row_is_no_wider_than_its_case(shares):
    closed = shares.write(cases.open_case, shares.kr, "Theft", amber(JP))
    for member in (KR, JP):
        new = NewItem(closed, "account", {"account": account(20)}, GREEN)
        shares.add(items.add, member, new)
    (threat,) = (each for each in shares.pack(JP).common.cases if each.name == account(20))
    assert threat.marking is Marking.AMBER
    assert account(20) not in repr(shares.pack(US))
    shares.write(cases.reshare, shares.kr, closed, amber())  # and away it is, at once
    assert account(20) not in repr(shares.pack(JP))


def test_who_may_see_nothing_of_it_is_told_that_none_is_visible(played_alone):
    """As where there is nothing at all: the same words, and no count of what is hidden."""
    before = played_alone.pack(US)
    for member in (KR, JP):
        new = NewItem(played_alone.world.case, "account", {"account": account(1)}, amber(KR, JP))
        played_alone.write(items.add, played_alone.world.analyst(member), new)
        judged = NewJudgement(played_alone.world.case, "Group", "low", ["x"], amber(KR, JP))
        played_alone.write(judgements.judge, played_alone.world.analyst(member), judged)
    assert played_alone.pack(JP).common.cases
    after = played_alone.pack(US)
    assert after == before
    assert (after.common.cases, after.common.incidents, after.entries) == ((), (), ())
    page = html(compose(after, "en"))
    assert page.count("None is visible to this reader.") == 2


def test_what_private_matching_told_is_read_by_who_reported_it(played_alone):
    """A run with two threats that Korea and Japan hold, and one that nobody else reported."""
    played_alone.clock.move(minutes=1)
    for member, tags in ((KR, TAGS), (JP, TAGS[:2]), (US, TAGS[2:])):
        members = (JP, KR) if member != US else (KR, US)
        run = "run-1" if member != US else "run-2"
        report(played_alone.world, member, tags, run=run, members=members)
    for member in (KR, JP):
        (threat,) = played_alone.pack(member).common.cases
        assert (threat.kind, threat.name, threat.rows.value) == (ThreatKind.MATCHED, "run-1", 4)
        assert threat.marking is Marking.STRICT
        assert {each.member: each.rows.value for each in threat.touched} == {"Japan": 2, "Korea": 2}
        page = html(compose(played_alone.pack(member), "ja"))
        assert "run-1" in page
        assert not any(tag in page for tag in TAGS)
    after = played_alone.pack(US)
    assert (after.common.cases, after.entries) == ((), ())


@pytest.fixture
def played_alone(database, desk_key, clock, tmp_path: Path):
    return Played(database, desk_key, clock, tmp_path)


def test_the_period_is_that_of_the_pack(played_alone):
    """Told is what something was added to since the meeting before, as it was on the day."""
    body = played_alone

    def work(member, number):
        new = NewItem(body.world.case, "account", {"account": account(number)}, GREEN)
        return body.write(items.add, body.world.analyst(member), new)

    third = body.call()
    body.clock.at = datetime(2026, 3, 1, tzinfo=UTC)
    work(KR, 1), work(JP, 1), work(KR, 2)
    body.clock.at = datetime(2026, 4, 15, tzinfo=UTC)
    work(JP, 2)
    body.clock.at = datetime(2026, 7, 15, tzinfo=UTC)
    work(JP, 3), work(KR, 3), work(US, 2)
    assert named(body.pack(KR), ThreatKind.ACCOUNT) == {account(1)}
    pack = body.pack(KR, third)
    assert named(pack, ThreatKind.ACCOUNT) == {account(2)}
    (threat,) = pack.common.cases
    assert {each.member for each in threat.touched} == {"Korea", "Japan"}
    assert [each.day.isoformat() for each in pack.entries] == ["2026-03-01", "2026-04-15"]


def test_countries_are_those_of_the_members(shares):
    assert shares.pack(EAST).common.countries == ("JP", "KR", "US")


def test_a_pack_for_a_member_has_no_red(shares):
    pack = for_member(shares.desk, KR, shares.second, shares.registry)
    accounts = {account(n) for n, (_, may, _) in ACCOUNTS.items() if KR in may} - {account(4)}
    assert named(pack, ThreatKind.ACCOUNT) == accounts
    assert "Closed" not in repr(pack)
    assert for_member(shares.desk, KR, shares.second, shares.registry) == pack


def test_the_same_pack_again(shares):
    caller = shares.world.analyst(JP)
    one, other = (
        html(compose(of_meeting(shares.desk, caller, shares.second, shares.registry), "ja"))
        for _ in range(2)
    )
    assert one == other
