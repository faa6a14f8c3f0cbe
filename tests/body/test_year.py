"""A year of four meetings with three members, and an observer that joins in the third: what each
may see, line by line.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from stanch.body import bodies, meetings, seats, targets
from stanch.cases.cases import Shared
from stanch.errors import ForbiddenError, NotFoundError
from stanch.model.desk.marking import Marking
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import action, meeting, meeting_item
from tests.body.conftest import AU, JP, US, World, only, red

GREEN = Shared(Marking.GREEN)
JOINS = "2026-07-01T00:00:00Z"
STARTS = (
    "2026-01-13T01:00:00.000000Z",
    "2026-04-14T01:00:00.000000Z",
    "2026-07-14T01:00:00.000000Z",
    "2026-10-13T01:00:00.000000Z",
)
KOREA, MEMBERS = {"kr"}, {"us", "kr", "jp"}
EVERYBODY = MEMBERS | {"au"}
# Each line of each meeting, and who of all may see it: in the first two, and from the third on.
LINES = {
    "meeting": (MEMBERS, EVERYBODY),
    "agenda": (MEMBERS, EVERYBODY),
    "paper for all": (MEMBERS, EVERYBODY),
    "paper in green": (MEMBERS, EVERYBODY),
    "paper for US": ({"kr", "us"}, {"kr", "us"}),
    "paper for JP and AU": ({"kr", "jp"}, {"kr", "jp", "au"}),
    "paper for a person": ({"us"}, {"us"}),
    "paper strict for members": (MEMBERS, MEMBERS),
    "decision": (MEMBERS, EVERYBODY),
    "decision for JP": ({"kr", "jp"}, {"kr", "jp"}),
    "action": (MEMBERS, EVERYBODY),
    "action in red": (KOREA, KOREA),
    "target": (MEMBERS, EVERYBODY),
    "reading": (MEMBERS, EVERYBODY),
    "reading for US": ({"kr", "us"}, {"kr", "us"}),
}


def play(world: World, clock: Any) -> tuple[str, list[str]]:
    """The year. The observer is seated after the first meeting, from July on."""
    body, called = world.body(), []
    for n, start in enumerate(STARTS, start=1):
        clock.at = datetime.fromisoformat(start)
        clock.move(days=-3)  # papers come before
        id = world.call(body)
        called.append(world.named(id, f"{n} meeting"))
        lay(world, body, id, n)
        if n == 1:
            world.seat(body, AU, "Department of Foreign Affairs and Trade", "observer", JOINS)
    clock.move(days=30)
    return body, called


def lay(world: World, body: str, id: str, n: int) -> None:
    world.paper(id, f"{n} paper for all")
    world.paper(id, f"{n} paper in green", GREEN)
    world.paper(id, f"{n} paper for US", only(US))
    world.paper(id, f"{n} paper for JP and AU", only(JP, AU))
    world.paper(id, f"{n} paper for a person", red(world.us), by="us")
    strict = Shared(Marking.STRICT, (US, JP))
    world.paper(id, f"{n} paper strict for members", strict)
    world.decide(id, f"{n} decision")
    world.decide(id, f"{n} decision for JP", only(JP))
    world.act(id, f"{n} action")
    world.act(id, f"{n} action in red", red())
    target = world.aim(body, f"{n} target")
    day = world.database.now()[:10]
    world.read_off(target, day, f"{n} reading")
    world.read_off(target, day, f"{n} reading for US", only(US))


def sight(world: World, who: str, body: str) -> set[str]:
    """All that somebody sees of the year, by what the test calls it."""
    reader, found = world.reader(who), set()
    with world.database.read() as connection:
        asked = Asked(limit=500, sort="at")
        for row in meetings.listed(connection, reader, body, asked).rows:
            found.add(world.names[row["id"]])
            of = meetings.one(connection, reader, row["id"])
            found |= {f"{row['number']} agenda" for _ in of["agenda"]}
            for kind in ("papers", "decisions", "actions"):
                found |= {world.names[each["id"]] for each in of[kind]}
            for kind in ("agenda", "papers", "decisions"):  # no gap tells of what lies between
                assert [each["place"] for each in of[kind]] == list(range(1, len(of[kind]) + 1))
        for row in targets.listed(connection, reader, body, Asked()).rows:
            found.add(world.names[row["id"]])
            found |= {world.names[each["id"]] for each in row["readings"]}
    return found


def expected(who: str) -> set[str]:
    return {
        f"{n} {line}"
        for line, (early, late) in LINES.items()
        for n in (1, 2, 3, 4)
        if who in (early if n < 3 else late)
    }


def test_what_each_may_see_of_a_year(world: World, clock: Any) -> None:
    body, called = play(world, clock)
    for who in ("us", "kr", "jp", "au"):
        assert sight(world, who, body) == expected(who), who
    assert len(expected("au")) == 2 * 9  # the table is what it is meant to be
    with world.database.read() as connection:
        starts = [meetings.one(connection, world.reader("jp"), id)["at"] for id in called]
    assert starts == list(STARTS)


def test_who_has_no_seat_sees_nothing_not_even_what_is_green(world: World, clock: Any) -> None:
    body, called = play(world, clock)
    with world.database.read() as connection:
        assert bodies.listed(connection, world.reader("upbeat"), Asked()).rows == []
        for call, id in (
            (bodies.one, body), (meetings.one, called[3]),
        ):  # fmt: skip
            with pytest.raises(NotFoundError):
                call(connection, world.reader("upbeat"), id)
        for list_ in (meetings.listed, targets.listed, seats.listed):
            with pytest.raises(NotFoundError):
                list_(connection, world.reader("upbeat"), body, Asked())


def test_the_observer_sees_nothing_before_its_seat_begins(world: World, clock: Any) -> None:
    _, called = play(world, clock)
    clock.at = datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)
    with world.database.read() as connection:
        assert bodies.listed(connection, world.reader("au"), Asked()).rows == []
        with pytest.raises(NotFoundError):
            meetings.one(connection, world.reader("au"), called[2])
    clock.at = datetime(2026, 7, 1, tzinfo=UTC)
    with world.database.read() as connection:
        assert len(bodies.listed(connection, world.reader("au"), Asked()).rows) == 1
        for hidden in called[:2]:
            with pytest.raises(NotFoundError):
                meetings.one(connection, world.reader("au"), hidden)


def test_a_meeting_opens_with_what_is_open_from_those_before(world: World, clock: Any) -> None:
    body, called = play(world, clock)
    ids = {name: id for id, name in world.names.items()}
    clock.at = datetime(2026, 8, 1, tzinfo=UTC)
    with world.database.read() as connection:
        first = meetings.one(connection, world.reader("jp"), called[0])
    assert first["open"] == []
    clock.at = datetime(2026, 11, 20, tzinfo=UTC)
    world.end(ids["1 action"])
    world.end(ids["3 action"], "dropped", "Taken over by another body")
    opens = {
        "us": ["2 action"],
        "jp": ["2 action"],
        "kr": ["1 action in red", "2 action", "2 action in red", "3 action in red"],
        "au": [],  # the second meeting was before its time
    }
    fifth = world.call(body)
    with world.database.read() as connection:
        for who, names in opens.items():
            found = meetings.one(connection, world.reader(who), fifth)["open"]
            carried = [world.names[each["id"]] for each in found]
            known = [name for name in carried if not name.startswith("4")]
            assert sorted(known) == names, who


def test_only_co_chairs_write(world: World, clock: Any) -> None:
    body, called = play(world, clock)
    with world.database.read() as connection:
        before = [
            len(connection.execute(t.select()).all()) for t in (meeting, meeting_item, action)
        ]
    for who, refusal in (("jp", ForbiddenError), ("au", ForbiddenError), ("upbeat", NotFoundError)):
        caller = world.callers[who]
        with pytest.raises(refusal), world.database.write() as tx:
            meetings.call(tx, caller, body, meetings.NewMeeting("Here", Shared()))
        with pytest.raises(refusal):
            world.paper(called[3], "mine", by=who)
        with pytest.raises(refusal):
            world.seat(body, AU, "Another", "co-chair", by=caller)
        with pytest.raises(refusal), world.database.write() as tx:
            meetings.cancel(tx, caller, called[3], "no")
    with world.database.read() as connection:
        after = [len(connection.execute(t.select()).all()) for t in (meeting, meeting_item, action)]
    assert before == after


def test_who_left_is_not_told_whose_seat_ended_after(world: World, clock: Any) -> None:
    body = world.body()
    taken = {name: world.seat(body, AU, name, "member") for name in ("first", "second")}
    of_jp = world.seat(body, JP, "Police", "member", None, "2026-12-31T00:00:00Z")
    ends = ("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")
    for id, at in zip(taken.values(), ends, strict=True):
        with world.database.write() as tx:
            seats.end(tx, world.kr, id, at)
    clock.at = datetime(2026, 6, 1, tzinfo=UTC)
    with world.database.write() as tx:
        seats.end(tx, world.kr, of_jp)
    world.seat(body, JP, "Late minutes", "member", "2026-01-10T00:00:00Z")
    told = {}
    for who in ("au", "jp"):
        with world.database.read() as connection:
            rows = seats.listed(connection, world.reader(who), body, Asked(limit=50)).rows
        told[who] = {row["agency"]: row["until"] and row["until"][:10] for row in rows}
    assert told["jp"].pop("Late minutes", "none") is None
    assert told["au"] == {
        **dict.fromkeys(told["jp"]),
        "first": "2026-02-01",
        "second": "2026-03-01",
    }
    assert told["jp"]["Police"] == "2026-06-01"
