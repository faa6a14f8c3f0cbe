"""The desk's own check finds what was done behind its back, and hands out proofs and the log."""

import io
import json

import pytest
from sqlalchemy import delete, insert, select, text, update

from stanch.app.desk import audit
from stanch.errors import ForbiddenError, NotFoundError
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk import merkle
from stanch.store.desk import log
from stanch.store.desk.tables import case_item, file, intake
from tests.app.desk.conftest import EVIDENCE
from tests.cases.conftest import World


def kinds(world: World, key, heads=()) -> list[str]:
    return [fault.kind for fault in audit.verify(world.database, key.public, heads)]


def test_a_sound_desk_has_no_faults(full: World, desk_key):
    first = audit.head(full.database, full.eve)
    full.case()
    assert audit.verify(full.database, desk_key.public, [first, "", "  \n", f"{first}\n"]) == []


def test_heads_of_another_key_are_faults(full: World, desk_key):
    assert "head" in kinds(full, PrivateKey.generate())
    assert kinds(full, desk_key, ["x.y.z"]) == ["head"]


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (update(file).values(content=EVIDENCE[:-1] + b"x"), "evidence"),
        (update(file).values(content=b""), "evidence"),
        (update(case_item).where(case_item.c.kind == "note").values(body='{"text":"x"}'), "record"),
        (delete(case_item).where(case_item.c.kind == "note"), "record"),
        (update(intake).values(body='{"accounts":[],"text":"x","transactions":[]}'), "record"),
        (
            insert(case_item).from_select(
                [column.name for column in case_item.c],
                select(
                    *(
                        text("'item-0000000000000000'") if column.name == "id" else column
                        for column in case_item.c
                    )
                ).where(case_item.c.kind == "note"),
            ),
            "record",
        ),
    ],
)
def test_what_was_done_behind_the_desks_back_is_found(full: World, desk_key, act, kind):
    with full.database.writer.begin() as connection:
        connection.execute(act)
    assert set(kinds(full, desk_key)) == {kind}


def test_an_export_is_for_founding_auditors_and_says_who_took_it(full: World):
    auditor = full.house.caller(full.house.chief, "auditor")
    outside = full.house.caller(full.house.exchange, "auditor")
    for caller in (full.ann, full.cho, full.eve, outside):
        with pytest.raises(ForbiddenError):
            audit.export(full.database, io.BytesIO(), caller)
    stream = io.BytesIO()
    many = audit.export(full.database, stream, auditor)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    entries = [line["entry"] for line in lines if "entry" in line]
    assert len(entries) == many
    assert (entries[-1]["verb"], entries[-1]["person"]) == ("audit.exported", auditor.person)
    assert audit.export(full.database, io.BytesIO(), None) == many + 1


def test_proofs_hold(full: World):
    with full.database.read() as connection:
        rows, size = log.entries(connection), log.size(connection)
        whole = log.root(connection)
        half = log.root(connection, size // 2)
    for row in rows:
        proof = audit.inclusion(full.database, full.eve, row.n)
        path = [bytes.fromhex(node) for node in proof["path"]]
        assert merkle.included(row.leaf(), row.n - 1, size, path, whole)
    proof = audit.consistency(full.database, full.eve, size // 2)
    path = [bytes.fromhex(node) for node in proof["path"]]
    assert merkle.consistent((size // 2, size), (half, whole), path)
    for call in (
        lambda: audit.inclusion(full.database, full.eve, 0),
        lambda: audit.inclusion(full.database, full.eve, size + 1),
        lambda: audit.consistency(full.database, full.eve, size + 1),
        lambda: audit.inclusion(full.database, full.eve, 1, 2**70),
    ):
        with pytest.raises(NotFoundError):
            call()
