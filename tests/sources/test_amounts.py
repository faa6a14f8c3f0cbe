"""Amounts are exact whatever their size."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model.tables import AMOUNT_MAX
from stanch.sources import amounts

whole = st.integers(0, amounts.LIMIT)


@given(whole, st.integers(0, 77))
def test_major_units_come_back_exactly(value, decimals):
    digits = str(value).rjust(decimals + 1, "0")
    text = f"{digits[: len(digits) - decimals]}.{digits[len(digits) - decimals :]}"
    assert amounts.major(text, decimals) == value


@given(st.integers(0, 10**30), st.integers(-20, 20), st.integers(0, 40))
def test_exponents_are_read_exactly(digits, exponent, decimals):
    expected = Fraction(digits) * Fraction(10) ** (exponent + decimals)
    text = f"{digits}e{exponent}"
    if expected > amounts.LIMIT:
        reason = "above"
    elif expected.denominator > 1:
        reason = "more than"
    else:
        assert amounts.major(text, decimals) == expected
        return
    with pytest.raises(ValueError, match=reason):
        amounts.major(text, decimals)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 100), ("0.01", 1), (".5", 50), ("5.", 500), ("1.500", 150), ("+2", 200), (" 3 ", 300)],
)
def test_ways_to_write_cents(text, value):
    assert amounts.major(text, 2) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0.001", "more than 2 decimals"),
        ("-1", "negative"),
        ("", "empty"),
        ("1,000", "not a number"),
        ("1.2.3", "not a number"),
        ("nan", "not a number"),
        ("Infinity", "not a number"),
        (".", "not a number"),
        ("٣", "not a number"),
        ("1e99", "above"),
        ("9" * 500, "not a number"),
    ],
)
def test_what_is_no_amount(text, reason):
    with pytest.raises(ValueError, match=reason):
        amounts.major(text, 2)


def test_thousands_may_be_grouped_where_the_source_does_so():
    assert amounts.grouped("1,234,567.89", 2) == 123456789
    with pytest.raises(ValueError, match="not a number"):
        amounts.grouped("12,34.5", 2)


def test_the_largest_integer_of_the_evm_fits_and_one_more_does_not():
    assert amounts.minor(str(2**256 - 1)) == 2**256 - 1
    with pytest.raises(ValueError, match="above"):
        amounts.minor(str(2**256))


@given(st.lists(whole | st.sampled_from([AMOUNT_MAX, AMOUNT_MAX + 1, 0]), max_size=20))
def test_each_amount_stands_in_one_of_the_two_columns(values):
    narrow, wide = (each.to_pylist() for each in amounts.columns(values))
    assert [(n is None) != (w is None) for n, w in zip(narrow, wide, strict=True)] == [True] * len(
        values
    )
    read = [
        int(n) if w is None else int.from_bytes(w, "big") for n, w in zip(narrow, wide, strict=True)
    ]
    assert read == values
