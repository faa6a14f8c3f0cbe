"""Ethereum tables `transactions` and `token_transfers`, as AWS and BigQuery publish them.

Both follow the open-source ethereum-etl. The fee is gas used times the effective gas price; it
stands before the value because gas is bought up front.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.formats.addresses import evm
from stanch.model import asset as assets
from stanch.model import kinds
from stanch.sources.parquet.accounts import accounts
from stanch.sources.parquet.amounts import exact
from stanch.sources.parquet.pieces import Piece
from stanch.sources.parquet.rows import Rows

TOKEN_INDEX = 3  # behind the fee (0), the value (1) and the traces (2) of the transaction

_GAS_LIMIT = 10**12 - 1  # more than 10,000 blocks of gas
_GAS = pa.decimal128(12, 0)
_PRICE = pa.decimal128(25, 0)
_INTEGER = pa.decimal128(19, 0)


def transactions(rows: Rows, chain: str) -> list[Piece]:
    """Fees and values. A failed transaction pays its fee alone; one without a status, from
    before Byzantium, is taken to have gone through.
    """
    sender, wrong = accounts(rows.text("from_address"), chain)
    rows.refuse(pc.is_valid(wrong), wrong)
    value = rows.amount("value")
    done = pc.fill_null(pc.not_equal(rows.whole("receipt_status", pa.int64()), 0), True)
    moves = pc.and_(done, value.positive)
    paid = pc.coalesce(rows.text("to_address"), rows.text("receipt_contract_address"))
    target, wrong = accounts(paid, chain)
    rows.refuse(pc.and_(moves, pc.is_valid(wrong)), wrong)
    fee = exact(_fee(rows))
    common = place(rows, chain, rows.filled_text("hash")) | {
        "from": sender,
        "asset": assets.native(chain),
    }
    every = np.arange(len(rows))
    cost = {"to": kinds.fees(chain), "amount": fee.narrow, "amount_wide": fee.wide}
    moved = {"to": target, "amount": value.narrow, "amount_wide": value.wide}
    return [
        Piece(every, common | cost | {"kind": "fee", "log_index": 0}).where(fee.positive),
        Piece(every, common | moved | {"kind": "native", "log_index": 1}).where(moves),
    ]


def token_transfers(rows: Rows, chain: str) -> list[Piece]:
    """Token transfers; from the null address a mint, to it a burn."""
    sender, wrong = accounts(rows.text("from_address"), chain)
    rows.refuse(pc.is_valid(wrong), wrong)
    target, wrong = accounts(rows.text("to_address"), chain)
    rows.refuse(pc.is_valid(wrong), wrong)
    token, wrong = accounts(rows.text("token_address"), chain)
    rows.refuse(pc.is_valid(wrong), wrong)
    value = rows.amount("value")
    null = f"{chain}:{evm.NULL}"
    kind = pc.if_else(
        pc.equal(sender, null), "mint", pc.if_else(pc.equal(target, null), "burn", "token")
    )
    asset = pc.replace_substring(token, f"{chain}:", f"{chain}/erc20:", max_replacements=1)
    columns = place(rows, chain, rows.filled_text("transaction_hash")) | {
        "from": sender,
        "to": target,
        "asset": asset,
        "amount": value.narrow,
        "amount_wide": value.wide,
        "kind": kind,
        "log_index": pc.add(rows.whole("log_index", pa.int32()), TOKEN_INDEX),
    }
    return [Piece(np.arange(len(rows)), columns).where(value.positive)]


def place(rows: Rows, chain: str, tx: pa.Array) -> dict[str, Any]:
    """Where and when each row stands, by the column names that all these tables share; `tx` is
    the one that they do not.
    """
    return {
        "chain": chain,
        "block": rows.whole("block_number", pa.int64()),
        "tx_index": rows.whole("transaction_index", pa.int32()),
        "time": rows.time("block_timestamp"),
        "tx": tx,
    }


def _fee(rows: Rows) -> pa.Array:
    """Gas used times price in wei; zero where the table does not tell."""
    used = rows.whole("receipt_gas_used", pa.int64())
    rows.refuse(pc.greater(used, _GAS_LIMIT), "receipt_gas_used is out of range")
    used = pc.if_else(pc.greater(used, _GAS_LIMIT), 0, used).cast(_INTEGER).cast(_GAS)
    effective = rows.whole("receipt_effective_gas_price", pa.int64())
    price = pc.coalesce(effective, rows.whole("gas_price", pa.int64())).cast(_INTEGER)
    product = pc.multiply(used, price.cast(_PRICE))
    return pc.fill_null(product, pa.scalar(0, product.type))
