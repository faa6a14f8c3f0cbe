"""Ethereum tables of AWS and BigQuery."""

from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stanch.errors import InputError, UsageError

A, B, C, NULL = (f"0x{char * 40}" for char in "abc0")
ETH = "eip155:1/slip44:60"
WHEN = datetime(2023, 6, 1, 0, 20, 21, tzinfo=UTC)
WEI = pa.decimal128(38, 9)  # what BigQuery calls NUMERIC


def account(address):
    return f"eip155:1:{address}"


@pytest.fixture
def table(tmp_path):
    """Write rows to a Parquet file, with the types given for some columns."""

    def table(name, rows, **types):
        columns = {}
        for column in rows[0]:
            values = [row[column] for row in rows]
            columns[column] = pa.array(values, types.get(column))
        path = tmp_path / f"{name}.parquet"
        pq.write_table(pa.table(columns), path, row_group_size=2)
        return path

    return table


def transaction(tx="0x01", **said):
    return {
        "hash": tx, "transaction_index": 5, "from_address": A, "to_address": B,
        "value": Decimal(1000), "gas": 21000, "gas_price": 9, "receipt_gas_used": 7,
        "receipt_effective_gas_price": 3, "receipt_status": 1, "receipt_contract_address": None,
        "block_timestamp": WHEN, "block_number": 10, **said,
    }  # fmt: skip


def token(tx="0x01", **said):
    return {
        "token_address": C, "from_address": A, "to_address": B, "value": "5",
        "transaction_hash": tx, "log_index": 4, "block_timestamp": WHEN, "block_number": 10, **said,
    }  # fmt: skip


def trace(path, **said):
    return {
        "transaction_hash": "0x01", "transaction_index": 5, "from_address": A, "to_address": B,
        "value": Decimal(100), "trace_type": "call", "call_type": "call", "subtraces": 1,
        "trace_address": path, "error": None, "status": 1, "block_timestamp": WHEN,
        "block_number": 10, **said,
    }  # fmt: skip


TRACE_TYPES = {"value": WEI, "error": pa.string(), "status": pa.int64(), "call_type": pa.string()}
TYPES = {"value": WEI, "receipt_contract_address": pa.string(), "receipt_status": pa.int64()}


def test_fee_before_value(table, load):
    path = table("t", [transaction(), transaction("0x02", value=Decimal(0))], **TYPES)
    result = load("parquet", path)
    assert result.pick("tx", "from", "to", "asset", "amount", "kind", "log_index") == [
        ("0x01", account(A), "eip155:1:fees", ETH, 21, "fee", 0),
        ("0x01", account(A), account(B), ETH, 1000, "native", 1),
        ("0x02", account(A), "eip155:1:fees", ETH, 21, "fee", 0),
    ]
    assert result.pick("block", "tx_index", "time")[0] == (10, 5, WHEN)
    assert result.reading.assets == {ETH: ("ETH", 18)}


def test_failed_created_and_unpriced(table, load):
    rows = [
        transaction("0x01", receipt_status=0, to_address=None),
        transaction("0x02", to_address=None, receipt_contract_address=C),
        transaction("0x03", receipt_status=None, receipt_effective_gas_price=None),
    ]
    result = load("parquet", table("t", rows, **TYPES))
    assert result.pick("tx", "to", "amount") == [
        ("0x01", "eip155:1:fees", 21),
        ("0x02", "eip155:1:fees", 21),
        ("0x02", account(C), 1000),
        ("0x03", "eip155:1:fees", 63),
        ("0x03", account(B), 1000),
    ]
    assert any("without a status" in note for note in result.reading.notes)


def test_the_floating_point_of_aws_is_taken_for_the_integer_it_is(table, load):
    ether = 123_456_789_012_345_678_901
    rows = [transaction(value=float(ether)), transaction(value=1e18), transaction(value=0.5)]
    result = load("parquet", table("t", rows, block_timestamp=pa.timestamp("ns")))
    values = [amount for kind, amount in result.pick("kind", "amount") if kind == "native"]
    assert values == [int(float(ether)), 10**18]
    assert result.refused == [(3, "amount is not a whole number of the smallest unit")]
    assert any("floating point" in note for note in result.reading.notes)


def test_tokens_of_any_size(table, load):
    rows = [
        token(),
        token(value=str(2**256 - 1)),
        token(from_address=NULL, value=str(10**38)),
        token(to_address=NULL),
        token(value="0"),
        token(value=str(2**256)),
        token(value="-1"),
        token(token_address="0xAb" + "a" * 38),
        token(from_address=None),
    ]
    result = load("parquet", table("t", rows))
    assert result.pick("kind", "amount", "amount_wide", "log_index") == [
        ("token", 5, None, 7),
        ("token", None, b"\xff" * 32, 7),
        ("mint", None, (10**38).to_bytes(32, "big"), 7),
        ("burn", 5, None, 7),
    ]
    assert result.pick("asset")[0] == (f"eip155:1/erc20:{C}",)
    reasons = ["above 2^256-1", "negative", "checksum", "address is empty"]
    assert [row for row, _ in result.refused] == [6, 7, 8, 9]
    for (_, said), reason in zip(result.refused, reasons, strict=True):
        assert reason in said
    assert result.reading.idle == 1


def test_traces_beside_transactions_leave_out_the_top_call(table, load):
    traces = [
        trace(None),
        trace("0", value=Decimal(1)),
        trace("1", call_type="delegatecall", value=Decimal(2)),
        trace("2", trace_type="create", call_type=None, value=Decimal(3)),
        trace("3", trace_type="suicide", call_type=None, value=Decimal(4)),
        trace("4", call_type="staticcall", value=Decimal(0)),
    ]
    inner = table("traces", traces, **TRACE_TYPES, trace_address=pa.string())
    alone = load("parquet", inner)
    assert alone.pick("amount", "kind", "log_index") == [
        (100, "native", 1), (1, "internal", 2), (3, "internal", 2), (4, "internal", 2)
    ]  # fmt: skip
    assert any("fees are missing" in note for note in alone.reading.notes)
    both = load("parquet", inner, table("t", [transaction()], **TYPES))
    assert both.pick("amount", "kind") == [
        (1, "internal"), (3, "internal"), (4, "internal"), (21, "fee"), (1000, "native")
    ]  # fmt: skip


def test_a_failed_call_undoes_all_that_it_called(table, load):
    traces = [
        trace("1,0", value=Decimal(1)),
        trace("1,0,3", value=Decimal(2)),
        trace("1", error="Reverted", status=0),
        trace("10", value=Decimal(4)),
        trace("0", value=Decimal(8)),
        trace("1,0", value=Decimal(16), transaction_hash="0x02"),
    ]
    result = load("parquet", table("traces", traces, **TRACE_TYPES))
    assert result.pick("amount") == [(4,), (8,), (16,)]


def test_rewards_are_minted(table, load):
    reward = trace(None, trace_type="reward", transaction_hash=None, from_address=None)
    unsaid = dict.fromkeys(("from_address", "transaction_hash", "trace_address"), pa.string())
    result = load("parquet", table("t", [reward], **TRACE_TYPES, **unsaid))
    assert result.pick("tx", "from", "to", "kind") == [
        ("reward-10", "eip155:1:issuance", account(B), "mint")
    ]


def test_other_chains_and_wrong_ones(table, load):
    path = table("t", [transaction()], **TYPES)
    assert load("parquet", path, chain="eip155:61").pick("asset")[0] == ("eip155:61/slip44:61",)
    with pytest.raises(UsageError, match="not of tron"):
        load("parquet", path, chain="tron:0x2b6653dc")


def test_rows_are_numbered_through_row_groups_and_bad_text_is_refused(table, load):
    rows = [token(str(n)) for n in range(5)] + [token("t", block_timestamp=None), token("")]
    result = load("parquet", table("t", rows, block_timestamp=pa.timestamp("us", "UTC")))
    assert result.refused == [(6, "time is empty"), (7, "transaction_hash is empty")]
    broken = pa.array([b"0x" + b"a" * 40, b"\xff\xfe"]).view(pa.string())
    path = table("u", [token(), token()])
    pq.write_table(pq.read_table(path).set_column(1, "from_address", broken), path)
    assert load("parquet", path).refused == [(2, "is not UTF-8 text")]


def test_text_of_any_arrow_type(table, load):
    rows = [token(), token(to_address=C)]
    for kind in (pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        path = table("t", rows, **dict.fromkeys(("to_address", "value", "transaction_hash"), kind))
        assert load("parquet", path).pick("to", "amount") == [(account(B), 5), (account(C), 5)]


@settings(
    max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=3))
def test_a_file_with_wrong_bytes_is_read_or_refused(table, load, wrong):
    path = table("t", [token(f"tx{n}", value=str(10**30 * n)) for n in range(6)])
    content = bytearray(path.read_bytes())
    for place, byte in wrong:
        content[place % len(content)] = byte
    path.write_bytes(content)
    try:
        result = load("parquet", path)
    except InputError as error:
        assert str(error).startswith("t.parquet")  # noqa: PT017
        return
    assert len(result.transfers) + len(result.rejected) <= 6


def test_damage_costs_the_row_group_that_it_hit(table, load):
    path = table("t", [token(f"tx{n}") for n in range(6)])
    group = pq.ParquetFile(path).metadata.row_group(1)
    column = group.column(group.num_columns - 1)
    content = bytearray(path.read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    content[start : start + 12] = b"\xff" * 12
    path.write_bytes(content)
    result = load("parquet", path)
    assert result.pick("tx") == [("tx0",), ("tx1",), ("tx4",), ("tx5",)]
    assert result.refused == [(3, "the Parquet data is damaged here; rows to 4 are lost")]


def test_what_is_no_table(table, load, write):
    with pytest.raises(InputError, match="not a Parquet file"):
        load("parquet", write("x.parquet", b"PAR1 nothing"))
    row = transaction()
    del row["value"]
    short = table("short", [row])
    with pytest.raises(InputError, match="as transactions it lacks value"):
        load("parquet", short)
    with pytest.raises(InputError, match="unusable type"):
        load("parquet", table("t", [transaction(block_number="ten")]))
