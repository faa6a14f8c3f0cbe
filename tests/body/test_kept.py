"""What a meeting decided is what the log says of it: a row changed in the database is found."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from stanch.body import meetings
from stanch.cases import evidence
from stanch.store.desk.tables import (
    action,
    body,
    body_target,
    meeting,
    meeting_item,
    reading,
    seat,
)
from tests.body.conftest import World


def faults(world: World) -> list[str]:
    with world.database.read() as connection:
        return [each.says for each in evidence.check(connection)]


@pytest.fixture
def kept(world: World) -> dict[str, str]:
    meeting = world.call(world.body())
    made = {"paper": world.paper(meeting, "A paper"), "decision": world.decide(meeting, "Go on")}
    assert faults(world) == []
    return made


@pytest.mark.parametrize("kind", ["paper", "decision"])
def test_a_row_that_was_changed_or_taken_away(
    world: World, kept: dict[str, str], kind: str
) -> None:
    id = kept[kind]
    with world.database.writer.begin() as connection:
        row = meeting_item.c.id == id
        connection.execute(update(meeting_item).where(row).values(said='{"text":"Stop"}'))
    (fault,) = faults(world)
    assert id in fault
    with world.database.writer.begin() as connection:
        connection.execute(delete(meeting_item).where(row))
    (fault,) = faults(world)
    assert f"{id}, of entry" in fault


def test_a_row_that_was_slipped_in(world: World, kept: dict[str, str]) -> None:
    with world.database.writer.begin() as connection:
        query = select(meeting_item).where(meeting_item.c.id == kept["decision"])
        row: dict[str, Any] = dict(connection.execute(query).mappings().one())
        connection.execute(insert(meeting_item).values(**row | {"id": "decision-0"}))
    assert faults(world) == ["decision-0 stands in no entry of the log"]


def test_bodies_seats_meetings_actions_and_targets_that_were_changed(world: World) -> None:
    of = world.body()
    meeting_id = world.call(of)
    act, aim = world.act(meeting_id, "Ask"), world.aim(of, "time to hold")
    made = {"body": of, "meeting": meeting_id, "action": act, "body_target": aim}
    world.read_off(aim, "2026-01-05", "first")
    world.end(act)
    with world.database.write() as tx:
        meetings.move(tx, world.kr, meeting_id, None, "Tokyo")
    assert faults(world) == []
    for table, column, value in (
        (body, "name", "Another"),
        (seat, "agency", "Another"),
        (seat, "since", "2020-01-01T00:00:00.000000Z"),
        (meeting, "place", "Elsewhere"),
        (action, "what", "Nothing"),
        (action, "state", "dropped"),
        (body_target, "target", "1"),
        (reading, "value", "1"),
    ):
        with world.database.writer.begin() as connection:
            id = made.get(table.name) or connection.execute(select(table.c.id)).scalars().first()
            row = table.c.id == id
            before = connection.execute(select(table.c[column]).where(row)).scalar()
            connection.execute(update(table).where(row).values({column: value}))
        found = faults(world)
        with world.database.writer.begin() as connection:
            connection.execute(update(table).where(row).values({column: before}))
        assert f"{id} has another {column} than the log says" in found, (table.name, found)
