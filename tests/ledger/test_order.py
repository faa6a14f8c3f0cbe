"""The canonical order of a ledger."""

from itertools import permutations

import pytest

from tests.ledger.tiny import CHAIN, ledger_of, path_of, row, told


def test_time_then_place_in_the_block_then_input(tmp_path):
    rows = [
        row(2, "a", "b", 1, block=7, tx_index=0, log_index=0),
        row(1, "c", "d", 1, block=6, tx_index=1, log_index=1),
        row(1, "e", "f", 1, block=6, tx_index=1, log_index=0),
        row(1, "g", "h", 1, block=6, tx_index=0, log_index=9),
        row(1, "i", "j", 1, block=5, tx_index=9, log_index=9),
        row(1, "k", "l", 1, block=5, tx_index=9, log_index=9),
    ]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "i>j k>l g>h e>f c>d a>b"


def test_chains_of_one_moment_follow_their_names(tmp_path):
    rows = [row(1, "a", "b", 1, chain="eip155:56"), row(1, "a", "b", 1, chain="eip155:1")]
    assert told(ledger_of(tmp_path / "out", rows), "chain") == ["eip155:1", "eip155:56"]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_same_second_money_arrives_before_it_leaves(tmp_path, order):
    chain = [row(1, *pair, 5) for pair in ("ab", "bc", "cd", "de")]
    assert path_of(ledger_of(tmp_path / "out", [chain[i] for i in order])) == "a>b b>c c>d d>e"


def test_a_fan_in_is_complete_before_it_is_paid_on(tmp_path):
    rows = [row(1, "m", "z", 9), row(1, "a", "m", 4), row(1, "b", "m", 5)]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "a>m b>m m>z"


def test_other_seconds_are_not_mixed_in(tmp_path):
    rows = [row(2, "a", "b", 1), row(1, "b", "c", 1)]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "b>c a>b"


def test_other_assets_do_not_matter(tmp_path):
    rows = [row(1, "b", "c", 1), row(1, "a", "b", 1, asset="stanch:fiat/USD")]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "b>c a>b"


def test_independent_rows_keep_the_order_of_the_input(tmp_path):
    rows = [row(1, *pair, 1) for pair in ("yz", "ab", "wx", "cd")]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "y>z a>b w>x c>d"


def test_a_circle_begins_where_the_money_is(tmp_path):
    rows = [row(0, "x", "b", 7), row(1, "a", "b", 5), row(1, "b", "a", 5)]
    ledger = ledger_of(tmp_path / "out", rows)
    assert path_of(ledger) == "x>b b>a a>b"
    assert [account for account, opening in openings(ledger).items() if opening] == ["x"]


def test_a_circle_without_money_begins_with_the_input(tmp_path):
    rows = [row(1, "b", "a", 5), row(1, "a", "b", 5)]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "b>a a>b"


def test_what_follows_a_circle_waits_for_it(tmp_path):
    rows = [row(1, "c", "d", 5), row(1, "b", "c", 5), row(1, "a", "b", 5), row(1, "b", "a", 5)]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "a>b b>a b>c c>d"


def test_transactions_stay_together(tmp_path):
    rows = [
        row(1, "a", "r", 5, tx="t1"),
        row(1, "b", "r", 5, tx="t2"),
        row(1, "r", "x", 5, tx="t1"),
        row(1, "r", "y", 5, tx="t2"),
    ]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "a>r r>x b>r r>y"


def test_a_transaction_waits_for_the_one_that_feeds_it(tmp_path):
    rows = [
        row(1, "r", "x", 5, tx="t1"),
        row(1, "a", "r", 5, tx="t1"),
        row(1, "s", "a", 5, tx="t2"),
        row(1, "z", "s", 5, tx="t2"),
    ]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "z>s s>a a>r r>x"


def test_the_rule_parts_a_transaction_where_it_must(tmp_path):
    rows = [
        row(1, "a", "b", 5, tx="t1"),
        row(1, "c", "d", 5, tx="t1"),
        row(1, "b", "c", 5, tx="t2"),
    ]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "a>b b>c c>d"


def test_minting_and_burning_is_no_circle(tmp_path):
    null = "0x0000000000000000000000000000000000000000"
    rows = [row(1, "a", null, 5), row(1, null, "a", 5)]
    ledger = ledger_of(tmp_path / "out", rows)
    assert told(ledger, "to") == ["a", null]
    assert not any(openings(ledger).values())


def test_rows_learn_their_place_from_their_transaction(tmp_path):
    rows = [
        row(1, "x", "y", 1, tx="t2", block=5, tx_index=1),
        row(1, "y", "z", 1, tx="t2"),
        row(1, "a", "b", 1, tx="t1", block=5, tx_index=0),
        row(1, "b", "c", 1, tx="t1", block=5),
    ]
    ledger = ledger_of(tmp_path / "out", rows)
    assert path_of(ledger) == "a>b b>c x>y y>z"
    assert told(ledger, "block", "tx_index") == [(5, 0), (5, 0), (5, 1), (5, 1)]


def test_a_name_used_in_two_blocks_teaches_nothing(tmp_path):
    rows = [
        row(1, "a", "b", 1, tx="pay", block=5),
        row(1, "c", "d", 1, tx="pay", block=6),
        row(1, "e", "f", 1, tx="pay"),
    ]
    assert None in told(ledger_of(tmp_path / "out", rows), "block")


def test_a_row_of_unknown_place_goes_where_its_money_is(tmp_path):
    rows = [
        row(1, "b", "c", 5, block=3, tx_index=2),
        row(1, "x", "a", 5, block=3, tx_index=0),
        row(1, "a", "b", 5, block=3),
    ]
    assert path_of(ledger_of(tmp_path / "out", rows)) == "x>a a>b b>c"


def test_known_places_win_over_arrival(tmp_path):
    rows = [
        row(1, "a", "b", 5, block=3, tx_index=2),
        row(1, "b", "c", 5, block=3, tx_index=1),
        row(1, "d", "e", 5, block=3),
    ]
    path = path_of(ledger_of(tmp_path / "out", rows)).split()
    assert path.index("b>c") < path.index("a>b")


def test_a_moment_larger_than_a_batch_is_one_tie(tmp_path):
    count = 400
    rows = [row(1, f"n{i:03}", f"n{i + 1:03}", 5) for i in reversed(range(count))]
    found = told(ledger_of(tmp_path / "out", rows, size=7), "from")
    assert found == [f"n{i:03}" for i in range(count)]


def openings(ledger):
    """Opening balances by short name."""
    accounts = ledger.accounts()["account"].to_pylist()
    purses = ledger.purses()
    low, account = purses["opening_lo"].to_pylist(), purses["account"].to_pylist()
    return {
        accounts[i].removeprefix(f"{CHAIN}:"): value for i, value in zip(account, low, strict=True)
    }
