"""Columns of the tables that pass between the stages, as Arrow schemas.

An amount is an exact integer in the asset's smallest unit. It is kept in `amount`
(DECIMAL(38,0)) where it fits and otherwise in `amount_wide` (32 bytes, big-endian), the other
one being null. Times are UTC with microseconds.
"""

import pyarrow as pa

AMOUNT = pa.decimal128(38, 0)
WIDE = pa.binary(32)
TIME = pa.timestamp("us", tz="UTC")
AMOUNT_MAX = 10**38 - 1

TRANSFERS = pa.schema(
    [
        ("chain", pa.string()),  # CAIP-2
        ("block", pa.int64()),  # nullable: not every source knows it
        ("tx_index", pa.int32()),  # place of the transaction in its block, nullable
        ("log_index", pa.int32()),  # place of the row in its transaction, nullable
        ("time", TIME),
        ("tx", pa.string()),
        ("from", pa.string()),  # CAIP-10
        ("to", pa.string()),  # CAIP-10
        ("asset", pa.string()),  # CAIP-19, or stanch:fiat/USD
        ("amount", AMOUNT),
        ("amount_wide", WIDE),
        ("usd", pa.decimal128(38, 6)),  # value at the time, nullable
        ("kind", pa.string()),  # one of model.kinds.KINDS
        ("outpoint", pa.string()),  # txid-vout on kinds utxo_in (spent) and utxo_out (made)
    ]
)

# Blocks of one chain as a node told them; each `parent` is the `hash` of the row before.
BLOCKS = pa.schema(
    [("number", pa.int64()), ("hash", pa.string()), ("parent", pa.string()), ("time", TIME)]
)

# Texts that transactions carry for whoever reads them: a bridge's orders, a hacker's notes.
MEMOS = pa.schema(
    [
        ("block", pa.int64()),
        ("tx_index", pa.int32()),
        ("tx", pa.string()),
        ("place", pa.int32()),  # on a UTXO chain the output, from 0
        ("data", pa.binary()),  # as it stands there; text in UTF-8 where it is text
    ]
)

REJECTED = pa.schema([("file", pa.string()), ("row", pa.int64()), ("reason", pa.string())])

ACCOUNTS = pa.schema([("id", pa.int32()), ("account", pa.string())])

ASSETS = pa.schema(
    [
        ("id", pa.int32()),
        ("asset", pa.string()),
        ("symbol", pa.string()),
        ("decimals", pa.int32()),  # nullable: unknown, amounts are then shown in smallest units
        ("wide", pa.bool_()),  # some sum of this asset can pass 2^127: traced in Python integers
    ]
)

# A purse is the unit of state: one account in one asset, one output of a UTXO chain, or one
# transaction of a UTXO chain. `opening` is the least balance it must have had before the ledger
# begins for all its payments to be covered.
PURSES = pa.schema(
    [
        ("purse", pa.int32()),
        ("account", pa.int32()),
        ("asset", pa.int32()),
        ("form", pa.int8()),  # model.kinds: ACCOUNT, OUTPOINT, TRANSACTION, ISSUANCE, FEES
        ("opening_lo", pa.uint64()),
        ("opening_hi", pa.uint64()),
        ("opening_wide", pa.binary()),  # as WIDE or longer; null up to AMOUNT_MAX, else limbs zero
    ]
)

# One row for each row of TRANSFERS, in the same order: what a trace has to read.
MOVES = pa.schema(
    [
        ("src", pa.int32()),  # purse
        ("dst", pa.int32()),  # purse
        ("amount_lo", pa.uint64()),
        ("amount_hi", pa.uint64()),
        ("amount_wide", WIDE),
        ("group", pa.uint8()),  # 0 on its own; in a swapping transaction 1, its last row 2
        ("tx", pa.int64()),  # ordinal of the transaction in canonical order, from 0
        ("time", pa.int64()),  # microseconds since 1970, UTC
    ]
)

OWN_RANKS = 1000

TAGS = pa.schema(
    [
        ("namespace", pa.string()),  # CAIP-2 namespace the address belongs to, or null: any
        ("chain", pa.string()),  # CAIP-2 where the source says it, else null: any of namespace
        ("address", pa.string()),  # canonical form
        ("name", pa.string()),
        ("entity", pa.string()),  # actor id where the source has one
        ("terms", pa.list_(pa.string())),  # the source's own words for what it is
        ("flags", pa.list_(pa.string())),
        ("confidence", pa.float64()),
        ("source", pa.string()),  # file, and the source it quotes
        ("rank", pa.int32()),  # source rank: lower wins; below OWN_RANKS it is the user's own
        ("valid_from", TIME),  # nullable: always
        ("valid_to", TIME),
    ]
)

LABELS = pa.schema(
    [
        ("account", pa.string()),  # CAIP-10
        ("entity", pa.string()),
        ("name", pa.string()),
        ("category", pa.string()),  # one of model.kinds.CATEGORIES
        ("flags", pa.list_(pa.string())),
        ("confidence", pa.float64()),
        ("source", pa.string()),  # stated: where it stands; inferred: heuristic@version
        ("inferred", pa.bool_()),
        ("valid_from", TIME),
        ("valid_to", TIME),
    ]
)

# What a trace writes (CSV, and Parquet on request). Amounts are decimal text there.
# `traced_amount` is stolen money that was followed into the transfer; `stolen_amount` was clean
# until it reached a seed by this transfer: the theft itself.
FLOWS_OUT = (
    "incident", "tx", "from", "to", "asset", "amount", "traced_amount", "inferred_amount",
    "method", "time", "rule", "stolen_amount",
)  # fmt: skip
ACCOUNTS_OUT = (
    "incident", "account", "asset", "traced_in", "traced_out", "held", "hop", "first_time",
    "last_time", "label", "category", "inferred_in", "inferred_out", "flags",
)  # fmt: skip
ENDPOINTS_OUT = (
    "incident", "account", "asset", "fate", "amount", "label", "category", "amount_low",
    "amount_high", "inferred_amount",
)  # fmt: skip
