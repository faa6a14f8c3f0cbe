"""Stanch's own tables of transfers."""

from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stanch.errors import InputError
from stanch.model.chain import BITCOIN
from stanch.model.tables import TRANSFERS
from stanch.model.transfers_file import About

A, B = "eip155:1:0x" + "a" * 40, "eip155:1:0x" + "b" * 40
TXID = "0f" * 32


def transfer(**said):
    return {
        "chain": "eip155:1", "block": 1, "tx_index": 2, "log_index": 3,
        "time": datetime(2023, 6, 1, tzinfo=UTC), "tx": "t", "from": A, "to": B,
        "asset": "eip155:1/slip44:60", "amount": Decimal(5), "amount_wide": None, "usd": None,
        "kind": "native", "outpoint": None, **said,
    }  # fmt: skip


@pytest.fixture
def ledger(tmp_path):
    def ledger(*rows):
        path = tmp_path / "transfers.parquet"
        pq.write_table(pa.Table.from_pylist(list(rows), TRANSFERS), path)
        return path

    return ledger


def test_good_rows_pass_as_they_are(ledger, load):
    rows = [
        transfer(),
        transfer(block=None, tx_index=None, log_index=None, usd=Decimal("1.500000")),
        transfer(amount=None, amount_wide=b"\xff" * 32, asset="stanch:fiat/USD", kind="token"),
        transfer(**{"from": "eip155:1:issuance"}, kind="mint"),
        transfer(to="eip155:1:fees", kind="fee"),
        transfer(
            **{"from": f"{BITCOIN}:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"},
            chain=BITCOIN, to=f"{BITCOIN}:{TXID}", kind="utxo_in", outpoint=f"{TXID}-0",
        ),
    ]  # fmt: skip
    result = load("parquet", ledger(*rows))
    assert result.transfers == rows
    assert result.rejected == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"amount": Decimal(-1)}, "negative"),
        ({"amount": None}, "no amount"),
        ({"amount_wide": b"\xff" * 32}, "or two"),
        ({"amount": None, "amount_wide": b"\x00" * 31 + b"\x01"}, "fits into amount"),
        ({"time": None}, "time is empty"),
        ({"tx": ""}, "tx is empty"),
        ({"from": None}, "from is empty"),
        ({"from": A.upper()}, "is not"),
        ({"to": A[:-1]}, "not an EVM address"),
        ({"to": "eip155:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"}, "canonical"),
        ({"to": f"eip155:1:{TXID}"}, "not an EVM address"),
        ({"to": B.replace("155:1", "155:56")}, "another chain"),
        ({"chain": "ethereum"}, "not a chain"),
        ({"asset": "ETH"}, "not an asset"),
        ({"kind": "gift"}, "kind"),
        ({"outpoint": f"{TXID}-0"}, "outpoint"),
        ({"kind": "utxo_out"}, "outpoint"),
        ({"tx_index": -1}, "negative"),
    ],
)
def test_rows_that_break_a_promise_are_refused(ledger, load, said, reason):
    result = load("parquet", ledger(transfer(), transfer(**said), transfer()))
    assert len(result.transfers) == 2
    ((row, why),) = result.refused
    assert row == 2
    assert reason in why


def test_what_a_file_says_of_itself_is_kept(tmp_path, load):
    eth, coin = "eip155:1/slip44:60", "eip155:1/erc20:0x" + "c" * 40
    said = About({eth: ("SIMETH", 18), coin: (None, 6)}, simulation=True).metadata()
    path = tmp_path / "transfers.parquet"
    rows = [transfer(), transfer(asset=coin, kind="token")]
    pq.write_table(pa.Table.from_pylist(rows, TRANSFERS.with_metadata(said)), path)
    reading = load("parquet", path).reading
    assert reading.simulation
    assert reading.assets == {eth: ("SIMETH", 18), coin: (None, 6)}


def test_a_file_that_says_nothing_is_no_simulation(ledger, load):
    assert not load("parquet", ledger(transfer())).reading.simulation


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"stanch.simulation": "yes"}, "is neither true nor false"),
        ({"stanch.assets": "{"}, "its metadata cannot be read"),
        ({"stanch.assets": "[]"}, "is no JSON object"),
        ({"stanch.assets": '{"a": 5}'}, "does not say symbol and decimals"),
        ({"stanch.assets": '{"a": {"symbol": 5}}'}, "a symbol that is no text"),
        ({"stanch.assets": '{"a": {"decimals": true}}'}, "decimals that are no number"),
        ({"stanch.assets": '{"a": {"decimals": 78}}'}, "decimals that are no number"),
    ],
)
def test_garbled_metadata_is_one_clear_line(tmp_path, load, said, reason):
    path = tmp_path / "transfers.parquet"
    pq.write_table(pa.Table.from_pylist([transfer()], TRANSFERS.with_metadata(said)), path)
    with pytest.raises(InputError, match=rf"^transfers\.parquet: .*{reason}"):
        load("parquet", path)
