"""Logs in which a change is seen."""

import pytest

from stanch.errors import InputError
from stanch.store.chain_log import ChainLog


@pytest.fixture
def log(tmp_path):
    log = ChainLog(tmp_path / "events.jsonl")
    for name in ("un", "eu", "가"):
        log.append({"event": "import", "list": name})
    return log


def rewrite(log, change):
    lines = log.file.read_bytes().splitlines(keepends=True)
    log.file.write_bytes(b"".join(change(lines)))


def test_lines_come_back_in_order(log):
    assert [(each["n"], each["list"]) for each in log.lines()] == [(1, "un"), (2, "eu"), (3, "가")]
    assert log.check() is None


def test_a_log_that_nobody_wrote_yet(tmp_path):
    log = ChainLog(tmp_path / "events.jsonl")
    assert list(log.lines()) == []
    assert log.check() is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: [lines[0], lines[1].replace(b'"eu"', b'"ei"'), lines[2]], "line 2 was"),
        (lambda lines: [lines[0], lines[2]], "line 2 calls itself 3"),
        (lambda lines: lines[1:], "line 1 calls itself 2"),
        (lambda lines: [lines[1], lines[0], lines[2]], "line 1 calls itself 2"),
        (lambda lines: lines[:2], "1 missing from the end"),
        (lambda lines: [], "3 missing from the end"),
        (lambda lines: [lines[0], b"no JSON\n", lines[2]], "line 2 is no line"),
        (lambda lines: [lines[0], b"[]\n", lines[2]], "line 2 is no line"),
    ],
)
def test_tampering_is_seen_and_stays_seen(log, change, said):
    rewrite(log, change)
    assert said in log.check()
    if "no line" not in said:
        log.append({"event": "import", "list": "uk"})
        assert log.check() is not None


def test_a_last_line_written_anew_is_seen(log, tmp_path):
    other = ChainLog(tmp_path / "other.jsonl")
    for name in ("un", "eu", "other"):
        other.append({"event": "import", "list": name})
    log.file.write_bytes(other.file.read_bytes())
    assert log.check() == "line 3 is not the line that was written"


def test_the_head_is_missed(log):
    log.file.with_name("events.jsonl.head").unlink()
    assert "is missing" in log.check()


def test_half_a_line_that_a_crash_left_is_not_counted(log):
    with log.file.open("ab") as stream:
        stream.write(b'{"event":"imp')
    assert len(list(log.lines())) == 3
    assert log.check() is None
    log.append({"event": "import", "list": "uk"})
    assert [each["n"] for each in log.lines()] == [1, 2, 3, 4]
    assert log.check() is None


def test_a_line_behind_the_head_is_no_tampering(log):
    """A crash came between the line and the head."""
    head = log.file.with_name("events.jsonl.head")
    before = head.read_bytes()
    log.append({"event": "import", "list": "uk"})
    head.write_bytes(before)
    assert log.check() is None
    log.append({"event": "import", "list": "au"})
    assert log.check() is None


def test_a_line_that_cannot_be_read(log):
    rewrite(log, lambda lines: [*lines, b"{}\n"])
    with pytest.raises(InputError, match="row 4"):
        list(log.lines())
