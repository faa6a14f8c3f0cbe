"""Which transactions are marked as swaps."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stanch.ledger.purses import Purses
from stanch.ledger.swaps import Trade, mark
from stanch.model.tables import AMOUNT_MAX
from tests.ledger import plain
from tests.ledger.tiny import ETH, USDC, ledger_of, row

ACCOUNTS, ASSETS = 4, 3
AMOUNTS = st.integers(0, 4) | st.integers(AMOUNT_MAX - 2, AMOUNT_MAX)
LEG = st.tuples(
    st.integers(0, ACCOUNTS - 1),
    st.integers(0, ACCOUNTS - 1),
    st.integers(0, ASSETS - 1),
    AMOUNTS,
    st.booleans(),
)


def groups(ledger):
    return [value for batch in ledger.moves(["group"]) for value in batch["group"].to_pylist()]


@given(st.lists(st.lists(LEG, min_size=1, max_size=6), min_size=1, max_size=4))
def test_marks_follow_the_definition(transactions):
    ids = np.arange(ACCOUNTS * ASSETS, dtype=np.int32)
    held = ids // ASSETS != 3
    purses = Purses(ids // ASSETS, ids % ASSETS, np.zeros(len(ids), np.int8), held)
    rows = [leg for legs in transactions for leg in legs]
    amounts = [leg[3] for leg in rows]
    trade = Trade(
        np.cumsum([0, *map(len, transactions)])[:-1],
        np.array([src * ASSETS + asset for src, _, asset, _, _ in rows], np.int32),
        np.array([dst * ASSETS + asset for _, dst, asset, _, _ in rows], np.int32),
        np.array([(a & (1 << 64) - 1, a >> 64) for a in amounts], np.uint64),
        np.array([leg[4] for leg in rows]),
    )
    expected = []
    for legs in transactions:
        swap = plain.swaps(legs, frozenset({3}))
        expected += [1] * (len(legs) - 1) + [2] if swap else [0] * len(legs)
    assert mark(trade, purses, amounts.__getitem__).tolist() == expected


def test_a_swap_is_marked_and_its_neighbours_are_not(tmp_path):
    place = {"block": 1, "tx": "t2", "tx_index": 1}
    rows = [
        row(1, "z", "a", 5, block=1, tx="t1", tx_index=0),
        row(1, "a", "pool", 5, **place, log_index=0),
        row(1, "pool", "a", 900, **place, log_index=1, asset=USDC),
        row(1, "a", "b", 900, block=1, tx="t3", tx_index=2, asset=USDC),
    ]
    assert groups(ledger_of(tmp_path / "out", rows)) == [0, 1, 2, 0]


def test_fees_are_not_given_for_anything(tmp_path):
    place = {"block": 1, "tx": "t", "tx_index": 1}
    rows = [
        row(1, "a", "fees", 5, **place, log_index=0, kind="fee"),
        row(1, "b", "a", 900, **place, log_index=1, asset=USDC),
    ]
    assert groups(ledger_of(tmp_path / "out", rows)) == [0, 0]


def test_minting_against_payment_is_a_swap_of_the_payer_alone(tmp_path):
    null = "0x000000000000000000000000000000000000dEaD"
    place = {"block": 1, "tx_index": 1}
    rows = [
        row(1, "a", null, 5, **place, tx="t", log_index=0),
        row(1, null, "b", 900, **place, tx="t", log_index=1, asset=USDC),
    ]
    assert groups(ledger_of(tmp_path / "out", rows)) == [0, 0]


def test_amounts_beyond_the_limbs_are_judged_exactly(tmp_path):
    most = 2**256 - 1
    place = {"block": 1, "tx": "t", "tx_index": 1}
    rows = [
        row(1, "a", "pool", most, **place, log_index=0),
        row(1, "pool", "a", most, **place, log_index=1),
        row(1, "pool", "a", 1, **place, log_index=2, asset=USDC),
    ]
    assert groups(ledger_of(tmp_path / "one", rows)) == [0, 0, 0]
    rows[1] = row(1, "pool", "a", most - 1, **place, log_index=1)
    assert groups(ledger_of(tmp_path / "two", rows)) == [1, 1, 2]
    assert ledger_of(tmp_path / "two", rows).assets()["asset"].to_pylist() == sorted([ETH, USDC])
