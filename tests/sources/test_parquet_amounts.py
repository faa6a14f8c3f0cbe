"""Columns of amounts are made exact, whatever their type."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.sources import amounts
from stanch.sources.parquet.amounts import exact


def values(column):
    """The amounts as integers, None where there is a reason."""
    found = exact(column)
    return [
        None if reason else int(narrow) if wide is None else int.from_bytes(wide, "big")
        for narrow, wide, reason in zip(
            found.narrow.to_pylist(), found.wide.to_pylist(), found.reasons.to_pylist(), strict=True
        )
    ]


@given(st.lists(st.integers(0, amounts.LIMIT)))
def test_text(numbers):
    assert values(pa.array([str(each) for each in numbers], pa.string())) == numbers


@given(st.lists(st.floats(0, 2.0**256, exclude_max=True, allow_nan=False)))
def test_floats_are_the_integers_they_are(numbers):
    numbers = [float(np.floor(each)) for each in numbers]
    assert values(pa.array(numbers, pa.float64())) == [int(each) for each in numbers]


@given(st.lists(st.integers(0, 2**63 - 1)))
def test_integers_and_decimals(numbers):
    assert values(pa.array(numbers, pa.int64())) == numbers
    assert values(pa.array(numbers, pa.uint64())) == numbers
    decimals = [Decimal(each) for each in numbers]
    assert values(pa.array(decimals, pa.decimal128(38, 9))) == numbers
    assert values(pa.array(decimals, pa.decimal256(76, 20))) == numbers


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (pa.array([None], pa.string()), "empty"),
        (pa.array(["0x10"]), "not a number"),
        (pa.array(["1.0"]), "not a number"),
        (pa.array([-1]), "negative"),
        (pa.array([-0.5]), "negative"),
        (pa.array([0.5]), "not a whole number"),
        (pa.array([float("nan")]), "not a number"),
        (pa.array([float("inf")]), "not a number"),
        (pa.array([2.0**256]), "above"),
        (pa.array([Decimal("1.5")]), "not a whole number"),
        (pa.array([True]), "not a number"),
        (pa.array([b"1"]), "not a number"),
    ],
)
def test_what_is_no_amount(column, reason):
    (said,) = exact(column).reasons.to_pylist()
    assert reason in said
