"""Texts and bytes made to do harm: refused with one line of Stanch's own, or kept as they are."""

import pytest
from sqlalchemy import select, update

from stanch.cases import cases, deconfliction, files, intake, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.errors import ForbiddenError, InvariantError, NotFoundError, StanchError, UsageError
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import case, case_item, file
from stanch.store.desk.tables import intake as reports
from tests.cases.conftest import ACCOUNT, World

UNSHOWN = ["a\0b", "a\u202eb", "a\u2066b", "a\x1bb", "a\ud800b", "a\ue000b"]
SQL = '\'); drop table "case"; -- " %s :x {} \\'
GREEN = Shared(Marking.GREEN)
RED = Shared(Marking.RED)


def kept(world: World, name: str, content: bytes = b"evidence", by: Caller | None = None) -> str:
    id = world.case()
    with world.database.write() as tx:
        return files.keep(tx, by or world.ann, NewItem(id, "file", {}, GREEN), name, content)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "..\\desk.key", "C:\\desk.key", "..", ".", "", "   ",
     "a\nSet-Cookie: x", "n" * 121, *UNSHOWN],
)  # fmt: skip
def test_a_name_that_is_a_path_or_cannot_be_shown_is_refused(world: World, name: str):
    with pytest.raises(UsageError, match="name"):
        kept(world, name)
    with world.database.read() as connection:
        assert not connection.execute(select(file)).all()


@pytest.mark.parametrize("name", ['a".pdf', "a;b=c.pdf", "%2e%2e%2fdesk.key", SQL[:-2], "한글.pdf"])
def test_a_name_is_only_a_label(world: World, name: str):
    id = kept(world, name)
    with world.database.read() as connection:
        assert files.read(connection, world.cho, id) == (name, b"evidence")


def test_a_file_of_all_bytes_comes_back_as_it_was(world: World):
    content = bytes(range(256)) * 64
    id = kept(world, "a.bin", content)
    again = kept(world, "b.bin", content)
    with world.database.read() as connection:
        assert files.read(connection, world.cho, id) == ("a.bin", content)
        assert files.read(connection, world.cho, again) == ("b.bin", content)
        assert len(connection.execute(select(file.c.sha256)).all()) == 1


@pytest.mark.parametrize("content", [b"", b"x" * (files.LARGEST + 1)])
def test_a_file_is_neither_empty_nor_too_large(world: World, content: bytes):
    with pytest.raises(UsageError, match="file"):
        kept(world, "a.bin", content)


def test_bytes_changed_behind_the_desks_back_are_never_given_out(world: World):
    id = kept(world, "a.bin")
    with world.database.writer.begin() as connection:
        connection.execute(update(file).values(content=b"evidencE"))
    with pytest.raises(InvariantError, match=id), world.database.read() as connection:
        files.read(connection, world.ann, id)


def test_a_row_turned_to_another_file_gives_that_files_own_bytes_and_no_others(world: World):
    """The item's body says which bytes it is about."""
    id = kept(world, "a.bin", b"one")
    kept(world, "b.bin", b"two")
    with world.database.writer.begin() as connection:
        two = connection.execute(select(file.c.sha256).where(file.c.content == b"two")).scalar_one()
        connection.execute(update(case_item).where(case_item.c.id == id).values(file=two))
    with pytest.raises(InvariantError, match=id), world.database.read() as connection:
        files.read(connection, world.ann, id)


def test_a_key_needs_the_scope_to_read(world: World):
    item = kept(world, "a.bin")
    key = Caller(world.ann.person, world.ann.member, world.ann.roles, frozenset({"screen"}))
    case_id = world.case()
    with world.database.read() as connection:
        for call in (
            lambda: files.read(connection, key, item),
            lambda: items.read(connection, key, item),
            lambda: items.listed(connection, key, case_id, Asked()),
            lambda: judgements.listed(connection, key, case_id, Asked()),
            lambda: cases.listed(connection, key, Asked()),
            lambda: intake.listed(connection, key, Asked()),
            lambda: deconfliction.overlaps(connection, key, Asked()),
        ):
            with pytest.raises(ForbiddenError):
                call()


@pytest.mark.parametrize("text", UNSHOWN)
def test_what_cannot_be_shown_is_refused_everywhere(world: World, text: str):
    id = world.case()
    writes = [
        lambda tx: cases.open_case(tx, world.ann, text, GREEN),
        lambda tx: cases.close(tx, world.ann, id, text),
        *(
            lambda tx, kind=kind, body=body: items.add(
                tx, world.ann, NewItem(id, kind, body, GREEN)
            )
            for kind, body in (
                ("note", {"text": text}),
                ("incident", {"title": text}),
                ("incident", {"title": "x", "more": [{text: 1}]}),
                ("tag", {"account": ACCOUNT, "label": text}),
                ("account", {"account": text}),
                ("trace", {"manifest": text}),
                (text, {"text": "x"}),
            )
        ),
        lambda tx: judgements.judge(tx, world.ann, NewJudgement(id, text, "high", ["s"], GREEN)),
        lambda tx: judgements.judge(tx, world.ann, NewJudgement(id, "a", "high", [text], GREEN)),
        lambda tx: judgements.judge(tx, world.ann, NewJudgement(id, "a", text, ["s"], GREEN)),
        lambda tx: intake.receive(tx, world.ann, NewReport("victim", text, "", [], [], GREEN)),
        lambda tx: intake.receive(tx, world.ann, NewReport("victim", "c", text, [], [], GREEN)),
        lambda tx: intake.receive(tx, world.ann, NewReport("victim", "c", "", [text], [], GREEN)),
        lambda tx: intake.receive(tx, world.ann, NewReport("victim", "c", "", [], [text], GREEN)),
    ]
    for n, write in enumerate(writes):
        try:
            with world.database.write() as tx:
                write(tx)
        except UsageError:
            continue
        # A report's lines end at some controls: those are gone, not kept.
        with world.database.read() as connection:
            assert text not in str(connection.execute(select(reports.c.body)).all()), n
            assert "\x1b" in text or "\0" in text, n


@pytest.mark.parametrize("text", [*UNSHOWN, SQL, "x" * 100_000, ""])
def test_what_is_asked_for_is_found_or_refused(world: World, text: str):
    id = world.case()
    with world.database.read() as connection:
        for call in (
            lambda: cases.one(connection, world.ann, text),
            lambda: items.read(connection, world.ann, text),
            lambda: items.listed(connection, world.ann, text, Asked()),
            lambda: files.read(connection, world.ann, text),
            lambda: intake.one(connection, world.ann, text),
            lambda: judgements.listed(connection, world.ann, text, Asked()),
        ):
            with pytest.raises(NotFoundError) as caught:
                call()
            assert len(str(caught.value)) < 1000
        for call in (
            lambda: cases.listed(connection, world.ann, Asked(filters={"state": text})),
            lambda: cases.listed(connection, world.ann, Asked(filters={text: "x"})),
            lambda: cases.listed(connection, world.ann, Asked(sort=text)),
            lambda: cases.listed(connection, world.ann, Asked(after=text)),
            lambda: items.listed(connection, world.ann, id, Asked(filters={"kind": text})),
        ):
            try:
                assert not call().rows
            except UsageError:
                continue


def test_sql_in_every_text_is_text(world: World):
    with world.database.write() as tx:
        id = cases.open_case(tx, world.ann, SQL, GREEN)
        note = items.add(tx, world.ann, NewItem(id, "note", {"text": SQL}, GREEN))
        judged = NewJudgement(id, SQL, "low", [SQL], GREEN)
        judgements.judge(tx, world.ann, judged)
        got = intake.receive(tx, world.ann, NewReport("other", SQL, SQL, [], [SQL], GREEN))
        intake.settle(tx, world.ann, got["id"], intake.Triage("invalid", SQL))
    with world.database.read() as connection:
        assert cases.one(connection, world.cho, id)["title"] == SQL
        assert items.read(connection, world.cho, note)["body"] == {"text": SQL}
        found = judgements.listed(connection, world.cho, id, Asked(filters={"actor": SQL}))
        assert found.rows[0]["sources"] == [SQL]
        report = intake.one(connection, world.cho, got["id"])
        assert (report["reason"], report["body"]["text"]) == (SQL, SQL)
        assert len(connection.execute(select(case)).all()) == 1


def nested(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x" * (items.LARGEST + 1)},
        {"text": "x\n" * items.LARGEST},
        {"text": "x", "more": nested(1000)},
        {"text": "x", "more": nested(100_000)},
        {"text": "x", "more": 2**53},
        {"text": "x", "more": 0.1},
        {"text": "x", "more": {1: 2}},
        {"text": ["x"]},
        {"text": {"x": 1}},
        {"text": "x", "account": ["x"]},
        {"text": "x", "account": "eip155:1:" + "0" * 1_000_000},
        {},
    ],
)
def test_a_body_that_is_none_is_refused_with_a_short_line(world: World, body: dict):
    id = world.case()
    with pytest.raises(UsageError) as caught, world.database.write() as tx:
        items.add(tx, world.ann, NewItem(id, "note", body, GREEN))
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "report",
    [
        NewReport("victim", "c" * 201, "", [], [], GREEN),
        NewReport("victim", "c", "x\n" * 200_000, [], [], GREEN),
        NewReport("victim", "c", "", [ACCOUNT] * 1001, [], GREEN),
        NewReport("victim", "c", "", [], ["t"] * 1001, GREEN),
        NewReport("victim", "c", "", ["eip155:1:" + "0" * 10**6], [], GREEN),
        NewReport("nobody", "c", "", [], [], GREEN),
    ],
)
def test_an_oversized_report_is_refused_and_its_reporter_is_not_kept(world: World, report):
    with pytest.raises(StanchError) as caught, world.database.write() as tx:
        intake.receive(tx, world.ann, report)
    assert len(str(caught.value)) < 500
    with world.database.read() as connection:
        assert not intake.listed(connection, world.ann, Asked()).rows
