"""Bitcoin tables of AWS (one address, coins as floats) and BigQuery (addresses, satoshi)."""

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stanch.model.chain import BITCOIN, LITECOIN

ALICE = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
BOB = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
MINER = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"
WHEN = datetime(2023, 6, 1, tzinfo=UTC)
BARE = "5121" + "02" * 33 + "51ae"

_END = [("index", pa.int64()), ("script_hex", pa.string())]
_SPENT = [("spent_transaction_hash", pa.string()), ("spent_output_index", pa.int64())]
AWS = [("address", pa.string()), ("value", pa.float64())]
BIGQUERY = [("addresses", pa.list_(pa.string())), ("value", pa.decimal128(38, 9))]


def txid(n):
    return f"{n:064x}"


def end(index, address, satoshi, **said):
    """An input or output, in the terms of both publishers."""
    given = address if isinstance(address, list) else [address] if address else []
    return {
        "index": index, "script_hex": BARE, "address": given[0] if given else None,
        "addresses": given, "satoshi": satoshi, **said,
    }  # fmt: skip


def spent(index, tx, vout, address, satoshi):
    return end(index, address, satoshi, spent_transaction_hash=tx, spent_output_index=vout)


@pytest.fixture(params=[AWS, BIGQUERY], ids=["aws", "bigquery"])
def publish(request, tmp_path):
    """Write transactions `(hash, inputs, outputs)` as a publisher would."""

    def publish(*transactions, layout=request.param):
        coins = layout is AWS

        def said(each):
            value = each["satoshi"]
            return each | {"value": value / 10**8 if coins else Decimal(value)}

        columns = {
            "hash": pa.array([tx for tx, _, _ in transactions]),
            "block_number": pa.array([9] * len(transactions)),
            "block_timestamp": pa.array([WHEN] * len(transactions)),
            "index": pa.array(range(len(transactions))),
            "is_coinbase": pa.array([not ins for _, ins, _ in transactions]),
            "inputs": pa.array(
                [[said(each) for each in ins] for _, ins, _ in transactions],
                pa.list_(pa.struct(_END + _SPENT + layout)),
            ),
            "outputs": pa.array(
                [[said(each) for each in outs] for _, _, outs in transactions],
                pa.list_(pa.struct(_END + layout)),
            ),
        }
        path = tmp_path / "transactions.parquet"
        pq.write_table(pa.table(columns), path, row_group_size=2)
        return path

    return publish


def at(address):
    return f"{BITCOIN}:{address}"


def test_a_transaction_is_filled_by_its_inputs_and_emptied_by_outputs_and_fee(publish, load):
    one, two = txid(1), txid(2)
    path = publish(
        (one, [], [end(0, MINER, 625_000_001)]),
        (two, [spent(1, one, 7, BOB, 5), spent(0, one, 0, ALICE, 100)],
         [end(1, ALICE, 30), end(0, BOB, 70)]),
    )  # fmt: skip
    result = load("parquet", path)
    assert result.pick("tx", "kind", "from", "to", "amount", "outpoint", "log_index") == [
        (one, "mint", at("issuance"), at(one), 625_000_001, None, 0),
        (one, "utxo_out", at(one), at(MINER), 625_000_001, f"{one}-0", 1),
        (two, "utxo_in", at(ALICE), at(two), 100, f"{one}-0", 0),
        (two, "utxo_in", at(BOB), at(two), 5, f"{one}-7", 1),
        (two, "utxo_out", at(two), at(BOB), 70, f"{two}-0", 2),
        (two, "utxo_out", at(two), at(ALICE), 30, f"{two}-1", 3),
        (two, "fee", at(two), at("fees"), 5, None, 4),
    ]
    assert result.pick("chain", "asset", "block", "tx_index", "time")[-1] == (
        BITCOIN, f"{BITCOIN}/slip44:0", 9, 1, WHEN
    )  # fmt: skip
    assert result.rejected == []


def test_outputs_without_an_address_keep_one_name(publish, load):
    one, two, three = txid(1), txid(2), txid(3)
    path = publish(
        (one, [], [end(0, None, 10), end(1, ALICE, 0, script_hex="6a00")]),
        (two, [spent(0, one, 0, None, 10)], [end(0, BOB, 10)]),
        (three, [spent(0, txid(9), 4, None, 10)], [end(0, BOB, 10)]),
    )
    result = load("parquet", path)
    name = at("script-" + sha256(bytes.fromhex(BARE)).hexdigest()[:40])
    moves = [move for move in result.pick("kind", "from", "to") if move[0] != "mint"]
    assert moves == [
        ("utxo_out", at(one), name),
        ("utxo_in", name, at(two)),
        ("utxo_out", at(two), at(BOB)),
        ("utxo_in", at(f"output-{txid(9)}-4"), at(three)),
        ("utxo_out", at(three), at(BOB)),
    ]


def test_bigquerys_own_names_of_scripts_become_ours(publish, load):
    given = "nonstandard" + "0f" * 20
    path = publish((txid(1), [], [end(0, given, 10)]), layout=BIGQUERY)
    assert load("parquet", path).pick("to")[1] == (at("script-" + "0f" * 20),)


def test_bad_transactions_are_refused_whole(publish, load):
    good = (txid(9), [], [end(0, BOB, 1)])
    path = publish(
        (txid(1), [spent(0, txid(0), 0, ALICE, 10)], [end(0, BOB, 11)]),
        good,
        (txid(2), [spent(0, txid(0), 0, ALICE, 10)], [end(0, BOB, 4), end(1, ALICE[:-1] + "b", 5)]),
        (txid(3), [spent(0, txid(0), 0, ALICE, -1)], []),
    )
    result = load("parquet", path)
    assert set(result.pick("tx")) == {(txid(9),)}
    assert [row for row, _ in result.refused] == [1, 3, 4]
    reasons = ["worth more", "checksum", "inputs has no value"]
    for (_, said), reason in zip(result.refused, reasons, strict=True):
        assert reason in said


def test_inputs_that_are_missing_are_not_taken_for_a_coinbase(publish, load):
    path = publish((txid(1), [], [end(0, BOB, 1)]))
    table = pq.read_table(path)
    place = table.schema.get_field_index("is_coinbase")
    pq.write_table(table.set_column(place, "is_coinbase", pa.array([False])), path)
    result = load("parquet", path)
    assert (result.transfers, result.refused) == ([], [(1, "its inputs are missing")])


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(st.integers(1, 21 * 10**14), min_size=1, max_size=8), st.integers(0, 100))
def test_satoshi_are_exact_up_to_all_coins_there_are(publish, load, values, share):
    total = sum(values)
    paid = total * share // 100
    if paid > 21 * 10**14:
        return
    ins = [spent(n, txid(7), n, ALICE, value) for n, value in enumerate(values)]
    result = load("parquet", publish((txid(1), ins, [end(0, BOB, paid)])))
    amounts = result.pick("kind", "amount")
    assert [int(amount) for kind, amount in amounts if kind == "utxo_in"] == values
    assert sum(int(amount) for kind, amount in amounts if kind != "utxo_in") == total


def test_other_coins(publish, load):
    path = publish((txid(1), [], [end(0, "LNf2JDiuunBz7GMDKFYHN4rq5meXWxiwfb", 5)]))
    result = load("parquet", path, chain=LITECOIN)
    assert result.pick("asset")[0] == (f"{LITECOIN}/slip44:2",)
