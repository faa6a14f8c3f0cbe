"""A table of a command stands whole under its name, or what stood there before does."""

import os

import pytest

from stanch.app.csv_file import lines, whole_file
from stanch.errors import OutputError


def interrupted(out):
    with whole_file(out) as draft:
        draft.write_bytes(b"half")
        raise KeyboardInterrupt


def test_rows_are_csv_with_line_feeds():
    assert lines([("a", "b"), ("김, 일", '"')]) == 'a,b\n"김, 일",""""\n'.encode()


def test_a_name_that_is_no_unicode_is_written_as_an_escape():
    assert lines([("\udc80",)]) == b"\\udc80\n"


def test_the_leftover_of_a_killed_process_is_in_nobodys_way(tmp_path):
    out = tmp_path / "out.csv"
    (tmp_path / f".out.csv.{os.getpid()}.partial").write_text("torn and longer")
    with whole_file(out) as draft:
        draft.write_bytes(b"new\n")
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [
        ("out.csv", b"new\n")
    ]


def test_an_error_leaves_the_old_table(tmp_path):
    out = tmp_path / "out.csv"
    out.write_bytes(b"old\n")
    with pytest.raises(KeyboardInterrupt):
        interrupted(out)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [
        ("out.csv", b"old\n")
    ]


def test_where_nothing_can_be_written_one_line_says_so(tmp_path):
    with (
        pytest.raises(OutputError, match=r"there/out\.csv: cannot be written: No such file"),
        whole_file(tmp_path / "there" / "out.csv"),
    ):
        pass
