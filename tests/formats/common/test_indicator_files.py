"""Files of indicators, row by row."""

import io

import pytest

from stanch.formats.indicators import IndicatorRow, parse


def rows(text):
    return list(parse(io.BytesIO(text.encode() if isinstance(text, str) else text)))


@pytest.mark.parametrize("title", ["indicator", "Value", "wallet", "E-Mail", "address", "account"])
def test_a_title_alone_is_no_indicator(title):
    expected = [IndicatorRow(2, "x")] if title != "E-Mail" else [IndicatorRow(1, title),
                                                                 IndicatorRow(2, "x")]  # fmt: skip
    assert rows(f"{title}\nx\n") == expected


def test_a_header_names_the_columns_in_any_order():
    found = rows("note,Kind,Indicator\na,email,x@y.example\nb,,evil.example\n")
    assert found == [
        IndicatorRow(2, "x@y.example", "email"), IndicatorRow(3, "evil.example"),
    ]  # fmt: skip


def test_without_a_header_each_line_is_one_also_with_a_comma():
    assert rows("evil.example/a,b\n") == [IndicatorRow(1, "evil.example/a,b")]


def test_rows_that_hold_none_say_why():
    found = rows(b'indicator,kind\n,email\n"x\ny\xff,email\n')
    assert [(each.row, each.reason[:12]) for each in found] == [
        (2, "has no indic"), (3, "is no CSV: u"), (4, "is not UTF-8"),
    ]  # fmt: skip


def test_a_mark_of_the_encoding_and_windows_ends_do_not_matter():
    assert rows(b"\xef\xbb\xbfindicator\r\nx\r\n\r\n") == [IndicatorRow(2, "x")]
