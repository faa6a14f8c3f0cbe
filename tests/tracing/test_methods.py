"""Every method on random ledgers: compiled = plain = twin, and not a unit is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.tracing.books import COMPILED, PLAIN
from stanch.tracing.seeds import ActiveSeed, Allowance
from stanch.tracing.terrain import STOP
from tests.reference import twins
from tests.tracing.ledgers import flows, held, openings, terrain, walk

PURSES = 7
AMOUNT = st.one_of(st.integers(0, 50), st.integers(0, 2**100), st.integers(2**63, 2**65))
ROWS = st.lists(
    st.tuples(st.integers(0, PURSES - 1), st.integers(0, PURSES - 1), AMOUNT),
    min_size=1,
    max_size=40,
)
LIMIT = st.one_of(st.none(), st.integers(1, 100), st.integers(1, 2**90))
SEEDS = st.dictionaries(
    st.integers(0, PURSES - 2), st.tuples(st.integers(0, 2), LIMIT), min_size=1, max_size=4
)


def trips(method, rows, seeds, late=True):
    for makers_ in (PLAIN, COMPILED):
        land = terrain(rows, PURSES, 3)
        land = land.late() if late else land
        land.flags[PURSES - 1] |= STOP
        active = [ActiveSeed(p, k, 0, Allowance(limit)) for p, (k, limit) in seeds.items()]
        yield walk(makers_[method], land, rows, active)


@pytest.mark.parametrize("method", ["haircut@1", "fifo@1", "lifo@1"])
@settings(max_examples=150)
@given(rows=ROWS, seeds=SEEDS, late=st.booleans())
def test_compiled_plain_and_twin_agree(method, rows, seeds, late):
    opening = {} if late else openings(rows)
    want_flows, want_held, stolen = twins.trace(
        method, rows, PURSES, 3, seeds, {PURSES - 1}, opening
    )
    for trip in trips(method, rows, seeds, late):
        assert held(trip) == want_held
        got = {}
        for row, incident, amount, _ in flows(trip):
            got.setdefault(row, {})[incident] = amount
        assert got == {
            row: {k: a for k, a in moved.items() if a}
            for row, moved in want_flows
            if any(moved.values())
        }
        assert sum(held(trip).values()) == stolen == sum(e.amount for e in trip.seeds.events)


@given(rows=ROWS, seeds=SEEDS)
def test_poison_compiled_agrees_with_plain(rows, seeds):
    plain, compiled = trips("poison@1", rows, seeds)
    assert held(plain) == held(compiled)
    assert flows(plain) == flows(compiled)


@given(rows=ROWS, seeds=SEEDS)
def test_poison_reaches_all_that_any_method_reaches(rows, seeds):
    reach = {(row, k) for row, k, _, _ in flows(next(trips("poison@1", rows, seeds)))}
    for method in ("haircut@1", "fifo@1", "lifo@1"):
        assert {(row, k) for row, k, _, _ in flows(next(trips(method, rows, seeds)))} <= reach
