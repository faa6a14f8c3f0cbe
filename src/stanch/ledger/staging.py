"""First step: the batches of a source, put down as they come and numbered."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.errors import InvariantError
from stanch.ledger.layout import SCRATCH
from stanch.model.kinds import KINDS
from stanch.model.tables import REJECTED, TRANSFERS
from stanch.store.parquet import Sink

# TRANSFERS with `pos`, the place in the input; `kind` by number and `time` in microseconds.
STAGED: Final = (
    TRANSFERS.set(TRANSFERS.get_field_index("kind"), pa.field("kind", pa.int32()))
    .set(TRANSFERS.get_field_index("time"), pa.field("time", pa.int64()))
    .append(pa.field("pos", pa.int64()))
)
_KINDS: Final = pa.array(KINDS)
_NOTHING: Final = pa.scalar(0, TRANSFERS.field("amount").type)
NEEDED: Final = ("chain", "time", "tx", "from", "to", "asset", "kind")


class Arrival(Protocol):
    """What a source hands over at a time: rows of TRANSFERS and rows of REJECTED."""

    @property
    def transfers(self) -> pa.RecordBatch:
        """Rows of TRANSFERS, in input order."""

    @property
    def rejected(self) -> pa.RecordBatch:
        """Rows of REJECTED."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How many rows came, how many were refused, and the first that was."""

    rows: int
    rejected: int
    first: str | None  # "file, row N: reason"


def stage(arrivals: Iterable[Arrival], staged: Path, rejected: Path) -> Iterator[Intake]:
    """Write STAGED rows to `staged` and refused ones to `rejected`; say after each batch how far.

    Raises InvariantError where a batch breaks what TRANSFERS promises.
    """
    rows = refused = 0
    first = None
    with Sink(staged, STAGED, SCRATCH) as sink, _refusals(rejected) as refuse:
        for arrival in arrivals:
            sink.write(_numbered(arrival.transfers, rows))
            rows += arrival.transfers.num_rows
            for row in arrival.rejected.to_pylist():
                first = first or f"{row['file']}, row {row['row']}: {row['reason']}"
                refuse.writerow(row.values())
            refused += arrival.rejected.num_rows
            yield Intake(rows, refused, first)
    yield Intake(rows, refused, first)


@contextmanager
def _refusals(file: Path) -> Iterator[Any]:
    """Open a CSV of REJECTED, with its header."""
    with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(REJECTED.names)
        yield writer


def _numbered(batch: pa.RecordBatch, start: int) -> pa.Table:
    """STAGED rows of one batch whose first row is row `start` of the input."""
    table = pa.Table.from_batches([batch]).select(TRANSFERS.names)
    kind = pc.index_in(table["kind"], _KINDS)
    table = table.set_column(table.schema.get_field_index("kind"), "kind", kind)
    table = table.append_column("pos", pa.array(np.arange(start, start + len(table))))
    table = table.cast(STAGED)
    for name in NEEDED:
        if table[name].null_count:
            raise InvariantError(f"a source gave a transfer without a known {name}")
    narrow, wide = table["amount"].is_valid(), table["amount_wide"].is_valid()
    if pc.any(pc.equal(narrow, wide)).as_py():
        raise InvariantError("a source gave a transfer without an amount, or with two")
    if pc.any(pc.less(table["amount"], _NOTHING)).as_py():
        raise InvariantError("a source gave a negative amount")
    return table
