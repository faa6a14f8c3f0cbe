"""The best pairing against all pairings written out, and shares that are shares."""

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.ledger.bridges.assignment import best, shares

ALONE = -5.0
WEIGHT = st.one_of(st.just(-np.inf), st.integers(-12, 0).map(float))


@st.composite
def weights(draw: st.DrawFn) -> np.ndarray:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = draw(st.lists(WEIGHT, min_size=rows * columns, max_size=rows * columns))
    return np.array(cells).reshape(rows, columns)


def worth(table: np.ndarray, chosen: tuple[int, ...]) -> float:
    """What a pairing weighs; -1 is left alone."""
    return sum(ALONE if column < 0 else table[row, column] for row, column in enumerate(chosen))


def pairings(rows: int, columns: int) -> set[tuple[int, ...]]:
    """Every pairing in which nobody is paired twice."""
    spots = [*range(columns), *[-1] * rows]
    return set(permutations(spots, rows))


@settings(max_examples=60)
@given(weights())
def test_no_pairing_is_better(table: np.ndarray) -> None:
    chosen = best(table, ALONE)
    taken = [each for each in chosen if each >= 0]
    assert len(set(taken)) == len(taken)
    most = max(worth(table, each) for each in pairings(*table.shape))
    assert np.isclose(worth(table, tuple(chosen)), most)


@settings(max_examples=60)
@given(weights())
def test_shares_are_shares(table: np.ndarray) -> None:
    found = shares(table, ALONE)
    assert (found >= 0).all()
    assert (found.sum(0) <= 1 + 1e-6).all()
    assert (found.sum(1) <= 1 + 1e-6).all()
    assert (found[np.isneginf(table)] == 0).all()


def test_two_that_cannot_be_told_apart_have_half_each() -> None:
    found = shares(np.zeros((2, 2)), -30.0)
    assert np.allclose(found, 0.5, atol=1e-3)
