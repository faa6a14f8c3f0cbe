"""The files of a ledger folder, and the columns of those that no other stage declares."""

from typing import Final

import pyarrow as pa

from stanch.model.tables import TRANSFERS
from stanch.store.outdir import Kind
from stanch.store.parquet import Layout

FORMAT: Final = "stanch-ledger"
VERSION: Final = 1

INFO: Final = "ledger.json"
TRANSFERS_FILE: Final = "transfers.parquet"
BY_FROM: Final = "by_from.parquet"
BY_TO: Final = "by_to.parquet"
MOVES_FILE: Final = "moves.parquet"
PURSES_FILE: Final = "purses.parquet"
ACCOUNTS_FILE: Final = "accounts.parquet"
ASSETS_FILE: Final = "assets.parquet"
REJECTED_FILE: Final = "rejected.csv"

FILES: Final = (
    INFO, TRANSFERS_FILE, BY_FROM, BY_TO, MOVES_FILE, PURSES_FILE, ACCOUNTS_FILE, ASSETS_FILE,
    REJECTED_FILE,
)  # fmt: skip
KIND: Final = Kind(INFO, FORMAT, frozenset(FILES))

ORDER_RULE: Final = (
    "time, chain, block, tx_index, log_index, place in the input; rows that share all that is "
    "known of their place stand in an order in which money arrives before it leaves"
)

# by_from and by_to: the same rows with their place in transfers.parquet.
COPIES: Final = TRANSFERS.append(pa.field("row", pa.int64()))

# Rows between the steps of a build: ids for the texts that come again, microseconds for time.
CODED: Final = pa.schema(
    [
        ("row", pa.int64()),
        ("chain", pa.int32()),
        ("block", pa.int64()),
        ("tx_index", pa.int32()),
        ("log_index", pa.int32()),
        ("time", pa.int64()),
        ("tx", pa.string()),
        ("from", pa.int32()),
        ("to", pa.int32()),
        ("asset", pa.int32()),
        ("amount", TRANSFERS.field("amount").type),
        ("amount_wide", TRANSFERS.field("amount_wide").type),
        ("usd", TRANSFERS.field("usd").type),
        ("kind", pa.int32()),
        ("outpoint", pa.string()),
    ]
)

TEXTS: Final = Layout(repeating=("chain", "from", "to", "asset", "kind"))
SCRATCH: Final = Layout(compression="lz4")
