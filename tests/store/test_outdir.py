"""Folders that are written whole or not at all."""

import errno
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from stanch.errors import OutputError, UsageError
from stanch.store.outdir import Kind, writing

KIND = Kind("mark.json", "stanch-test", frozenset({"mark.json", "data"}))

WRITER = """
import sys, time
from pathlib import Path
from stanch.store.outdir import Kind, writing

kind = Kind("mark.json", "stanch-test", frozenset({"mark.json", "data"}))
with writing(Path(sys.argv[1]), kind) as folder:
    (folder / "mark.json").write_text('{"format": "stanch-test@1"}')
    print("ready", flush=True)
    with (folder / "data").open("wb") as stream:
        for _ in range(400):
            stream.write(b"x" * 1000)
            stream.flush()
            time.sleep(float(sys.argv[2]))
print("done", flush=True)
"""


def fill(out, data="new", then=None):
    with writing(out, KIND) as folder:
        (folder / "mark.json").write_text(json.dumps({"format": "stanch-test@1"}))
        (folder / "data").write_text(data)
        if then:
            raise then


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_the_folder_appears_when_all_is_written(tmp_path):
    out = tmp_path / "deep" / "out"
    with writing(out, KIND) as folder:
        (folder / "data").write_text("new")
        assert not out.exists()
        assert folder.parent == out.parent
        assert folder.name.startswith(".out.")
    assert (out / "data").read_text() == "new"
    assert names(out.parent) == ["out"]


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_any_exception_leaves_nothing(tmp_path, error):
    with pytest.raises(type(error)):
        fill(tmp_path / "out", then=error)
    assert names(tmp_path) == []


def test_an_older_folder_of_the_kind_is_replaced(tmp_path):
    fill(tmp_path / "out", "old")
    fill(tmp_path / "out")
    assert (tmp_path / "out" / "data").read_text() == "new"
    assert names(tmp_path) == ["out"]


def test_an_older_folder_survives_an_error(tmp_path):
    fill(tmp_path / "out", "old")
    with pytest.raises(RuntimeError), writing(tmp_path / "out", KIND):
        raise RuntimeError
    assert (tmp_path / "out" / "data").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_an_older_folder_returns_where_the_new_one_cannot_be_placed(tmp_path, monkeypatch):
    fill(tmp_path / "out", "old")
    rename = type(tmp_path).rename

    def refuse(self, target):
        if self.name.endswith(".partial") and (self / "data").read_text() == "new":
            raise OSError(errno.EIO, "input/output error")
        return rename(self, target)

    monkeypatch.setattr(type(tmp_path), "rename", refuse)
    with pytest.raises(OutputError, match="input/output error"):
        fill(tmp_path / "out")
    assert (tmp_path / "out" / "data").read_text() == "old"
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("where", ["lock_alone", "_sync", "_swap"])
def test_an_interrupt_anywhere_leaves_all_as_it_was(tmp_path, monkeypatch, where):
    def interrupted(*_):
        raise KeyboardInterrupt

    fill(tmp_path / "out", "old")
    monkeypatch.setattr(f"stanch.store.outdir.{where}", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "out")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "data").read_text() == "old"


@pytest.mark.parametrize(("number", "left"), [(1, "old"), (2, "new")])
def test_an_interrupt_while_the_old_makes_place(tmp_path, monkeypatch, number, left):
    rename, done = type(tmp_path).rename, []

    def interrupted(self, target):
        rename(self, target)
        done.append(target)
        if len(done) == number:
            raise KeyboardInterrupt

    fill(tmp_path / "out", "old")
    monkeypatch.setattr(type(tmp_path), "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "out")
    assert names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "data").read_text() == left


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    fill(tmp_path / "out")
    assert names(tmp_path / "out") == ["data", "mark.json"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"notes.txt": ""}, "is not empty"),
        ({"mark.json": "no json"}, "is not empty"),
        ({"mark.json": '{"format": "stanch-other@1"}'}, "is not empty"),
        ({"mark.json": "[1]"}, "is not empty"),
        ({"mark.json": '{"format": "stanch-test@1"}', "notes.txt": ""}, r"holds notes\.txt"),
    ],
)
def test_what_stanch_did_not_write_is_left_alone(tmp_path, files, why):
    out = tmp_path / "out"
    out.mkdir()
    for name, text in files.items():
        (out / name).write_text(text)
    with pytest.raises(UsageError, match=why):
        fill(out)
    assert {name: (out / name).read_text() for name in names(out)} == files
    assert names(tmp_path) == ["out"]


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="is no folder"):
        fill(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_what_comes_in_the_way_meanwhile_is_left_alone(tmp_path):
    out = tmp_path / "out"

    def step_in():
        with writing(out, KIND):
            out.mkdir()
            (out / "mine").write_text("")

    with pytest.raises(UsageError):
        step_in()
    assert names(tmp_path) == ["out"]
    assert names(out) == ["mine"]


def test_a_full_disk_is_told_in_one_line(tmp_path):
    with pytest.raises(OutputError, match="no space left"), writing(tmp_path / "out", KIND):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names(tmp_path) == []


def test_other_errors_of_the_system_keep_their_own_words(tmp_path):
    with pytest.raises(FileNotFoundError), writing(tmp_path / "out", KIND):
        (tmp_path / "nowhere").read_text()


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        fill(tmp_path / "file" / "out")


def writer(out, pause):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(out), str(pause)], stdout=subprocess.PIPE, text=True
    )


def test_the_leftovers_of_the_dead_are_removed_and_the_living_left_alone(tmp_path):
    out = tmp_path / "out"
    living, dead = writer(out, 0.1), writer(out, 0.1)
    assert living.stdout.readline() == dead.stdout.readline() == "ready\n"
    dead.kill()
    dead.wait()
    assert len(names(tmp_path)) == 2
    fill(out)
    assert len(names(tmp_path)) == 2  # the new folder, and the work of the living
    living.send_signal(signal.SIGINT)
    assert living.wait() != 0
    assert names(tmp_path) == ["out"]


def killed(out, after):
    """Kill a writer `after` seconds; whether the folder stands."""
    process = writer(out, 0.0001)
    assert process.stdout.readline() == "ready\n"
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return out.exists()


def check_kills(tmp_path, rounds):
    for number in range(rounds):
        out = tmp_path / str(number)
        if killed(out, 0.1 * number / rounds):
            assert names(out) == ["data", "mark.json"]
            assert (out / "data").stat().st_size == 400_000


def test_kill_leaves_no_folder_that_looks_whole(tmp_path):
    check_kills(tmp_path, 3)


@pytest.mark.slow
def test_kill_leaves_no_folder_that_looks_whole_ever(tmp_path):
    check_kills(tmp_path, 200)
