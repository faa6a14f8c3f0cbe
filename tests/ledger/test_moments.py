"""Cutting between moments."""

from itertools import pairwise

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from stanch.ledger.moments import whole_moments

MOMENTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), max_size=30).map(sorted)


@given(MOMENTS, st.lists(st.integers(1, 6), min_size=30, max_size=30))
def test_no_moment_is_torn_and_no_row_is_lost(moments, sizes):
    rows = list(moments)
    batches = []
    for size in sizes:
        part, rows = rows[:size], rows[size:]
        if part:
            columns = zip(*part, strict=True)
            batches.append(
                pa.RecordBatch.from_arrays([pa.array(c) for c in columns], ["time", "chain"])
            )
    tables = [[tuple(row.values()) for row in each.to_pylist()] for each in whole_moments(batches)]
    assert [row for table in tables for row in table] == list(moments)
    assert all(one[-1] != other[0] for one, other in pairwise(tables))
