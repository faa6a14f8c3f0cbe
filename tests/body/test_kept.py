"""What a meeting decided is what the log says of it: a row changed in the database is found."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from stanch.cases import evidence
from stanch.store.desk.tables import meeting_item
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
