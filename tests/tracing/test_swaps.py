"""Swaps: small ones by eye, and random ones against a plain twin."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.model.kinds import ACCOUNT
from stanch.tracing.books import COMPILED, PLAIN
from stanch.tracing.seeds import ActiveSeed, Allowance, SeedDesk
from stanch.tracing.stops import Limits
from stanch.tracing.terrain import ATTENTION, STOP, Terrain
from stanch.tracing.walk import Walk
from tests.reference.swaps import SwapTwin, swappers
from tests.tracing.ledgers import batch, flows, held

ASSETS = 3
METHODS = ("haircut@1", "fifo@1", "lifo@1")


def purse(account, asset):
    return account * ASSETS + asset


def walk(maker, transactions, seeds, **more):
    """Walk transactions of legs (payer, payee, asset, amount); seeds as in the twin."""
    rows = [(purse(s, a), purse(d, a), n) for legs in transactions for s, d, a, n in legs]
    group = []
    for legs in transactions:
        group += [1] * (len(legs) - 1) + [2] if swappers(legs) else [0] * len(legs)
    count = ASSETS * (1 + max(max(s, d) for legs in transactions for s, d, _, _ in legs))
    land = Terrain(
        account=np.arange(count, dtype=np.int32) // ASSETS,
        asset=np.arange(count, dtype=np.int32) % ASSETS,
        form=np.full(count, ACCOUNT, np.int8),
        opening=np.zeros((count, 2), np.uint64),
        wide=np.zeros(count, bool),
        flags=np.zeros(count, np.uint8),
        incidents=more.get("incidents", 1),
    )
    for account in more.get("stops", ()):
        land.flags[account * ASSETS : (account + 1) * ASSETS] |= STOP
    active = [
        ActiveSeed(purse(*p), k, more.get("start", 0), Allowance(limit))
        for p, (k, limit) in seeds.items()
        if purse(*p) < count
    ]
    for seed in active:
        land.flags[seed.purse] = ATTENTION
    trip = Walk(land, maker(land), SeedDesk.of(tuple(active)), more.get("limits", Limits()))
    trip.run([batch(rows, group)])
    return trip


def holds(trip):
    return {((p // ASSETS, p % ASSETS), k): amount for (p, k), amount in held(trip).items()}


def books(trip):
    """Stolen, converted out and converted in by (incident, asset)."""
    stolen, gone, come = Counter(), Counter(), Counter()
    for event in trip.seeds.events:
        stolen[event.incident, event.purse % ASSETS] += event.amount
    for each in trip.swapped:
        (gone if each.out else come)[each.incident, each.purse % ASSETS] += each.amount
    return stolen, gone, come


ACCOUNTS = 5
AMOUNT = st.integers(0, 20) | st.integers(0, 2**90)
LEG = st.tuples(
    st.integers(0, ACCOUNTS - 1), st.integers(0, ACCOUNTS - 1), st.integers(0, ASSETS - 1), AMOUNT
)
TRANSACTIONS = st.lists(st.lists(LEG, min_size=1, max_size=5), min_size=1, max_size=12)
SEEDS = st.dictionaries(
    st.tuples(st.integers(0, ACCOUNTS - 1), st.integers(0, ASSETS - 1)),
    st.tuples(st.integers(0, 2), st.none() | st.integers(1, 2**80)),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=200)
@given(transactions=TRANSACTIONS, seeds=SEEDS, stop=st.booleans())
def test_compiled_plain_and_twin_agree(method, transactions, seeds, stop):
    stops = {ACCOUNTS - 1} if stop else set()
    if stop:  # a seed is no stop
        seeds = {p: v for p, v in seeds.items() if p[0] not in stops}
    twin = SwapTwin(method, 3, seeds, stops).run(transactions)
    for maker in (PLAIN, COMPILED):
        trip = walk(maker[method], transactions, seeds, stops=stops, incidents=3)
        assert holds(trip) == twin.held()
        told = Counter()
        for row, incident, amount, _ in flows(trip):
            told[row, incident] += amount
        assert told == +twin.flows
        stolen, gone, come = books(trip)
        assert (stolen, gone, come) == (+twin.stolen, +twin.gone, +twin.come)
        stands = Counter()
        for (_, asset), incident in holds(trip):
            stands[incident, asset] += holds(trip)[(_, asset), incident]
        assert stolen + come == stands + gone


@settings(max_examples=100)
@given(transactions=TRANSACTIONS, seeds=SEEDS)
def test_no_line_tells_of_more_than_its_row_carried(transactions, seeds):
    # Where both sides of a swap held stolen money, a row has a line for what was given and one
    # for what the other side's conversion made of it.
    rows = [leg for legs in transactions for leg in legs]
    for method in METHODS:
        for row, _, amount, _ in flows(walk(COMPILED[method], transactions, seeds, incidents=3)):
            assert amount <= rows[row][3]


@settings(max_examples=100)
@given(transactions=TRANSACTIONS, seeds=SEEDS)
def test_poison_compiled_agrees_with_plain_and_reaches_all(transactions, seeds):
    plain = walk(PLAIN["poison@1"], transactions, seeds, incidents=3)
    compiled = walk(COMPILED["poison@1"], transactions, seeds, incidents=3)
    assert (holds(plain), flows(plain)) == (holds(compiled), flows(compiled))
    for method in METHODS:
        trip = walk(COMPILED[method], transactions, seeds, incidents=3)
        assert {flow[:2] for flow in flows(trip)} <= {flow[:2] for flow in flows(plain)}
        assert holds(trip).keys() <= holds(plain).keys()
