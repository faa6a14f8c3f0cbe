"""Folders of states that nobody uses go; one that somebody builds or opens never does."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import numpy as np
import pytest

from stanch.errors import OutputError
from stanch.store import index_folders
from stanch.store.arrays import map_arrays, write_arrays
from stanch.store.index_folders import UNUSED, Built, forget_unused, opened
from stanch.store.outdir import Kind, lock_alone

OLD, NEW = "0" * 16, "f" * 16
PARTS = {f"part{number}": np.arange(1000) for number in range(5)}
DAY = 24 * 3600


def write(folder):
    write_arrays(folder, PARTS)
    (folder / "mark.json").write_text('{"format": "test@1"}')


BUILT = Built("test@1", Kind("mark.json", "test", frozenset({"mark.json"})), write)


def open_parts(index, state, built=BUILT):
    with opened(index, state, built) as folder:
        return map_arrays(folder)


def unused(index, state, days=8):
    then = time.time() - days * DAY
    os.utime(index / state, (then, then))


def states(index):
    return sorted(each.name for each in index.iterdir())


def test_a_week_is_a_week():
    assert UNUSED == 7 * DAY


def test_what_nobody_opened_for_a_week_goes_when_something_new_is_built(tmp_path):
    parts = open_parts(tmp_path, OLD)
    unused(tmp_path, OLD)
    open_parts(tmp_path, NEW)
    assert states(tmp_path) == [NEW]
    assert all((parts[name] == PARTS[name]).all() for name in PARTS)  # mapped: it lives on


def test_what_was_opened_in_the_week_stays(tmp_path):
    open_parts(tmp_path, OLD)
    unused(tmp_path, OLD, days=6)
    open_parts(tmp_path, NEW)
    assert states(tmp_path) == [OLD, NEW]


def test_to_open_is_to_use(tmp_path):
    open_parts(tmp_path, OLD)
    unused(tmp_path, OLD)
    open_parts(tmp_path, OLD)
    open_parts(tmp_path, NEW)
    assert states(tmp_path) == [OLD, NEW]


def test_nothing_goes_where_nothing_new_is_built(tmp_path):
    for state in (OLD, NEW):
        open_parts(tmp_path, state)
    unused(tmp_path, OLD)
    open_parts(tmp_path, NEW)
    assert states(tmp_path) == [OLD, NEW]


def test_the_state_in_force_stays_however_old(tmp_path):
    open_parts(tmp_path, NEW)
    unused(tmp_path, NEW)
    forget_unused(tmp_path, NEW)
    assert states(tmp_path) == [NEW]


def test_what_is_not_ours_stays(tmp_path):
    mine = tmp_path / "notes of mine"
    mine.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / OLD).symlink_to(elsewhere)
    for folder in (mine, elsewhere):
        os.utime(folder, (0, 0))
    open_parts(tmp_path, NEW)
    assert states(tmp_path) == [OLD, "elsewhere", NEW, "notes of mine"]


def test_what_somebody_has_open_stays_until_they_are_done(tmp_path):
    with opened(tmp_path, OLD, BUILT) as folder:
        unused(tmp_path, OLD)
        forget_unused(tmp_path, NEW)
        assert len(map_arrays(folder)) == len(PARTS)
    forget_unused(tmp_path, NEW)
    assert states(tmp_path) == []


def test_what_somebody_is_building_stays(tmp_path):
    def slowly(folder):
        unused(tmp_path, OLD)
        forget_unused(tmp_path, NEW)
        write(folder)

    assert len(open_parts(tmp_path, OLD, Built("test@1", BUILT.kind, slowly))) == len(PARTS)


def test_of_two_who_would_build_one_waits_for_the_other(tmp_path):
    begun = []

    def slowly(folder):
        begun.append(folder)
        time.sleep(0.1)
        write(folder)

    slow = Built("test@1", BUILT.kind, slowly)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: open_parts(tmp_path, OLD, slow), range(2)))
    assert [len(each) for each in found] == [len(PARTS)] * 2
    assert len(begun) == 1


def test_what_goes_while_somebody_waits_for_it_is_built_anew(tmp_path):
    """The name was looked up, then another process removed what stood there."""
    open_parts(tmp_path, OLD)
    lock = lock_alone(tmp_path / OLD)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(open_parts, tmp_path, OLD)
        time.sleep(0.1)
        assert not waiting.done()
        (tmp_path / OLD).rename(tmp_path / f".{OLD}.01234567.gone")
        os.close(lock)
        assert len(waiting.result()) == len(PARTS)
    assert states(tmp_path) == [OLD]


def test_what_a_dead_process_was_removing_goes(tmp_path):
    open_parts(tmp_path, OLD)
    (tmp_path / OLD).rename(tmp_path / f".{OLD}.01234567.gone")
    open_parts(tmp_path, NEW)
    assert states(tmp_path) == [NEW]


def test_nobody_ever_sees_a_half(tmp_path, monkeypatch):
    """Everything is old at once here, and one removes as fast as others open."""
    monkeypatch.setattr(index_folders, "UNUSED", -DAY)
    done = Event()

    def remove():
        rounds = 0
        while not done.is_set():
            forget_unused(tmp_path, NEW)
            rounds += 1
        return rounds

    def open_often(_):
        return [len(open_parts(tmp_path, OLD)) for _ in range(60)]

    tmp_path.joinpath(OLD).mkdir()
    with ThreadPoolExecutor(4) as pool:
        removing = pool.submit(remove)
        try:
            seen = [count for counts in pool.map(open_often, range(3)) for count in counts]
        finally:
            done.set()
        assert removing.result() > 1
    assert set(seen) == {len(PARTS)}


def test_a_state_that_cannot_be_made(tmp_path):
    (tmp_path / OLD).write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        open_parts(tmp_path, OLD)


def test_a_home_that_may_only_be_read_is_opened(tmp_path, monkeypatch):
    open_parts(tmp_path, OLD)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(index_folders, "os", SimpleNamespace(**{**vars(os), "utime": refuse}))
    assert len(open_parts(tmp_path, OLD)) == len(PARTS)
