"""Purses: accounts in an asset, outputs, transactions, issuance and fees."""

from stanch.model.kinds import ACCOUNT, FEES, ISSUANCE, OUTPOINT, TRANSACTION
from tests.ledger.tiny import ETH, USDC, ledger_of, row, told

BTC_CHAIN = "bip122:000000000019d6689c085ae165831e93"
BTC = f"{BTC_CHAIN}/slip44:0"


def utxo(tx, source, target, amount, kind, outpoint=None, **place):
    """A row of a UTXO chain."""
    more = {"chain": BTC_CHAIN, "asset": BTC, "tx": tx, "kind": kind, "outpoint": outpoint}
    return row(place["block"], source, target, amount, **more, **place)


def mined_and_spent():
    """A reward of 50 to alice; she pays bob 30, has 19 back and leaves a fee of 1."""
    one, two = {"block": 1, "tx_index": 0}, {"block": 2, "tx_index": 1}
    return [
        utxo("t0", "issuance", "t0", 50, "mint", **one),
        utxo("t0", "t0", "alice", 50, "utxo_out", "t0-0", **one),
        utxo("t1", "alice", "t1", 50, "utxo_in", "t0-0", **two),
        utxo("t1", "t1", "bob", 30, "utxo_out", "t1-0", **two),
        utxo("t1", "t1", "alice", 19, "utxo_out", "t1-1", **two),
        utxo("t1", "t1", "fees", 1, "fee", **two),
    ]


def forms(ledger):
    """Forms of purse by account name, sorted."""
    names = [text.rpartition(":")[2] for text in ledger.accounts()["account"].to_pylist()]
    purses = ledger.purses()
    pairs = zip(purses["account"].to_pylist(), purses["form"].to_pylist(), strict=True)
    return sorted((names[account], form) for account, form in pairs)


def test_an_output_is_a_purse_of_its_own(tmp_path):
    ledger = ledger_of(tmp_path / "out", mined_and_spent())
    assert forms(ledger) == [
        ("alice", OUTPOINT),
        ("alice", OUTPOINT),
        ("bob", OUTPOINT),
        ("fees", FEES),
        ("issuance", ISSUANCE),
        ("t0", TRANSACTION),
        ("t1", TRANSACTION),
    ]
    (moves,) = ledger.moves()
    filled = moves["dst"].to_pylist()[1]
    assert moves["src"].to_pylist()[2] == filled
    assert len(set(moves["dst"].to_pylist()[3:5]) | {filled}) == 3
    assert not any(ledger.purses()["opening_lo"].to_pylist())


def test_an_output_from_before_the_ledger_was_there(tmp_path):
    ledger = ledger_of(tmp_path / "out", mined_and_spent()[2:])
    opening = ledger.purses()["opening_lo"].to_pylist()
    (moves,) = ledger.moves(["src"])
    assert {purse: value for purse, value in enumerate(opening) if value} == {
        moves["src"].to_pylist()[0]: 50
    }


def test_inputs_come_before_outputs_whatever_the_input_says(tmp_path):
    ledger = ledger_of(tmp_path / "out", list(reversed(mined_and_spent())))
    assert told(ledger, "kind") == ["mint", "utxo_out", "utxo_in", "fee", "utxo_out", "utxo_out"]
    assert not any(ledger.purses()["opening_lo"].to_pylist())


def test_purses_follow_account_then_asset(tmp_path):
    rows = [
        row(1, "b", "a", 1),
        row(2, "c", "a", 1, asset=USDC),
        row(3, "a", "b", 1, asset="stanch:fiat/USD"),
    ]
    ledger = ledger_of(tmp_path / "out", rows)
    purses = ledger.purses()
    keys = list(zip(purses["account"].to_pylist(), purses["asset"].to_pylist(), strict=True))
    assert keys == sorted(keys) == [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 0)]
    assert ledger.assets()["asset"].to_pylist() == [USDC, ETH, "stanch:fiat/USD"]
    assert set(purses["form"].to_pylist()) == {ACCOUNT}


def test_issuance_and_fees_have_no_opening(tmp_path):
    rows = [row(1, "issuance", "a", 5), row(2, "a", "fees", 1), row(3, "fees", "b", 9)]
    ledger = ledger_of(tmp_path / "out", rows)
    assert ledger.purses()["opening_lo"].to_pylist() == [0] * 4
    assert forms(ledger)[-1] == ("issuance", ISSUANCE)
