"""Damage to a file costs the damaged rows and no others."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stanch.errors import InputError
from stanch.sources.reading import Broken, Line, open_csv

ROWS = [f"{n},value {n}" for n in range(400)]
TEXT = "\n".join(["a,b", *ROWS]) + "\n"


def opened(path):
    return list(open_csv(path).rows)


def test_rows_are_counted_from_the_header(write):
    assert opened(write("x.csv", "a,b\n1,2\n\n3,4\n")) == [Line(2, ["1", "2"]), Line(4, ["3", "4"])]


def test_byte_order_mark_semicolons_and_quoted_line_ends(write):
    file = open_csv(write("x.csv", '\ufeffa;b\r\n"1\n1";2\r\n3;4\r\n'))
    assert file.header == ["a", "b"]
    assert list(file.rows) == [Line(2, ["1\n1", "2"]), Line(4, ["3", "4"])]


def test_broken_text_costs_one_row(write):
    rows = opened(write("x.csv", b"a,b\n1,2\n3,\xff\n5,6\n"))
    assert rows == [Line(2, ["1", "2"]), Broken(3, "is not UTF-8 text"), Line(4, ["5", "6"])]


def test_rows_of_another_width_say_so(write):
    assert opened(write("x.csv", "a,b\n1\n1,2,3\n")) == [
        Broken(2, "has 1 fields where the header has 2"),
        Broken(3, "has 3 fields where the header has 2"),
    ]


def test_a_quote_left_open_is_one_broken_row(write):
    rows = opened(write("x.csv", 'a,b\n1,2\n"3,4\n' + "5,6\n" * 50_000))
    assert rows[0] == Line(2, ["1", "2"])
    assert isinstance(rows[1], Broken)
    assert rows[1].row == 3
    assert "not closed" in rows[1].reason


def test_a_lone_carriage_return_is_no_end_of_a_row(write):
    rows = opened(write("x.csv", b"a,b\n1,2\r3,4\n5,6\n7,8\r9"))
    assert rows == [
        Broken(2, "is not CSV: a line ends within it"),
        Line(3, ["5", "6"]),
        Broken(4, "is not CSV: a line ends within it"),
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_gzip_cut_anywhere_keeps_every_whole_row_before_the_cut(tmp_path, data):
    packed = gzip.compress(TEXT.encode(), mtime=0)
    cut = data.draw(st.integers(40, len(packed) - 1))
    path = tmp_path / "x.csv.gz"
    path.write_bytes(packed[:cut])
    try:
        *rows, last = opened(path)
    except InputError as error:
        assert "too early" in str(error)  # noqa: PT017
        return
    assert rows == [Line(n + 2, row.split(",")) for n, row in enumerate(ROWS[: len(rows)])]
    assert last == Broken(len(rows) + 2, "the gzip file ends too early; what follows is lost")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_byte_gone_wrong_in_a_gzip_never_passes_unseen(tmp_path, data):
    packed = bytearray(gzip.compress(TEXT.encode(), mtime=0))
    place = data.draw(st.integers(10, len(packed) - 1))
    packed[place] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "x.csv.gz"
    path.write_bytes(packed)
    try:
        rows = opened(path)
    except InputError:
        return
    assert any(isinstance(row, Broken) for row in rows)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path, junk):
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n" + junk)
    for row in opened(path):
        assert isinstance(row, Broken) or len(row.fields) == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfea,b\n", b"\n1,2\n"])
def test_a_file_without_a_header_is_refused_whole(write, content):
    with pytest.raises(InputError, match=r"x\.csv: "):
        open_csv(write("x.csv", content))
