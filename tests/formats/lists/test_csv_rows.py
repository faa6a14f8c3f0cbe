import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import file_of
from stanch.formats.lists import csv_rows
from stanch.formats.lists.csv_rows import csv_sheet
from stanch.formats.lists.listfile import ListFile
from stanch.formats.lists.table import Row


def read(data: bytes | str, other: str = "") -> list[Row]:
    return list(csv_sheet(file_of(data), other).rows)


def test_rows_are_numbered_as_an_editor_counts_lines():
    text = '\ufeffa,b\n\n"x\ny",김\n,\nlast,"\u202eKim\u200b"\n'
    assert read(text) == [
        Row(1, ("a", "b")),
        Row(3, ("x\ny", "김")),
        Row(6, ("last", "\u202eKim\u200b")),
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_first_line_tells_what_parts_the_columns(mark):
    assert read(f"a{mark}b\n1{mark}2") == [Row(1, ("a", "b")), Row(2, ("1", "2"))]


def test_bytes_that_are_no_text_cost_their_row_alone():
    rows = read(b"a,b\n\xff\xfe,x\ngood,y\n")
    assert [row.fault for row in rows] == ["", "is not UTF-8 text", ""]


def test_the_other_encoding_is_taken_where_the_first_lines_are_not_utf8():
    assert read("성명,국적\n김,북한\n".encode("cp949"), "cp949")[1].cells == ("김", "북한")
    assert read("氏名\n金\n".encode(), "cp932")[1].cells == ("金",)


def test_a_quote_that_is_never_closed_costs_what_it_swallows():
    rows = read('a,b\n"' + "x\n" * 100_000 + "1,2\n")
    assert "not closed" in rows[1].fault
    assert rows[-1].cells == ("1", "2")


def test_how_long_a_cell_others_read_changes_nothing():
    before = csv.field_size_limit(1 << 20)
    try:
        assert "not closed" in read('a,b\n"' + "x\n" * 100_000 + "1,2\n")[1].fault
        assert csv.field_size_limit() == 1 << 20
    finally:
        csv.field_size_limit(before)


def test_a_million_columns_are_one_bad_row():
    rows = read("a,b\n" + "," * 1_000_000 + "x\n1,2\n")
    assert [row.fault for row in rows] == ["", "has more than 1,000 columns", ""]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        ("a,b".encode("utf-16"), "UTF-16"),
        (b"a\x00b", "no text"),
    ],
)
def test_what_is_no_table_is_refused(data, reason):
    with pytest.raises(ValueError, match=reason):
        read(data)


class Endless(io.RawIOBase):
    """A file of one endless line; counts what is read of it."""

    def __init__(self, begin: bytes, piece: bytes) -> None:
        self.begin, self.piece, self.given = begin, piece, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.given

    def seek(self, place: int, whence: int = 0) -> int:
        self.given = 0
        return 0

    def readinto(self, room: bytearray) -> int:
        data = self.begin if not self.given else self.piece * (len(room) // len(self.piece))
        self.given += len(data)
        room[: len(data)] = data
        return len(data)


@pytest.mark.parametrize("piece", [b"x", b"x,", b'"a",'])
def test_an_endless_line_is_refused_in_little_memory(piece):
    stream = io.BufferedReader(Endless(b"a,b\n", piece))
    tracemalloc.start()
    with pytest.raises(ValueError, match="a line of more than"):
        list(csv_sheet(ListFile("endless", stream)).rows)
    assert tracemalloc.get_traced_memory()[1] < 64 << 20
    tracemalloc.stop()


def test_a_row_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr(csv_rows, "MAX_RECORD", 1 << 20)
    stream = io.BufferedReader(Endless(b"a,b\n", b'"a\nb",'))
    with pytest.raises(ValueError, match="never closed"):
        list(csv_sheet(ListFile("endless", stream)).rows)


def test_more_rows_than_any_list_has_are_refused(monkeypatch):
    monkeypatch.setattr(csv_rows, "MAX_ROWS", 3)
    assert len(read("a\nb\nc\n")) == 3
    with pytest.raises(ValueError, match="more than 3 rows"):
        read("a\nb\nc\nd\n")


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_refused(data):
    try:
        rows = read(data, "cp949")
    except ValueError:
        return
    for row in rows:
        assert row.fault or "".join(row.cells).encode("utf-8")
