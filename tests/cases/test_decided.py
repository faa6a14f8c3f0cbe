"""What was decided is what the log says of it: a row that somebody changed is named."""

import pytest
from sqlalchemy import delete, insert, select, update

from stanch.cases import cases, evidence, intake, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.model.desk.marking import Marking
from stanch.response import outcomes, reviews
from stanch.response.outcomes import NewOutcome
from stanch.store.desk import tables
from tests.desk_world import ACCOUNT, JP, KR, NORTH, world

CHANGED = [
    ("case", {"title": "Another"}),
    ("case", {"reported": "2020-01-01T00:00:00.000000Z"}),
    ("case", {"marking": "TLP:CLEAR"}),
    ("case_item", {"marking": "TLP:CLEAR"}),
    ("judgement", {"actor": "B"}),
    ("judgement", {"confidence": "low"}),
    ("judgement", {"sources": '["another"]'}),
    ("judgement", {"marking": "TLP:GREEN"}),
    ("intake", {"kind": "bounty"}),
    ("order", {"hash": "sha256:" + "0" * 64}),
    ("order", {"expires": "2030-01-01T00:00:00.000000Z"}),
    ("order", {"marking": "TLP:CLEAR"}),
    ("outcome", {"amount": "1"}),
    ("outcome", {"stage": "return"}),
    ("review", {"due": "2030-01-01T00:00:00.000000Z"}),
]


@pytest.fixture
def rows(database, desk_key):
    """The id of a row of each table."""
    made = world(database, desk_key)
    korea, shared = made.analyst(KR), Shared(Marking.AMBER, (JP,))
    order = made.in_force()
    with database.write() as tx:
        ids = {"case": cases.open_case(tx, korea, "Theft", shared)}
        note = NewItem(ids["case"], "account", {"account": ACCOUNT}, shared)
        ids["case_item"] = items.add(tx, korea, note)
        items.reshare(tx, korea, ids["case_item"], Shared(Marking.GREEN))
        said = NewJudgement(ids["case"], "A", "high", ("s",), shared)
        ids["judgement"] = judgements.judge(tx, korea, said)
        report = NewReport("victim", "a@b.example", "Stolen", [ACCOUNT], [], shared)
        ids["intake"] = intake.receive(tx, korea, report)["id"]
        stage = NewOutcome("seizure", tx.at, "eip155:1/slip44:60", "5", {"court": "Seoul"}, shared)
        ids["outcome"] = outcomes.add(tx, korea, order, stage)
        ids["review"] = reviews.ask(tx, made.analyst(NORTH), order, "Kim", "It is a baker's.")
    return {**ids, "order": order}


def faults(database):
    with database.read() as connection:
        return [each.says for each in evidence.check(connection)]


def test_each_row_that_was_changed_is_named(database, rows):
    assert faults(database) == []
    for name, values in CHANGED:
        table, id = getattr(tables, name), rows[name]
        (column,) = values
        with database.writer.begin() as connection:
            before = connection.execute(select(table.c[column]).where(table.c.id == id)).scalar()
            connection.execute(update(table).where(table.c.id == id).values(**values))
        found = faults(database)
        with database.writer.begin() as connection:
            connection.execute(update(table).where(table.c.id == id).values({column: before}))
        assert f"{id} has another {column} than the log says" in found, (name, values, found)
    assert faults(database) == []


def test_a_row_that_is_gone_or_slipped_in_is_named_and_a_reader(database, rows):
    table = tables.judgement
    with database.writer.begin() as connection:
        row = dict(connection.execute(select(table)).mappings().one())
        connection.execute(insert(table).values(**row | {"id": "jud-0"}))
        reader = {"kind": "case", "row": rows["case"], "to": NORTH, "within": ""}
        connection.execute(insert(tables.reader).values(**reader))
    found = faults(database)
    assert "jud-0 stands in no entry of the log" in found
    assert f"{rows['case']} is read by others than its marking lets" in found
    with database.writer.begin() as connection:
        connection.execute(delete(table))
    assert any(each.startswith(f"{rows['judgement']}, of entry ") for each in faults(database))
