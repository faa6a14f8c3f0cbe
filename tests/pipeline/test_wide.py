"""Amounts up to 2^256-1, beside narrow ones, with the same answer to the unit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.tracing.books import open_book
from stanch.tracing.seeds import ActiveSeed, Allowance
from stanch.tracing.terrain import STOP
from tests.pipeline.cases import CONSERVING, ETH, USDC, Reach, pay, swap, trace
from tests.tracing.ledgers import flows, held, terrain, walk

EVERY = pytest.mark.parametrize("method", CONSERVING)
MOST = 2**256 - 1
HALF = 2**127 + 2**126  # fits two limbs, three of them do not


@EVERY
def test_the_greatest_amount_passes_through(tmp_path, method):
    rows = [
        pay(1, "victim", "thief", MOST),
        pay(2, "thief", "mule", MOST - 1),
        pay(3, "mule", "till", MOST - 1),
        pay(4, "victim", "thief", 10, USDC),
        pay(5, "thief", "till", 10, USDC),
    ]
    answer = trace(tmp_path, rows, ["thief"], method)
    assert answer.ends == {
        ("thief", "ETH", "held"): 1,
        ("till", "ETH", "held"): MOST - 1,
        ("till", "USDC", "held"): 10,
    }
    assert answer.accounts["mule", "ETH"]["traced_in"] == str(MOST - 1)
    assert answer.flows[0][3] == MOST


@EVERY
def test_sums_pass_128_bits_though_no_payment_does(tmp_path, method):
    rows = [pay(time, "victim", "thief", HALF, tx=f"{time}") for time in (1, 2, 3)]
    rows += [pay(time, "thief", "mule", HALF, tx=f"{time}") for time in (4, 5, 6)]
    rows += [pay(7, "mule", "till", 3 * HALF)]
    answer = trace(tmp_path / "on", rows, ["thief"], method)
    assert answer.ends == {("till", "ETH", "held"): 3 * HALF}
    mule = answer.accounts["mule", "ETH"]
    assert mule["traced_in"] == mule["traced_out"] == str(3 * HALF)
    stopped = trace(tmp_path / "stop", rows, ["thief"], method, reach=Reach(hops=1))
    assert stopped.ends == {("mule", "ETH", "stopped"): 3 * HALF}
    service = trace(tmp_path / "desk", rows, ["thief"], method, labels={"mule": "mixer"})
    assert service.ends == {("mule", "ETH", "mixer"): 3 * HALF}


@EVERY
def test_a_swap_between_wide_and_narrow(tmp_path, method):
    rows = [
        pay(1, "victim", "thief", MOST),
        *swap(2, ("thief", "pool", MOST, ETH), ("pool", "thief", 500, USDC)),
        pay(3, "thief", "mule", 500, USDC),
        *swap(4, ("mule", "pool", 500, USDC), ("pool", "mule", MOST, ETH)),
    ]
    answer = trace(tmp_path, rows, ["thief"], method)
    assert answer.ends == {
        ("pool", "ETH", "converted_out"): MOST,
        ("pool", "USDC", "converted_out"): 500,
        ("mule", "ETH", "held"): MOST,
    }
    assert answer.books() == {("1", "ETH"): (MOST, MOST), ("1", "USDC"): (0, 500)}


@EVERY
def test_an_opening_balance_that_is_wide(tmp_path, method):
    rows = [pay(1, "thief", "mule", 5), pay(2, "mule", "till", MOST)]
    answer = trace(tmp_path, rows, ["thief"], method)
    assert answer.ends == {("till", "ETH", "held"): 5}


PURSES = 5
AMOUNT = st.integers(0, 50) | st.integers(0, 2**120)
ROWS = st.lists(
    st.tuples(st.integers(0, PURSES - 1), st.integers(0, PURSES - 1), AMOUNT),
    min_size=1,
    max_size=30,
)
LIMIT = st.none() | st.integers(1, 2**100)
SEEDS = st.dictionaries(
    st.integers(0, PURSES - 2), st.tuples(st.integers(0, 2), LIMIT), min_size=1, max_size=3
)


@pytest.mark.parametrize("method", ["poison@1", *CONSERVING])
@settings(max_examples=60)
@given(rows=ROWS, seeds=SEEDS, stop=st.booleans())
def test_python_integers_and_limbs_tell_the_same(method, rows, seeds, stop):
    answers = []
    for wide in (False, True):
        land = terrain(rows, PURSES, 3, wide).late()
        land.flags[PURSES - 1] |= np.uint8(STOP if stop else 0)
        active = [ActiveSeed(p, k, 0, Allowance(limit)) for p, (k, limit) in seeds.items()]
        trip = walk(lambda land: open_book(method, land), land, rows, active)
        answers.append((held(trip), flows(trip), trip.seeds.events))
    assert answers[0] == answers[1]
