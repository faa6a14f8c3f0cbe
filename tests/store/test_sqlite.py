"""The journal: only added to, sealed, shared by processes, and whole after kill -9."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from stanch.errors import InputError, OutputError, UsageError
from stanch.store.engines.sqlite import connect
from stanch.store.journal import Draft

WRITER = """
import sys
from pathlib import Path
from stanch.store.engines.sqlite import connect
from stanch.store.journal import Draft

file, name, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with connect(file) as journal:
    for number in range(rounds):
        drafts = [Draft("word", name, "now", f"{number} {part}") for part in range(3)]
        journal.add(lambda about: drafts)
        print(number, flush=True)
"""


def draft(body, key="k"):
    return Draft("word", key, "2026-01-01T00:00:00Z", body)


def fill(file, *bodies):
    with connect(file) as journal:
        return journal.add(lambda about: [draft(body) for body in bodies])


@pytest.fixture
def file(tmp_path):
    return tmp_path / "journal.sqlite"


def start(file, name, rounds):
    command = [sys.executable, "-c", WRITER, str(file), name, str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_what_is_added_is_read(file):
    fill(file, "one", "두")
    fill(file, "three")
    with connect(file) as journal:
        assert [each.draft.body for each in journal.records()] == ["one", "두", "three"]
        assert [each.seq for each in journal.about("k")] == [1, 2, 3]
        assert journal.about("other") == []
        assert journal.faults() == []


def test_an_empty_journal_is_whole(file):
    with connect(file) as journal:
        assert journal.faults() == []
        assert list(journal.records()) == []


def test_only_its_owner_reads_it(file):
    fill(file, "one")
    assert file.stat().st_mode & 0o077 == 0


def test_all_or_nothing(file):
    fill(file, "one")

    def write(about):
        assert [each.draft.body for each in about("k")] == ["one"]
        raise UsageError("no")

    with connect(file) as journal:
        with pytest.raises(UsageError):
            journal.add(write)
        with pytest.raises(InputError, match="constraint failed"):
            journal.add(lambda about: [draft("two"), draft(None)])
        assert len(list(journal.records())) == 1
    fill(file, "two")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("update record set body = 'x'", "changes nothing"),
        ("delete from record where seq = 3", "forgets nothing"),
        ("insert into record select 7, kind, key, at, body, digest, 'x' from record where seq = 3",
         "only added to at its end"),
        ("insert into record select 4, kind, key, at, body, 'y', 'x' from record where seq = 3",
         "only added to at its end"),
        ("insert or replace into record select 2, kind, key, at, 'x', previous, digest from record "
         "where seq = 2", "only added to at its end"),
    ],
)  # fmt: skip
def test_the_table_refuses_what_is_not_adding(file, statement, why):
    fill(file, "one", "two", "three")
    with closing(sqlite3.connect(file)) as other, pytest.raises(sqlite3.IntegrityError, match=why):
        other.execute(statement)


def unguarded(file, *statements):
    """Do what somebody with an editor for databases can."""
    with closing(sqlite3.connect(file)) as other:
        for name in ("record_kept", "record_fixed", "record_next"):
            ((text,),) = other.execute("select sql from sqlite_schema where name = ?", (name,))
            other.execute(f"drop trigger {name}")
            statements = (*statements, text)
        for statement in statements:
            other.execute(statement)
        other.commit()


@pytest.mark.parametrize("column", ["kind", "key", "at", "body", "previous", "digest"])
@pytest.mark.parametrize("value", ["'x'", "x'ff'", "cast(x'ff' as text)"])
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_changed_row_is_found(file, seq, column, value):
    fill(file, "one", "two", "three")
    unguarded(file, f"update record set {column} = {value} where seq = {seq}")
    with connect(file) as journal:
        assert any(f"record {seq}" in fault for fault in journal.faults())


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("delete from record where seq = 1", "record 1 is missing"),
        ("delete from record where seq = 2", "record 2 is missing"),
        ("delete from record where seq = 3", "3 records were added and the last here is 2"),
        ("delete from record", "3 records were added and the last here is 0"),
        ("update record set seq = seq + 1 where seq = 3", "record 3 is missing"),
        ("drop index record_key", "record_key, which guards the records, is gone"),
        ("drop trigger if exists record_kept", None),
        ("create trigger more after insert on record begin select 1; end",
         "more is not as it was laid out"),
    ],
)  # fmt: skip
def test_what_else_is_done_to_the_file_is_found(file, statement, found):
    fill(file, "one", "two", "three")
    unguarded(file, statement)
    with connect(file) as journal:
        assert (found in journal.faults()) if found else (journal.faults() == [])


def test_a_guard_that_is_gone_is_found(file):
    fill(file, "one")
    with closing(sqlite3.connect(file)) as other:
        other.execute("drop trigger record_fixed")
    with connect(file) as journal:
        assert journal.faults() == ["record_fixed, which guards the records, is gone"]


@pytest.mark.parametrize("content", [b"not a database at all" * 50, None])
def test_a_file_that_is_no_journal_is_refused(file, content):
    if content is None:
        with closing(sqlite3.connect(file)) as other:
            other.execute("create table mine (a)")
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    with pytest.raises(InputError, match=r"no journal"), connect(file):
        pass
    assert file.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(OutputError, match="No such file"), connect(tmp_path / "no" / "j.sqlite"):
        pass


def test_processes_begin_and_add_at_once(file):
    writers = [start(file, name, 20) for name in "abcd"]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    with connect(file) as journal:
        assert journal.faults() == []
        assert len(list(journal.records())) == 4 * 20 * 3
        for name in "abcd":
            bodies = [each.draft.body for each in journal.about(name)]
            assert bodies == [f"{number} {part}" for number in range(20) for part in range(3)]


def test_a_walk_beside_a_writer_finds_nothing_wrong(file):
    fill(file, "one")
    writer = start(file, "a", 200)
    with connect(file) as journal:
        while writer.poll() is None:
            assert journal.faults() == []
    assert writer.returncode == 0


@pytest.mark.slow
def test_kill_9_loses_nothing_that_was_confirmed(file):
    chance, said = random.Random(1), {}
    for turn in range(30):
        name = f"w{turn}"
        writer = start(file, name, 1_000_000)
        writer.stdout.readline()
        time.sleep(chance.random() / 4)
        os.kill(writer.pid, signal.SIGKILL)
        said[name] = 1 + len([line for line in writer.communicate()[0].split("\n")[:-1] if line])
        with connect(file) as journal:
            assert journal.faults() == []
            for each, confirmed in said.items():
                found = len(journal.about(each))
                assert found % 3 == 0
                assert found // 3 - confirmed in {0, 1}  # one may have been done and not yet said
