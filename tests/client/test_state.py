"""What a client remembers: written whole, by one at a time, and never begun anew unasked."""

import json
import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stanch.client.state import MOST_SEEN, REMEMBERED, State, StateFile
from stanch.errors import InputError, OutputError

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_nothing_is_remembered_at_first(tmp_path):
    assert StateFile(tmp_path / "state").read() == State()
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read_and_is_its_owners(tmp_path):
    file = StateFile(tmp_path / "state")
    with file.changing() as change:
        change.state = replace(change.state, cursor=7).dealt_with("msg", NOON)
    assert file.read() == State(cursor=7, seen={"msg": "2026-11-26T12:00:00Z"})
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o600


def test_an_error_leaves_it_as_it_was(tmp_path):
    file = StateFile(tmp_path / "state")
    with file.changing() as change:
        change.state = State(cursor=7)
    before = (tmp_path / "state").read_bytes()
    with pytest.raises(KeyError), file.changing() as change:
        change.state = replace(State(cursor=8), head={}["none"])
    assert (tmp_path / "state").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        json.dumps({"format": "stanch-client@1"}).encode(),
        json.dumps({"format": "stanch-client@2", "cursor": 1}).encode(),
    ],
)
def test_a_damaged_file_is_no_new_one(tmp_path, damage):
    (tmp_path / "state").write_bytes(damage)
    with pytest.raises(InputError):
        StateFile(tmp_path / "state").read()


@pytest.mark.parametrize(
    "field",
    [
        {"cursor": True},
        {"cursor": "1"},
        {"seen": {"a": 1}},
        {"seen": {"a": "1"}},
        {"seen": {"a": "2026-02-30T00:00:00Z"}},
        {"seen": {"a": "2026-02-20T24:00:00Z"}},
    ],
)
def test_fields_of_another_kind(tmp_path, field):
    file = StateFile(tmp_path / "state")
    with file.changing() as change:
        change.state = State(cursor=1)
    said = json.loads((tmp_path / "state").read_bytes())
    (tmp_path / "state").write_text(json.dumps({**said, **field}))
    with pytest.raises(InputError):
        file.read()


def test_where_nothing_can_be_written(tmp_path):
    with pytest.raises(OutputError), StateFile(tmp_path / "no" / "state").changing():
        pytest.fail("nothing is done that cannot be remembered")


def test_ids_are_forgotten_after_their_time_and_never_all_kept():
    state = State().dealt_with("old", NOON)
    assert "old" in state.dealt_with("new", NOON + REMEMBERED - timedelta(seconds=1)).seen
    assert "old" not in state.dealt_with("new", NOON + REMEMBERED).seen
    full = State(seen={str(n): "2026-11-26T12:00:00Z" for n in range(MOST_SEEN)})
    kept = full.dealt_with("new", NOON).seen
    assert len(kept) == MOST_SEEN
    assert "0" not in kept
    assert "new" in kept


def count(path, times):
    file = StateFile(path)
    for _ in range(times):
        with file.changing() as change:
            change.state = replace(change.state, cursor=change.state.cursor + 1)


def test_two_processes_lose_nothing_of_each_other(tmp_path):
    path = tmp_path / "state"
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=count, args=(path, 20)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(60)
    assert [each.exitcode for each in both] == [0, 0]
    assert StateFile(path).read().cursor == 40


def test_what_another_process_wrote_is_read_and_what_is_the_same_is_not_parsed_again(
    tmp_path, monkeypatch
):
    mine, theirs = StateFile(tmp_path / "state"), StateFile(tmp_path / "state")
    with mine.changing() as change:
        change.state = State(cursor=1)
    with theirs.changing() as change:
        change.state = replace(change.state, cursor=2)
    assert mine.read().cursor == 2
    monkeypatch.setattr("stanch.client.state.json.loads", None)
    assert mine.read().cursor == theirs.read().cursor == 2
