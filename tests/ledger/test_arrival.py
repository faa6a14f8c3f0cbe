"""Putting tied rows in order: the rule itself, on random rows."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stanch.ledger.arrival import arrange
from stanch.ledger.circle import NOBODY, Row
from stanch.ledger.components import components
from stanch.ledger.precedence import FLOATING
from tests.ledger import plain

PURSES = st.integers(NOBODY, 7)
RANKS = st.integers(FLOATING, 3)
ROWS = st.lists(st.builds(Row, PURSES, PURSES, st.integers(0, 5), st.integers(0, 4)), max_size=25)


PAIRS = st.tuples(st.integers(0, 8), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1]))


def early(rows, order):
    """Pairs in `order` of a payment from a purse and a later payment to it."""
    moved = [rows[i] for i in order]
    return [
        (out, into)
        for place, out in enumerate(moved)
        for into in moved[place + 1 :]
        if out.src == into.dst != NOBODY and into.src != into.dst
    ]


def parts(rows, order):
    """How often the order changes from one transaction to another."""
    moved = [rows[i].tx for i in order]
    return 1 + sum(a != b for a, b in pairwise(moved))


@given(ROWS)
def test_every_row_comes_once(rows):
    assert sorted(arrange(rows, lambda _: 0)) == list(range(len(rows)))


@given(
    st.lists(
        PAIRS,
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_money_arrives_before_it_leaves_wherever_it_runs_in_no_circle(pairs, random):
    random.shuffle(pairs)
    rows = [Row(src, dst, 1, tx) for tx, (src, dst) in enumerate(pairs)]
    assert not early(rows, arrange(rows, lambda _: 0))


@given(ROWS)
def test_transactions_stay_whole_where_none_feeds_another(rows):
    apart = [
        Row(
            *(n if n == NOBODY else n + 10 * row.tx for n in (row.src, row.dst)), row.amount, row.tx
        )
        for row in rows
    ]
    order = arrange(apart, lambda _: 0)
    assert not rows or parts(apart, order) == len({row.tx for row in apart})


@given(
    st.lists(st.tuples(PAIRS, st.integers(0, 5), st.integers(0, 4)), max_size=30),
    st.randoms(use_true_random=False),
)
def test_nobody_needs_more_at_first_than_any_order_would_need(triples, random):
    random.shuffle(triples)
    rows = [Row(src, dst, amount, tx) for (src, dst), amount, tx in triples]
    moved = [(rows[i].src, rows[i].dst, rows[i].amount) for i in arrange(rows, lambda _: 0)]
    lacking = Counter()
    for row in rows:
        lacking[row.src] += row.amount
        lacking[row.dst] -= row.amount
    assert plain.openings(moved) == {p: amount for p, amount in lacking.items() if amount > 0}


@given(st.lists(st.tuples(PURSES, PURSES, RANKS), max_size=25))
def test_known_ranks_are_kept(triples):
    rows = [Row(src, dst, 1, tx, rank) for tx, (src, dst, rank) in enumerate(triples)]
    ranks = [rows[i].rank for i in arrange(rows, lambda _: 0) if rows[i].rank != FLOATING]
    assert ranks == sorted(ranks)


def test_a_circle_starts_where_the_balance_covers_it():
    rows = [Row(0, 1, 5, 0), Row(1, 2, 5, 1), Row(2, 0, 5, 2)]
    assert arrange(rows, lambda purse: 5 if purse == 2 else 0) == [2, 0, 1]
    assert arrange(rows, lambda purse: 4 if purse == 2 else 0) == [0, 1, 2]


def test_a_circle_of_many_rows_is_quick():
    count = 20_000
    rows = [Row(i, (i * 7 + 1) % count, 1, i) for i in range(count)]
    assert len(set(arrange(rows, lambda _: 0))) == count


@given(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=10, max_size=10))
def test_components_are_the_sets_that_reach_each_other(successors):
    reach = [{node} for node in range(10)]
    for _ in range(10):
        for node, after in enumerate(successors):
            reach[node].update(*(reach[each] for each in after))
    found = components(successors)
    for one in range(10):
        for other in range(10):
            same = one in reach[other] and other in reach[one]
            assert same == (found[one] == found[other])
            if other in reach[one]:
                assert found[other] <= found[one]
