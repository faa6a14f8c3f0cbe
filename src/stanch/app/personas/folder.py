"""The files of an intake folder, and how they are written."""

from typing import Final

import pyarrow as pa

from stanch.model.tables import TIME
from stanch.store.outdir import Kind

MARK: Final = "intake.json"
FORMAT: Final = "stanch-intake"
VERSION: Final = f"{FORMAT}@1"
RECORDS: Final = "records.parquet"
KEYS: Final = "keys.parquet"
SEALED: Final = "sealed.parquet"
PAID: Final = "paid.parquet"
TRANSFERS: Final = "transfers.parquet"
REJECTED: Final = "rejected.csv"
NOTES: Final = "notes.csv"
FILES: Final = (RECORDS, KEYS, SEALED, PAID, TRANSFERS, REJECTED, NOTES)
KIND: Final = Kind(MARK, FORMAT, frozenset({MARK, *FILES}))

# The flows as they were given. An end that is no wallet is an account somewhere, which is personal:
# it is null here and stands in PAID as a key.
TRANSFERS_SCHEMA: Final = pa.schema(
    [
        ("src", pa.string()),
        ("dst", pa.string()),
        ("time", TIME),
        ("asset", pa.string()),
        ("amount", pa.string()),
    ]
)
