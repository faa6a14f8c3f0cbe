"""Personas at a desk: no score decides, two people read, and all of it stands in the log."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from stanch.app.desk import personas
from stanch.app.desk.desk import Desk
from stanch.app.desk.words import Asked, NewIndicators, SaidOf, Shared
from stanch.cases import cases, evidence, items
from stanch.errors import ForbiddenError, InputError, NotFoundError, RefusedError, UsageError
from stanch.members import people
from stanch.model.desk.marking import Marking
from stanch.store.desk import tables
from tests.cases.conftest import World
from tests.persona_result import COLLECTOR, OWN, WALLET, content, files

FIRST = Asked(10, "-rank")
SAME, OTHER = SaidOf("same", "One hand."), SaidOf("different", "Two flatmates.")
TOKENS = (("email", "ab" * 32), ("phone", "cd" * 32))


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.house.desk, "Joint desk", None, None, world.database)  # type: ignore[arg-type]


@pytest.fixture
def cluster(desk: Desk, world: World) -> str:
    """The first question of a result that Ann handed in."""
    personas.submit(desk, world.ann, "March", content())
    return str(personas.listed(desk, world.ben, FIRST).rows[0]["id"])


def faults(world: World) -> list[str]:
    with world.database.read() as connection:
        return [each.says for each in evidence.check(connection)]


def logged(world: World) -> str:
    with world.database.read() as connection:
        return "\n".join(connection.execute(select(tables.log.c.said)).scalars())


def test_a_result_is_a_queue_by_priority_for_its_own_member_alone(desk: Desk, world: World) -> None:
    told = personas.submit_files(desk, world.ann, "March", files())
    assert told == {"id": told["id"], "clusters": 3, "left_out": 0}
    found = personas.listed(desk, world.ben, FIRST).rows
    assert [(each["name"], each["priority"], each["people"]) for each in found] == [
        ("op-1", 9, 3), ("farm-1", 9, 5), ("op-2", 5, 2),
    ]  # fmt: skip
    assert {each["state"] for each in found} == {"queued"}
    assert personas.result(desk, world.ben, told["id"])["records"] == 7
    with pytest.raises(NotFoundError):
        personas.result(desk, world.cho, told["id"])
    for each in found:
        with pytest.raises(NotFoundError):
            personas.one(desk, world.cho, each["id"])
    assert personas.listed(desk, world.cho, FIRST).rows == []
    assert personas.listed_results(desk, world.cho, Asked()).rows == []
    assert personas.counted(desk, world.cho) == {}
    assert personas.counted(desk, world.ann) == {"queued": 3}
    assert "A-17" not in logged(world)
    assert faults(world) == []


def test_a_bad_result_leaves_nothing(desk: Desk, world: World) -> None:
    told = json.loads(content())
    told["clusters"][2]["links"][0]["microbits"] += 1
    with pytest.raises(InputError, match="does not add up"):
        personas.submit(desk, world.ann, "March", json.dumps(told).encode())
    assert personas.listed_results(desk, world.ann, Asked()).rows == []


def test_two_people_read_and_then_a_decision_opens_a_case_with_tags(
    desk: Desk, world: World, cluster: str
) -> None:
    for reader, state in ((world.ann, "read"), (world.ann, "read"), (world.ben, "agreed")):
        if state == "read":
            with pytest.raises(RefusedError, match="two people"):
                personas.decide(desk, reader, cluster, SAME)
        assert personas.read(desk, reader, cluster, SAME) == {"state": state}
    with pytest.raises(RefusedError, match="another verdict"):
        personas.decide(desk, world.ben, cluster, OTHER)
    done = personas.decide(desk, world.ben, cluster, SAME)
    assert (done["state"], done["untagged"]) == ("confirmed", [])
    with world.database.read() as connection:
        case = cases.one(connection, world.ann, done["case"])
        rows = items.listed(connection, world.ann, done["case"], Asked()).rows
    assert (case["title"], case["marking"]) == ("Operator op-1", "TLP:AMBER+STRICT")
    assert {each["account"] for each in rows if each["kind"] == "tag"} == {WALLET, OWN, COLLECTOR}
    assert not any("A-17" in json.dumps(each["body"]) for each in rows)
    found = personas.one(desk, world.ann, cluster)
    assert found["case"] == done["case"]
    assert [(each["act"], each["verdict"]) for each in found["words"]] == [
        ("read", "same"), ("read", "same"), ("read", "same"), ("decide", "same"),
    ]  # fmt: skip
    assert {each["reason"] for each in found["words"]} == {"One hand."}
    assert "One hand." not in logged(world)
    with pytest.raises(RefusedError, match="confirmed"):
        personas.read(desk, world.ann, cluster, OTHER)
    assert faults(world) == []


def test_while_one_reader_holds_another_view_nothing_is_decided(
    desk: Desk, world: World, cluster: str
) -> None:
    personas.read(desk, world.ann, cluster, SAME)
    assert personas.read(desk, world.ben, cluster, OTHER)["state"] == "differ"
    with pytest.raises(RefusedError, match="differ"):
        personas.decide(desk, world.ann, cluster, SAME)
    third = world.house.caller(world.house.chief, "analyst")
    assert personas.read(desk, third, cluster, OTHER)["state"] == "differ"
    assert personas.read(desk, world.ann, cluster, OTHER)["state"] == "agreed"
    assert personas.decide(desk, third, cluster, OTHER) == {
        "state": "dismissed", "case": None, "untagged": [],
    }  # fmt: skip


def test_who_has_left_counts_no_more(desk: Desk, world: World, cluster: str) -> None:
    third = world.house.caller(world.house.chief, "analyst")
    for each in (world.ann, third):
        personas.read(desk, each, cluster, SAME)
    with world.database.write() as tx:
        people.deactivate(tx, world.house.chief, third.person)
    with pytest.raises(RefusedError, match="two people"):
        personas.decide(desk, world.ann, cluster, SAME)


def test_a_decision_is_taken_back_with_a_reason_and_read_anew(
    desk: Desk, world: World, cluster: str
) -> None:
    with pytest.raises(RefusedError, match="no decision"):
        personas.take_back(desk, world.ann, cluster, "Wrong.")
    _confirmed(desk, world, cluster)
    shared = Shared(Marking.AMBER, (world.cho.member.id,))
    offer = personas.offer(desk, world.ann, NewIndicators(cluster, "ring-1", TOKENS, shared))
    assert personas.offered(desk, world.cho, offer)["identifiers"][0]["kind"] == "email"
    assert [each["id"] for each in personas.listed_indicators(desk, world.cho, Asked()).rows] == [
        offer
    ]
    for other in (world.dee, world.eve):
        assert personas.listed_indicators(desk, other, Asked()).rows == []
        with pytest.raises(NotFoundError):
            personas.offered(desk, other, offer)
    done = personas.take_back(desk, world.ben, cluster, "The device was a library's.")
    assert done == {"state": "queued", "indicators": [offer]}
    with pytest.raises(NotFoundError):
        personas.offered(desk, world.cho, offer)
    with pytest.raises(RefusedError, match="two people"):
        personas.decide(desk, world.ann, cluster, SAME)
    found = personas.one(desk, world.ann, cluster)
    assert (found["round"], found["indicators"], len(found["words"])) == (2, [], 4)
    assert "cd" * 32 not in _everything(world)
    again = _confirmed(desk, world, cluster)
    assert again["case"] == found["case"]
    assert faults(world) == []


def test_no_program_judges_and_no_stranger(desk: Desk, world: World, cluster: str) -> None:
    key = replace(world.ann, scopes=frozenset({"read", "cases"}))
    for act in (personas.read, personas.decide):
        with pytest.raises(ForbiddenError):
            act(desk, key, cluster, SAME)
        with pytest.raises(NotFoundError):
            act(desk, world.cho, cluster, SAME)
        with pytest.raises(UsageError, match="verdict"):
            act(desk, world.ann, cluster, SaidOf("guilty", "So it seems."))
    with pytest.raises(UsageError, match="reason"):
        personas.read(desk, world.ann, cluster, SaidOf("same", " "))
    with pytest.raises(RefusedError, match="only what is confirmed"):
        personas.offer(desk, world.ann, NewIndicators(cluster, "ring-1", TOKENS, Shared()))


def test_a_record_is_forgotten_wherever_it_stood(desk: Desk, world: World, cluster: str) -> None:
    done = _confirmed(desk, world, cluster)
    offer = personas.offer(desk, world.ann, NewIndicators(cluster, "ring-1", TOKENS, Shared()))
    chief = world.house.chief
    with pytest.raises(NotFoundError):
        personas.erase(desk, world.house.caller(world.house.exchange, "administrator"), "A-17")
    told = personas.erase(desk, chief, "A-17")
    assert (len(told["clusters"]), told["indicators"]) == (2, [offer])
    assert "A-17" not in _everything(world)
    found = personas.one(desk, world.ann, cluster)
    assert (found["state"], found["people"], found["case"]) == ("confirmed", 2, done["case"])
    farm = personas.listed(desk, world.ann, Asked(10, filters={"level": "farm"})).rows[0]
    assert (farm["state"], farm["people"], farm["round"]) == ("queued", 4, 2)
    for record in ("D-1", "D-2"):
        personas.erase(desk, chief, record)
    states = {each["name"]: each["state"] for each in personas.listed(desk, world.ann, FIRST).rows}
    assert states == {"op-1": "confirmed", "farm-1": "queued", "op-2": "gone"}
    with pytest.raises(NotFoundError):
        personas.erase(desk, chief, "A-17")
    assert faults(world) == []


def test_a_row_that_somebody_changed_is_named(desk: Desk, world: World, cluster: str) -> None:
    _confirmed(desk, world, cluster)
    personas.offer(desk, world.ann, NewIndicators(cluster, "ring-1", TOKENS, Shared()))
    for name, column, value in (
        ("persona_cluster", "said", "{}"), ("persona_cluster", "state", "dismissed"),
        ("persona_cluster", "rank", "9"), ("persona_word", "verdict", "different"),
        ("persona_result", "records", 1), ("persona_indicator", "identifiers", "[]"),
    ):  # fmt: skip
        of = getattr(tables, name)
        with world.database.writer.begin() as connection:
            row = connection.execute(select(of).order_by(of.c.created).limit(1)).mappings().one()
            here = update(of).where(of.c.id == row["id"])
            connection.execute(here.values({column: value}))
        found = faults(world)
        with world.database.writer.begin() as connection:
            connection.execute(here.values({column: row[column]}))
        assert f"{row['id']} has another {column} than the log says" in found, name
    assert faults(world) == []


def _confirmed(desk: Desk, world: World, cluster: str) -> dict[str, object]:
    for each in (world.ann, world.ben):
        personas.read(desk, each, cluster, SAME)
    return personas.decide(desk, world.ben, cluster, SAME)


def _everything(world: World) -> str:
    with world.database.read() as connection:
        rows = (
            str(tuple(row))
            for table in tables.METADATA.sorted_tables
            for row in connection.execute(select(table))
        )
        return "\n".join(rows)
