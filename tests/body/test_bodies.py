"""Bodies: founded from words or a template, seated, with targets; and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from stanch.body import bodies, filling, items, meetings, rows, seats, targets
from stanch.body.filling import AskedBody, AskedSeat
from stanch.body.items import NewPaper
from stanch.body.seats import NewSeat
from stanch.cases import cases, files
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.model.desk.marking import Marking
from stanch.store.desk.page import Asked
from stanch.store.desk.seated import Reader
from stanch.store.desk.tables import log
from tests.body.conftest import AU, JP, KR, SEATS, US, World, red

GREEN = Shared(Marking.GREEN)


def from_template(world: World, name: str, *members: str) -> dict[str, Any]:
    asked = AskedBody(tuple(map(AskedSeat, members)), Shared(), name)
    with world.database.write() as tx:
        id = bodies.found(tx, world.kr, filling.filled(tx.connection, asked, tx.at))
    with world.database.read() as connection:
        return bodies.one(connection, world.reader("kr"), id)


def test_a_template_is_filled_with_members(world: World) -> None:
    found = from_template(world, "trilateral", US, JP, KR)
    assert (found["rule"], found["first"]) == (
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", "2026-01-06T10:00",
    )  # fmt: skip
    assert [each["topic"] for each in found["agenda"]] == [
        "review", "threats", "jurisdictions", "industry", "sanctions", "capacity", "press", "next",
    ]  # fmt: skip
    with world.database.read() as connection:
        reader = world.reader("jp")
        rows = seats.listed(connection, reader, found["id"], Asked(sort="since")).rows
    assert {(row["member"], row["role"]) for row in rows} == {
        (US, "co-chair"), (JP, "co-chair"), (KR, "co-chair"),
    }  # fmt: skip
    other = from_template(world, "korea-australia", AU, KR)
    assert (other["zone"], other["first"][10:]) == ("Australia/Sydney", "T14:00")


def test_a_template_wants_all_its_countries(world: World) -> None:
    with pytest.raises(UsageError, match="no member of JP"):
        from_template(world, "trilateral", US, KR)
    with pytest.raises(UsageError, match="none of: trilateral"):
        from_template(world, "../trilateral", US, KR)
    with pytest.raises(UsageError, match="needs an agency"):
        from_template(world, "trilateral", US, JP, KR, AU)
    asked = AskedBody((), Shared(), rule="FREQ=DAILY", first="2026-01-06T10:00",
                      zone="Asia/Seoul", minutes=60)  # fmt: skip
    with pytest.raises(UsageError, match="name: is missing"), world.database.read() as connection:
        filling.filled(connection, asked, world.database.now())


def test_only_founding_governments_found_and_the_founder_is_a_co_chair(world: World) -> None:
    for who in (world.au, world.upbeat):
        with pytest.raises(ForbiddenError):
            world.body(by=who)
    id = world.body(seats=SEATS[:1], by=world.jp)
    with world.database.write() as tx:
        assert seats.take(tx, world.jp, id, NewSeat(KR, "Police", "observer"))


def test_a_body_in_red_is_for_people_and_hides_all_that_lies_in_it(world: World) -> None:
    id = world.body(red(world.us))
    meeting = world.call(id, GREEN)
    world.paper(meeting, "a", GREEN)
    other = world.house.caller(world.house.chief, "analyst")  # of Korea too
    for caller in (world.jp, other):
        reader = type(world.reader("jp"))(caller, world.database.now())
        with world.database.read() as connection:
            assert bodies.listed(connection, reader, Asked()).rows == []
            with pytest.raises(NotFoundError):
                meetings.one(connection, reader, meeting)
    with world.database.read() as connection:
        assert len(meetings.one(connection, world.reader("us"), meeting)["papers"]) == 1


def test_who_left_keeps_what_was_theirs_and_sees_nothing_new(world: World, clock: Any) -> None:
    id = world.body()
    first = world.call(id)
    clock.at = datetime(2026, 2, 1, tzinfo=UTC)
    world.paper(first, "before")
    asked = world.act(first, "Ask")
    second = world.call(id)
    clock.move(days=1)
    with world.database.write() as tx:
        (seat,) = [
            row["id"] for row in seats.at(tx.connection, world.reader("kr"), id, tx.at)
            if row["member"] == JP
        ]  # fmt: skip
        seats.end(tx, world.kr, seat)
    clock.move(days=1)
    world.end(asked, "dropped", "Not needed")
    world.paper(first, "after")
    world.seat(id, AU, "Police", "member")
    with world.database.read() as connection:
        found = meetings.one(connection, world.reader("jp"), first)
        assert [each["title"] for each in found["papers"]] == ["before"]
        (action,) = found["actions"]
        assert (action["state"], action["reason"], action["ended"]) == ("open", None, None)
        (action,) = meetings.one(connection, world.reader("us"), first)["actions"]
        assert (action["state"], action["reason"]) == ("dropped", "Not needed")
        with pytest.raises(NotFoundError):
            meetings.one(connection, world.reader("jp"), second)
        rows = seats.listed(connection, world.reader("jp"), id, Asked(sort="since")).rows
        assert AU not in {row["member"] for row in rows}
        rows = seats.listed(connection, world.reader("us"), id, Asked(sort="since")).rows
        assert AU in {row["member"] for row in rows}


def test_a_body_keeps_a_co_chair(world: World, clock: Any) -> None:
    id = world.body(seats=())
    clock.move(days=1)
    with world.database.read() as connection:
        (only,) = seats.listed(connection, world.reader("kr"), id, Asked(sort="since")).rows
    with pytest.raises(RefusedError, match="co-chair"), world.database.write() as tx:
        seats.end(tx, world.kr, only["id"])


def test_a_meeting_is_moved_and_cancelled_and_the_next_follows_the_schedule(world: World) -> None:
    id = world.body()
    first = world.call(id)
    with world.database.write() as tx:
        meetings.move(tx, world.us, first, "2026-01-20T01:00:00Z", None)
    with world.database.write() as tx:
        meetings.cancel(tx, world.us, first, "Snow")
    with world.database.read() as connection:
        found = meetings.one(connection, world.reader("jp"), first)
    assert (found["local"], found["state"], found["sequence"]) == (
        "2026-01-20T10:00+09:00", "cancelled", 2,
    )  # fmt: skip
    for call in (
        lambda tx: meetings.cancel(tx, world.us, first, "Again"),
        lambda tx: meetings.move(tx, world.us, first, None, "Busan"),
        lambda tx: items.decide(tx, world.us, first, "x", Shared()),
    ):
        with pytest.raises(RefusedError), world.database.write() as tx:
            call(tx)
    with world.database.read() as connection:
        second = meetings.one(connection, world.reader("jp"), world.call(id))
    assert (second["number"], second["at"][:10]) == (2, "2026-04-14")
    with pytest.raises(UsageError, match="no seat"):
        world.call(id, at="2020-01-01T00:00:00Z")


def test_a_file_is_laid_by_its_owner_and_read_by_whom_the_paper_is_for(world: World) -> None:
    meeting = world.call(world.body())
    with world.database.write() as tx:
        case = cases.open_case(tx, world.kr, "Theft", Shared(Marking.AMBER, (US,)))
        item = files.keep(tx, world.kr, NewItem(case, "file", {}, GREEN), "a.pdf", b"%PDF")
    new = NewPaper("Evidence", Shared(Marking.AMBER, (JP,)), file=item)
    with pytest.raises(RefusedError, match="theirs to lay"), world.database.write() as tx:
        items.lay(tx, world.us, meeting, new)
    with world.database.write() as tx:
        paper = items.lay(tx, world.kr, meeting, new)
    with world.database.read() as connection:
        read = items.read_file(connection, world.reader("jp"), paper)
        assert (read.name, read.content, read.owner) == ("a.pdf", b"%PDF", world.kr.member.id)
        for who in ("us", "upbeat"):
            with pytest.raises(NotFoundError):
                items.read_file(connection, world.reader(who), paper)


def test_an_action_ends_once_and_is_dropped_for_a_reason(world: World) -> None:
    meeting = world.call(world.body())
    action = world.act(meeting, "Ask the exchange")
    for state, reason in (("open", "x"), ("dropped", None), ("gone", "x")):
        with pytest.raises(UsageError):
            world.end(action, state, reason)
    world.end(action, "dropped", "Another has it")
    with pytest.raises(RefusedError):
        world.end(action)
    with pytest.raises(UsageError, match="no seat"):
        world.act(meeting, "x", of=AU)


def test_the_log_has_all_that_was_decided_and_none_of_its_words(world: World) -> None:
    id = world.body()
    meeting = world.call(id)
    world.paper(meeting, "Secret words")
    world.decide(meeting, "Secret words")
    world.end(world.act(meeting, "Secret words"), "dropped", "Secret words")
    world.read_off(world.aim(id, "Secret words"), "2026-01-05", "x")
    with world.database.read() as connection:
        rows = connection.execute(select(log.c.verb, log.c.said)).all()
    assert {
        "body.founded", "seat.taken", "meeting.called", "agenda.added", "paper.laid",
        "decision.taken", "action.given", "action.dropped", "target.set", "reading.taken",
    } <= {row.verb for row in rows}  # fmt: skip
    assert not [row for row in rows if "Secret" in row.said]


def test_a_reading_is_a_number_of_a_day_that_was(world: World) -> None:
    target = world.aim(world.body(), "Time to hold")
    for value, day in (("1e5", "2026-01-05"), ("1", "2026-01-07"), ("1", "20260105"), ("", "x")):
        new = targets.NewReading(target, value, day, Shared())
        with pytest.raises(UsageError), world.database.write() as tx:
            targets.take_reading(tx, world.kr, new)


def seat_of(world: World, body: str, member: str) -> str:
    with world.database.read() as connection:
        rows = seats.listed(connection, world.reader("kr"), body, Asked(sort="since")).rows
    return next(str(row["id"]) for row in rows if row["member"] == member)


def test_a_meeting_that_was_written_down_late_is_not_for_who_had_left(
    world: World, clock: Any
) -> None:
    id = world.body()
    clock.move(days=10)
    with world.database.write() as tx:
        seats.end(tx, world.kr, seat_of(world, id, JP))
    clock.move(days=1)
    late = world.call(id, at="2026-01-06T00:00:00Z")
    with world.database.read() as connection:
        assert meetings.one(connection, world.reader("us"), late)
        with pytest.raises(NotFoundError):
            meetings.one(connection, world.reader("jp"), late)


def test_who_left_before_somebody_came_is_not_shown_to_them(world: World, clock: Any) -> None:
    id = world.body()
    clock.move(days=10)
    with world.database.write() as tx:
        seats.end(tx, world.kr, seat_of(world, id, JP))
    clock.move(days=1)
    world.seat(id, AU, "Police", "observer")
    with world.database.read() as connection:
        rows = seats.listed(connection, world.reader("au"), id, Asked(sort="since")).rows
    assert {row["member"] for row in rows} == {US, KR, AU}


def test_a_seat_to_come_shows_nothing_to_who_had_another_before(world: World, clock: Any) -> None:
    id = world.body()
    clock.move(days=1)
    with world.database.write() as tx:
        seats.end(tx, world.kr, seat_of(world, id, JP))
    world.seat(id, JP, "Police", "observer", "2026-02-01T00:00:00Z")
    clock.move(days=10)
    meeting = world.call(id, at="2026-03-01T00:00:00Z")
    world.paper(meeting, "A paper")
    with world.database.read() as connection, pytest.raises(NotFoundError):
        meetings.one(connection, world.reader("jp"), meeting)
    clock.at = datetime(2026, 2, 1, tzinfo=UTC)
    with world.database.read() as connection:
        assert meetings.one(connection, world.reader("jp"), meeting)["papers"]


def test_who_may_write_is_who_would_not_be_refused(world: World, clock: Any) -> None:
    body = world.body()
    reader = world.house.caller(world.house.chief, "reader")
    auditor = Reader(reader, world.database.now())
    with world.database.read() as connection:
        told = {who: rows.may_write(connection, world.reader(who), body) for who in world.callers}
        assert not rows.may_write(connection, auditor, body)
    assert told == {"us": True, "kr": True, "jp": False, "au": False, "upbeat": False}


def test_a_meeting_that_has_begun_is_not_moved(world: World, clock: Any) -> None:
    id = world.body()
    first, second = world.call(id), world.call(id)  # 13 January, 14 April
    clock.at = datetime(2026, 1, 13, 1, tzinfo=UTC)
    for at, place in (("2026-02-20T01:00:00Z", None), (None, "Busan")):
        with pytest.raises(RefusedError, match="has begun"), world.database.write() as tx:
            meetings.move(tx, world.kr, first, at, place)
    with pytest.raises(UsageError, match="is past"), world.database.write() as tx:
        meetings.move(tx, world.kr, second, "2026-01-12T01:00:00Z", None)
    with world.database.write() as tx:
        meetings.move(tx, world.kr, second, "2026-01-13T01:00:01Z", "Busan")
    with world.database.read() as connection:
        row = meetings.one(connection, world.reader("jp"), first)
    assert (row["sequence"], row["place"]) == (0, "Seoul")


def test_a_seat_that_is_yet_to_begin_is_taken_back(world: World, clock: Any) -> None:
    """Who would have sat there learns of nothing, not even when the day comes."""
    id = world.body()
    seat = world.seat(id, AU, "Police", "member", "2026-02-01T00:00:00Z")
    kept = world.seat(id, AU, "Treasury", "observer", "2026-06-01T00:00:00Z")
    first = world.call(id, at="2026-03-03T01:00:00Z")
    with world.database.write() as tx, pytest.raises(RefusedError, match="cannot end then"):
        seats.end(tx, world.kr, seat, "2026-01-20T00:00:00Z")
    with world.database.write() as tx:
        seats.end(tx, world.kr, seat)
    with world.database.write() as tx, pytest.raises(NotFoundError):
        seats.end(tx, world.kr, seat)
    world.paper(first, "after")
    clock.at = datetime(2026, 3, 4, tzinfo=UTC)
    with world.database.read() as connection:
        rows = seats.listed(connection, world.reader("us"), id, Asked(sort="since")).rows
        assert [row["id"] for row in rows if row["member"] == AU] == [kept]
        assert seats.at(connection, world.reader("us"), id, "2026-03-03T01:00:00.000000Z")
        for ask in (lambda by: bodies.one(connection, by, id),
                    lambda by: meetings.one(connection, by, first)):  # fmt: skip
            with pytest.raises(NotFoundError):
                ask(world.reader("au"))
    clock.at = datetime(2026, 6, 2, tzinfo=UTC)
    with world.database.read() as connection:  # by the seat that was kept
        assert bodies.one(connection, world.reader("au"), id)["id"] == id
        with pytest.raises(NotFoundError):
            meetings.one(connection, world.reader("au"), first)


def test_the_co_chair_to_come_stays_where_the_other_leaves(world: World) -> None:
    id = world.body(seats=(NewSeat(KR, "Foreign Affairs", "co-chair"),))
    coming = world.seat(id, US, "State", "co-chair", "2026-02-01T00:00:00Z")
    with world.database.read() as connection:
        rows = seats.listed(connection, world.reader("kr"), id, Asked(sort="since")).rows
    with world.database.write() as tx:
        (only,) = (row["id"] for row in rows if row["member"] == KR)
        seats.end(tx, world.kr, only, "2026-02-02T00:00:00Z")
    with pytest.raises(RefusedError, match="co-chair"), world.database.write() as tx:
        seats.end(tx, world.kr, coming)
