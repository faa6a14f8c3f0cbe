"""The operator's verbs: a desk made and kept."""

import json
import re
import sqlite3

import pytest
from sqlalchemy import select, update

from stanch.app.desk.desk import opened
from stanch.errors import (
    InputError,
    RefusedError,
    SignatureError,
    StanchError,
    StrangerError,
    UsageError,
)
from stanch.formats.signed.keys import PrivateKey
from stanch.members.access.links import use
from stanch.store.desk import log
from stanch.store.desk.tables import person
from tests.cli.test_key import run

NEW = (
    "--name", "Joint desk", "--member", "FIU", "--country", "KR", "--administrator", "Kim",
)  # fmt: skip


def test_a_new_desk_has_one_link_that_works_once(tmp_path):
    made = run("init", "--desk", tmp_path / "desk", *NEW)
    assert made.exit_code == 0, made.exception
    token = made.stdout.strip()
    assert re.fullmatch(r"stl_[-_A-Za-z0-9]{43}", token)
    assert token not in made.stderr
    with opened(tmp_path / "desk") as desk:
        assert f"desk    {desk.id}\nkey     {desk.key.public.text}\n" in made.stderr
        with desk.database.write() as tx:
            assert use(tx, token).startswith("per-")
        with pytest.raises(StrangerError), desk.database.write() as tx:
            use(tx, token)


def test_a_program_reads_what_the_keeper_of_a_desk_is_told(tmp_path):
    said = {}
    for verb, *rest in (
        ("init", "--desk", tmp_path / "desk", *NEW),
        ("backup", tmp_path / "b", "--desk", tmp_path / "desk", "--with-key"),
        ("restore", tmp_path / "b", "--desk", tmp_path / "new"),
    ):
        done = run(verb, *rest, "--json")
        assert done.exit_code == 0, done.exception
        said[verb] = json.loads(done.stdout)
    assert said["init"].keys() == {"desk", "key", "link"}
    taken = run("audit", "export", "--desk", tmp_path / "new", "--out", tmp_path / "log", "--json")
    entries = json.loads(taken.stdout)["entries"]
    assert 0 < entries < len((tmp_path / "log").read_text().splitlines())
    backup, restore = (
        (said[each]["desk"], said[each]["entries"]) for each in ("backup", "restore")
    )
    assert backup == restore
    assert backup[0] == said["init"]["desk"]
    assert 0 < backup[1] <= entries  # that it was restored is an entry, too


def test_a_desk_is_not_made_twice(tmp_path):
    assert run("init", "--desk", tmp_path / "desk", *NEW).exit_code == 0
    again = run("init", "--desk", tmp_path / "desk", *NEW)
    assert isinstance(again.exception, UsageError | RefusedError)
    assert "stl_" not in again.output


def test_a_desk_needs_a_folder():
    assert isinstance(run("init", *NEW).exception, UsageError)
    assert isinstance(run("migrate").exception, UsageError)


def test_a_new_desk_is_at_the_latest_schema(tmp_path):
    run("init", "--desk", tmp_path / "desk", *NEW)
    done = run("migrate", "--desk", tmp_path / "desk")
    assert re.fullmatch(r"schema \w+\n", done.output)


@pytest.fixture
def desk(tmp_path):
    assert run("init", "--desk", tmp_path / "desk", *NEW).exit_code == 0
    return tmp_path / "desk"


def head(desk):
    with opened(desk) as there, there.database.read() as connection:
        return log.last_head(connection)


def test_a_desk_comes_back_from_its_backup(desk, tmp_path):
    done = run("backup", tmp_path / "b", "--desk", desk)
    assert done.exit_code == 0, done.exception
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0
    without = run("restore", tmp_path / "b", "--desk", tmp_path / "new")
    assert isinstance(without.exception, UsageError)
    assert not (tmp_path / "new").exists()
    key = desk / "desk.key"
    back = run("restore", tmp_path / "b", "--desk", tmp_path / "new", "--key-file", key)
    assert back.exit_code == 0, back.exception
    assert head(tmp_path / "new") == head(desk)
    assert isinstance(run("backup", tmp_path / "b", "--desk", desk).exception, UsageError)


def test_a_backup_that_is_altered_or_of_another_key(desk, tmp_path):
    run("backup", tmp_path / "b", "--desk", desk, "--with-key")
    run("init", "--desk", tmp_path / "other", *NEW)
    other = tmp_path / "other" / "desk.key"
    back = run("restore", tmp_path / "b", "--desk", tmp_path / "new", "--key-file", other)
    assert isinstance(back.exception, SignatureError)
    data = bytearray((tmp_path / "b").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "b").write_bytes(data)
    back = run("restore", tmp_path / "b", "--desk", tmp_path / "new")
    assert isinstance(back.exception, InputError | SignatureError | UsageError)
    assert not (tmp_path / "new").exists()
    (tmp_path / "none.key").write_text("key")
    back = run("restore", tmp_path / "b", "--desk", tmp_path / "new", "--key-file",
               tmp_path / "none.key")  # fmt: skip
    assert isinstance(back.exception, UsageError)


def test_a_log_that_is_whole(desk, tmp_path):
    (tmp_path / "heads").write_text(f"{head(desk)}\n\n")
    done = run("audit", "verify", "--desk", desk, "--heads", tmp_path / "heads")
    assert "whole; held to 1 heads" in done.output
    found = json.loads(run("audit", "verify", "--desk", desk, "--json").output)
    assert (found["faults"], found["first_bad"]) == ([], None)
    assert run("audit", "export", "--desk", desk, "--out", tmp_path / "log").exit_code == 0
    assert (tmp_path / "log").stat().st_size > 100


def test_an_entry_that_was_changed_is_named(desk):
    with sqlite3.connect(desk / "desk.sqlite") as database:
        for (name,) in database.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            database.execute(f'drop trigger "{name}"')
        database.execute("update log set person = 'nobody' where n = 1")
    done = run("audit", "verify", "--desk", desk)
    assert "the first bad entry is 1" in str(done.exception)
    assert done.stdout == ""


def test_a_log_that_was_rolled_back_is_found_by_heads_from_elsewhere(desk, tmp_path):
    run("backup", tmp_path / "b", "--desk", desk, "--with-key")
    run("audit", "export", "--desk", desk, "--out", tmp_path / "log")  # an entry more
    (tmp_path / "heads").write_text(f"{head(desk)}\n")
    run("restore", tmp_path / "b", "--desk", tmp_path / "back")
    assert run("audit", "verify", "--desk", tmp_path / "back").exit_code == 0
    done = run("audit", "verify", "--desk", tmp_path / "back", "--heads", tmp_path / "heads")
    assert isinstance(done.exception, StanchError)
    assert "truncated" in done.stderr


def test_heads_of_somebody_else_and_another_key(desk, tmp_path):
    run("init", "--desk", tmp_path / "other", *NEW)
    (tmp_path / "heads").write_text(f"{head(tmp_path / 'other')}\n")
    done = run("audit", "verify", "--desk", desk, "--heads", tmp_path / "heads")
    assert "the log is not whole" in str(done.exception)
    other = PrivateKey.generate().public.text
    done = run("audit", "verify", "--desk", desk, "--desk-key", other)
    assert "the log is not whole" in str(done.exception)
    assert isinstance(
        run("audit", "verify", "--desk", desk, "--desk-key", "x").exception, UsageError
    )
    for text in ("", "한"):
        (tmp_path / "heads").write_text(text)
        done = run("audit", "verify", "--desk", desk, "--heads", tmp_path / "heads")
        assert isinstance(done.exception, InputError)


def test_somebody_who_left_is_erased_once_it_is_confirmed(tmp_path):
    folder = tmp_path / "desk"
    run("init", "--desk", folder, *NEW)
    with opened(folder) as desk, desk.database.write() as tx:
        (id,) = tx.connection.execute(select(person.c.id)).scalars()
    assert isinstance(run("erase", "person", id, "--desk", folder, "--yes").exception, RefusedError)
    assert run("erase", "person", id, "--desk", folder).exit_code == 1  # nobody said yes
    with opened(folder) as desk, desk.database.write() as tx:
        tx.connection.execute(update(person).values(active=False))
    done = run("erase", "person", id, "--desk", folder, "--yes")
    assert done.output == f"person {id} erased\n"
    with opened(folder) as desk, desk.database.read() as connection:
        assert connection.execute(select(person.c.name)).scalar_one() == "(erased)"
    assert run("audit", "verify", "--desk", folder).exit_code == 0


def test_what_serve_is_told_reaches_the_server(tmp_path, monkeypatch):
    """Each option that is no use of its own: one that is dropped would be missed by nobody."""
    run("init", "--desk", tmp_path / "desk", *NEW)
    told = []
    monkeypatch.setattr("stanch.web.serve.run", lambda *said: told.append(said))
    words = ("--home", tmp_path / "home", "--registry", tmp_path / "registry", "--settled", 2)
    more = ("--reach", "10.0.0.0/8", "--proxy", "10.1.2.3", "--origin", "https://desk.example")
    done = run("serve", "--desk", tmp_path / "desk", "--no-worker", "--port", 8123, *words, *more)
    assert done.exit_code == 0, done.exception
    ((_, host, port, config),) = told
    assert (host, port) == ("127.0.0.1", 8123)
    assert (config.lists, config.registry) == (tmp_path / "home", tmp_path / "registry")
    assert (config.settled_hours, config.reach) == (2, ("10.0.0.0/8",))
    assert (config.proxies, config.origin) == (("10.1.2.3",), "https://desk.example")
