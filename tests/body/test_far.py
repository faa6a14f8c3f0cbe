"""Times that are far away, and days by the clocks of a place."""

from datetime import datetime
from typing import Any

import pytest

from stanch.body import meetings, targets
from stanch.errors import UsageError
from stanch.store.desk.page import Asked
from tests.body.conftest import AU, World

FAR = ("9999-12-31T20:00:00Z", "0001-01-01T00:00:00Z", "2037-01-12T01:00:00Z")


@pytest.mark.parametrize("at", FAR)
def test_no_meeting_is_called_or_moved_where_no_calendar_shows_it(world: World, at: str) -> None:
    body = world.body()
    with pytest.raises(UsageError, match="more than ten years away"):
        world.call(body, at=at)
    id = world.call(body, at="2035-12-31T20:00:00Z")
    with world.database.write() as tx, pytest.raises(UsageError, match="ten years"):
        meetings.move(tx, world.kr, id, at, None)
    with world.database.read() as connection:
        (row,) = meetings.listed(connection, world.reader("kr"), body, Asked()).rows
    assert row["local"] == "2036-01-01T05:00+09:00"


def test_a_day_begins_and_ends_by_the_clocks_of_the_body(world: World, clock: Any) -> None:
    """08:00 on the 12th in Seoul is 23:00 on the 11th in UTC."""
    body = world.body()
    target = world.aim(body, "hours")
    clock.at = datetime.fromisoformat("2026-01-11T23:00:00Z")
    world.read_off(target, "2026-01-12", "today")
    with pytest.raises(UsageError, match="yet to come"):
        world.read_off(target, "2026-01-13", "tomorrow")
    world.seat(body, AU, "DFAT", "observer", "2026-01-11T15:00:00Z")  # midnight in Seoul
    world.read_off(target, "2026-01-11", "the day before")
    clock.move(days=1)
    shared = world.aim(body, "days")
    world.read_off(shared, "2026-01-13", "of a target of their time")
    assert readings(world, body, "kr") == {"hours": 2, "days": 1}
    assert readings(world, body, "au") == {"days": 1}


def readings(world: World, body: str, who: str) -> dict[str, int]:
    with world.database.read() as connection:
        rows = targets.listed(connection, world.reader(who), body, Asked()).rows
    return {row["measure"]: len(row["readings"]) for row in rows}


def test_a_year_typed_wrongly_takes_one_time_of_the_schedule_and_no_more(world: World) -> None:
    body = world.body()
    called = [world.call(body, at=at) for at in (None, "2026-02-10T01:00:00Z", None)]
    called += [world.call(body, at=at) for at in ("2035-07-20T01:00:00Z", None)]
    with world.database.read() as connection:
        found = [meetings.one(connection, world.reader("kr"), id)["at"][:10] for id in called]
    assert found == ["2026-01-13", "2026-02-10", "2026-04-14", "2035-07-20", "2026-10-13"]
