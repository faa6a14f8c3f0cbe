"""Least opening balances, against their definition."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.ledger.openings import Books, Postings
from stanch.model.tables import AMOUNT_MAX, MOVES
from tests.ledger import plain
from tests.ledger.tiny import ledger_of, row

PURSES = 6
AMOUNTS = st.one_of(
    st.integers(0, 9),
    st.integers((1 << 64) - 3, (1 << 64) + 3),
    st.integers(0, AMOUNT_MAX),
)
ENDS = st.integers(0, PURSES - 1)
ROWS = st.lists(st.tuples(ENDS, ENDS, AMOUNTS), max_size=40)
LOW = (1 << 64) - 1


def booked(rows, never_short, cut):
    """Books of one asset, entered in two stretches."""
    short = np.array([purse not in never_short for purse in range(PURSES)])
    books = Books(short, np.zeros(PURSES, np.int32))
    src, dst = (np.array([each[i] for each in rows], np.int32) for i in (0, 1))
    limbs = np.array([(a & LOW, a >> 64) for _, _, a in rows], np.uint64).reshape(-1, 2)
    postings = Postings(src, dst, np.zeros(len(rows), np.int32), limbs)
    books.enter(postings.cut(0, cut))
    books.enter(postings.cut(cut, len(rows)))
    return books


def moves(rows):
    """The same rows as MOVES."""
    columns = {
        "src": [r[0] for r in rows],
        "dst": [r[1] for r in rows],
        "amount_lo": [r[2] & LOW if r[2] <= AMOUNT_MAX else 0 for r in rows],
        "amount_hi": [r[2] >> 64 if r[2] <= AMOUNT_MAX else 0 for r in rows],
        "amount_wide": [r[2].to_bytes(32, "big") if r[2] > AMOUNT_MAX else None for r in rows],
        "group": [0] * len(rows),
        "tx": [0] * len(rows),
        "time": [0] * len(rows),
    }
    return pa.RecordBatch.from_pydict(columns, schema=MOVES)


def told(columns):
    """Openings that are not 0, from the columns of PURSES."""
    lo, hi, wide = (columns[f"opening_{each}"].to_pylist() for each in ("lo", "hi", "wide"))
    values = [
        low | high << 64 if large is None else int.from_bytes(large, "big")
        for low, high, large in zip(lo, hi, wide, strict=True)
    ]
    return {purse: value for purse, value in enumerate(values) if value}


@given(ROWS, st.sets(ENDS, max_size=2), st.integers(0, 40))
def test_the_books_are_exact(rows, never_short, cut):
    books = booked(rows, never_short, cut)
    expected = plain.openings(rows, frozenset(never_short))
    assert bool(books.wide[0]) == plain.reaches(rows, expected)
    assert told(books.columns(books.exactly([moves(rows)]))) == expected


@given(ROWS)
def test_what_a_purse_holds(rows):
    books = booked(rows, (), 0)
    opening = plain.openings(rows)
    for purse in range(PURSES):
        got = sum(r[2] for r in rows if r[1] == purse) - sum(r[2] for r in rows if r[0] == purse)
        expected = 0 if books.wide[0] else opening.get(purse, 0) + got
        assert books.holds(purse) == expected


@settings(max_examples=10, deadline=None)
@given(
    rows=st.lists(
        st.tuples(ENDS, ENDS, st.integers(0, 2**256 - 1) | AMOUNTS), min_size=1, max_size=9
    )
)
def test_a_ledger_of_any_amounts(tmp_path_factory, rows):
    accounts = [f"a{n}" for n in range(PURSES)]
    told_rows = [
        row(second, accounts[src], accounts[dst], amount)
        for second, (src, dst, amount) in enumerate(rows)
    ]
    ledger = ledger_of(tmp_path_factory.mktemp("wide") / "out", told_rows)
    names = [name.rpartition(":")[2] for name in ledger.accounts()["account"].to_pylist()]
    columns = {name: ledger.purses()[name] for name in ledger.purses().schema.names}
    found = {int(names[purse][1:]): value for purse, value in told(columns).items()}
    assert found == plain.openings(rows)
    wide = plain.reaches(rows, found) or any(r[2] > AMOUNT_MAX for r in rows)
    assert ledger.assets()["wide"].to_pylist() == [wide]


def test_the_greatest_amounts_survive(tmp_path):
    most = 2**256 - 1
    rows = [row(1, "a", "b", most), row(2, "a", "b", most), row(3, "b", "c", AMOUNT_MAX)]
    ledger = ledger_of(tmp_path / "out", rows)
    table = ledger.transfers_rows(range(3), ["amount", "amount_wide"])
    assert table["amount_wide"].to_pylist()[:2] == [most.to_bytes(32, "big")] * 2
    assert int(table["amount"].to_pylist()[2]) == AMOUNT_MAX
    (batch,) = ledger.moves()
    assert batch["amount_lo"].to_pylist()[:2] == [0, 0]
    assert batch["amount_wide"].to_pylist() == table["amount_wide"].to_pylist()
    opening = ledger.purses()["opening_wide"].to_pylist()[0]
    assert int.from_bytes(opening, "big") == 2 * most
