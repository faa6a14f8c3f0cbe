"""The desk of tests/cases, with something of everything in it."""

import pytest

from stanch.cases import cases, files, intake, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport, Triage
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.model.desk.marking import Marking
from tests.cases.conftest import ACCOUNT, World, world  # noqa: F401

EVIDENCE = bytes(range(256)) * 1000
GREEN = Shared(Marking.GREEN)


def report(world: World, text: str, contact: str = "kim@example.org", by=None) -> str:  # noqa: F811
    new = NewReport("victim", contact, text, [ACCOUNT], [], GREEN)
    with world.database.write() as tx:
        return intake.receive(tx, by or world.ann, new)["id"]


@pytest.fixture
def full(world: World) -> World:  # noqa: F811
    """A case with a note, a file and a judgement, and reports of which each repeats the other."""
    with world.database.write() as tx:
        id = cases.open_case(tx, world.ann, "Theft \u2014 \uc5c5\ube44\ud2b8", GREEN)
        items.add(tx, world.ann, NewItem(id, "note", {"text": "Kim saw it\nand ran"}, GREEN))
        files.keep(tx, world.ann, NewItem(id, "file", {}, GREEN), "a.bin", EVIDENCE)
        judgements.judge(tx, world.cho, NewJudgement(id, "Lazarus", "low", ["x"], GREEN))
    first, second = report(world, "one"), report(world, "two")
    for id, same in ((first, second), (second, first)):
        with world.database.write() as tx:
            intake.settle(tx, world.ann, id, Triage("duplicate", "same", same_as=same))
    return world
