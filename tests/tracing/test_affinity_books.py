"""`affinity@1` keeps its books: nothing traced is lost, and what is inferred stays in bounds."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.model.kinds import ACCOUNT, FEES, OUTPOINT, TRANSACTION
from stanch.tracing.methods.affinity.book import AffinityBook
from stanch.tracing.methods.affinity.history import History
from stanch.tracing.methods.affinity.pairs import Plans
from stanch.tracing.seeds import SeedDesk
from stanch.tracing.stops import Limits
from stanch.tracing.terrain import ATTENTION
from stanch.tracing.unknown import leave_to_seeds
from stanch.tracing.walk import Walk
from tests.tracing.affinity_cases import INCIDENTS, PURSES, SMALL, STOPPED, Case, cases, seen
from tests.tracing.ledgers import batch, openings

WIDE = st.one_of(SMALL, st.integers(2**125, 2**127), st.integers(2**128, 2**200))
AMOUNTS = pytest.mark.parametrize("amount", [SMALL, WIDE], ids=["small", "wide"])


def add(sums, key, value):
    sums[key] = sums.get(key, 0) + value


def check_purses(case, walk):
    """Of each incident a purse held, at the end, what it got less what it paid."""
    got, book = seen(walk), {}
    for (row, incident), amount in got.traced.items():
        src, dst, _ = case.rows[row]
        add(book, (src, incident), -amount)
        add(book, (dst, incident), amount)
    for event in walk.seeds.events:
        add(book, (event.purse, event.incident), event.amount)
    assert {key: value for key, value in book.items() if value} == got.held
    for row, (_, _, amount) in enumerate(case.rows):
        moved = (*got.traced.items(), *got.inferred.items())
        assert sum(value for (at, _), value in moved if at == row) <= amount


def check_sums(case, walk):
    """By incident and asset: stolen + converted in = held + stopped + converted out."""
    book = {}
    for event in walk.seeds.events:
        add(book, (event.incident, case.asset[event.purse]), event.amount)
    for swap in walk.swapped:
        add(
            book, (swap.incident, case.asset[swap.purse]), -swap.amount if swap.out else swap.amount
        )
    for stop in walk.stopped:
        add(book, (stop.incident, case.asset[stop.purse]), -stop.amount)
    for (purse, incident), amount in seen(walk).held.items():
        add(book, (incident, case.asset[purse]), -amount)
    assert not any(book.values())


@AMOUNTS
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_traced_money_in_is_held_or_out(amount, data):
    case = data.draw(cases(amount))
    case.wide = amount is WIDE
    check_purses(case, case.walk())


@settings(max_examples=150, deadline=None)
@given(cases(), st.lists(st.integers(1, 4000), min_size=3, max_size=3))
def test_seeds_with_an_amount_keep_the_books_too(case, limits):
    for (purse, (incident, start, _)), limit in zip(case.seeds.items(), limits, strict=False):
        case.seeds[purse] = incident, start, limit
    walk = case.walk()
    check_purses(case, walk)
    for purse, (_, _, limit) in case.seeds.items():
        claimed = sum(event.amount for event in walk.seeds.events if event.purse == purse)
        assert limit is None or claimed <= limit


@settings(max_examples=150, deadline=None)
@given(cases())
def test_inferred_money_is_at_most_the_stolen_money_received(case):
    land, seeds = case.land(), case.active()
    leave_to_seeds(land, seeds, lambda columns: case.moves(columns, 7))
    for seed in seeds:
        land.flags[seed.purse] = ATTENTION
    plans = Plans(History(land, land.flags >= 0).read(lambda columns: case.moves(columns, 7)))
    first = None
    for _ in range(2):
        trial = land.afresh()
        book = AffinityBook(trial, plans, first)
        walk = Walk(trial, book, SeedDesk.of(seeds))
        walk.run([batch(case.rows)])
        first = first or book.measure
    got, made = seen(walk), {}
    for (row, _), amount in got.inferred.items():
        src, dst, _ = case.rows[row]
        add(made, src, amount)
        add(made, dst, -amount)
    for (purse, _), amount in book.inferred().items():
        add(made, purse, amount)
    for purse in made.keys() - case.seeds:  # a seed turns inferred money into traced
        amount = made[purse]
        assert 0 <= amount <= sum(first.received.get(purse, {}).values())


@settings(deadline=None)
@given(cases())
def test_a_ledger_without_openings_infers_nothing(case):
    funds = [(STOPPED, p, need) for p, need in openings(case.rows).items() if p != STOPPED]
    seeds = {p: (k, start + len(funds), None) for p, (k, start, _) in case.seeds.items()}
    tx = [*range(-len(funds), 0), *case.tx]
    whole = replace(case, rows=funds + case.rows, seeds=seeds, tx=tx)
    walk = whole.walk()
    assert not seen(walk).inferred
    assert not walk.inferred
    check_purses(whole, walk)


@AMOUNTS
@settings(max_examples=60, deadline=None)
@given(data=st.data(), size=st.integers(1, 9))
def test_the_size_of_batches_changes_nothing(amount, data, size):
    case = data.draw(cases(amount))
    case.wide = amount is WIDE
    assert seen(case.walk(size=size)) == seen(case.walk())


LIMITS = st.builds(
    Limits, st.none() | st.integers(0, 4), st.just({}) | st.builds(dict, st.just([(0, 20)]))
)


@AMOUNTS
@settings(max_examples=100, deadline=None)
@given(data=st.data(), limits=LIMITS)
def test_limits_lose_nothing(amount, data, limits):
    case = data.draw(cases(amount))
    case.wide, case.limits = amount is WIDE, limits
    check_sums(case, case.walk())


TWO_ASSETS = tuple(purse % 2 for purse in range(PURSES))
TWO_EACH = tuple(purse // 2 for purse in range(PURSES))


@settings(max_examples=200, deadline=None)
@given(data=st.data(), limits=LIMITS)
def test_swaps_between_two_assets_lose_nothing(data, limits):
    """Four accounts with a purse in each of two assets; some transactions are swaps."""
    ways = st.sampled_from([(a, b) for a in range(PURSES) for b in range(a % 2, PURSES, 2)])
    txs = data.draw(st.lists(st.lists(st.tuples(ways, SMALL), min_size=1, max_size=4), min_size=1))
    case = Case([(*way, amount) for tx in txs for way, amount in tx], limits=limits)
    case.asset, case.account, case.form = TWO_ASSETS, TWO_EACH, (ACCOUNT,) * PURSES
    case.tx = [number for number, tx in enumerate(txs) for _ in tx]
    case.group = [mark for tx in txs for mark in ([1] * (len(tx) - 1) + [2 if tx[1:] else 0])]
    case.seeds = data.draw(
        st.dictionaries(
            st.integers(0, 5), st.tuples(st.integers(0, INCIDENTS - 1), st.just(0), st.none()),
            min_size=1, max_size=2,
        )
    )  # fmt: skip
    check_sums(case, case.walk())


@given(data=st.data())
def test_outputs_that_are_filled_and_emptied_once_lose_nothing(data):
    """Transactions 4 and 5 spend outputs 0 to 3; a fee goes to 7."""
    amounts = data.draw(st.lists(st.integers(1, 2000), min_size=3, max_size=3))
    first, fee, change = amounts
    case = Case([(4, 0, first + fee + change), (0, 5, first + fee + change), (5, 1, first)])
    case.rows += [(5, 2, change), (5, 7, fee)]
    case.form = (*[OUTPOINT] * 4, TRANSACTION, TRANSACTION, ACCOUNT, FEES)
    case.seeds = {data.draw(st.sampled_from([0, 4, 5])): (1, 0, data.draw(st.none() | SMALL))}
    check_purses(case, case.walk())
