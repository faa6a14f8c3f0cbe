"""The operator's verbs: a desk made and kept."""

import re

import pytest

from stanch.app.desk.desk import opened
from stanch.errors import RefusedError, StrangerError, UsageError
from stanch.members.access.links import use
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
