import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.reports import limbs

AMOUNTS = st.lists(st.integers(0, 2**256), min_size=1, max_size=40)


def texts(amounts):
    return pa.array([str(each) for each in amounts], pa.string())


@given(AMOUNTS, AMOUNTS)
def test_sums_are_exact(left, right):
    count = min(len(left), len(right))
    left, right = left[:count], right[:count]
    both = limbs.add(limbs.split(texts(left)), limbs.split(texts(right)))
    assert limbs.values(both) == [a + b for a, b in zip(left, right, strict=True)]
    assert limbs.sums(both, np.array([0])) == [sum(left) + sum(right)]


@given(AMOUNTS)
def test_limbs_sort_as_numbers_do(amounts):
    parts = limbs.split(texts(amounts))
    ranked = np.lexsort(parts.T)
    assert [amounts[at] for at in ranked] == sorted(amounts)


def test_nothing_is_zero():
    assert limbs.values(limbs.split(pa.array(["", None, "007"]))) == [0, 0, 7]
    assert limbs.sums(limbs.split(pa.array([], pa.string())), np.array([], np.int64)) == []


@pytest.mark.parametrize("text", ["1.5", "-1", "1e9", " 1", "+1", "٣", "1" * 12 + "x"])
def test_what_is_no_number_has_a_place(text):
    with pytest.raises(ValueError, match=r"^2$"):
        limbs.split(pa.array(["1", "", text]))
