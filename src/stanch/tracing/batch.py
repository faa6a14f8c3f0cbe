"""Rows of MOVES as arrays, cut so that a swapping transaction is never torn apart."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

COLUMNS = ("src", "dst", "amount_lo", "amount_hi", "amount_wide", "group")
WITH_TX = (*COLUMNS, "tx")

Moves = Callable[[tuple[str, ...]], Iterable[pa.RecordBatch]]  # reads columns from the start

_NO_TX = np.empty(0, np.int64)


def without_wide(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns to read where no asset is wide: amounts are in the limbs then."""
    return tuple(column for column in columns if column != "amount_wide")


@dataclass(frozen=True, slots=True)
class MoveBatch:
    """Consecutive MOVES; `base` is the row number of the first in the ledger.

    Purses are unsigned so that compiled code need not look for negative places. `tx` is empty
    where it was not read.
    """

    base: int
    src: npt.NDArray[np.uint32]
    dst: npt.NDArray[np.uint32]
    lo: npt.NDArray[np.uint64]
    hi: npt.NDArray[np.uint64]
    group: npt.NDArray[np.uint8]
    tx: npt.NDArray[np.int64]
    wide: dict[int, int]  # place in the batch -> amount, where the limbs are too narrow

    def __len__(self) -> int:
        """Count of rows."""
        return len(self.src)

    def amount(self, place: int) -> int:
        """Amount moved by the row at `place`, in the asset's smallest unit."""
        if place in self.wide:
            return self.wide[place]
        return int(self.lo[place]) | int(self.hi[place]) << 64

    def group_start(self, place: int) -> int:
        """First place of the swapping transaction at `place`; `place` itself outside of one.

        A place before or beyond the batch is taken as its beginning or its end.
        """
        place = max(0, min(place, len(self)))
        while place and self.group[place - 1] == 1:
            place -= 1
        return place

    def group_end(self, place: int) -> int:
        """Place just after the transaction whose first row is at `place`."""
        while self.group[place] == 1:
            place += 1
        return place + 1


def batches(moves: Iterable[pa.RecordBatch]) -> Iterator[MoveBatch]:
    """Turn MOVES into arrays, carrying an unfinished transaction over to the next batch."""
    base = 0
    rest: pa.RecordBatch | None = None
    for arrived in moves:
        table = arrived if rest is None else _joined(rest, arrived)
        group = table.column("group").to_numpy()
        cut = len(group)
        while cut and group[cut - 1] == 1:
            cut -= 1
        rest = table.slice(cut) if cut < len(table) else None
        if cut:
            yield _arrays(table.slice(0, cut), base)
            base += cut
    if rest is not None:
        yield _arrays(rest, base)


def _joined(one: pa.RecordBatch, other: pa.RecordBatch) -> pa.RecordBatch:
    table = pa.Table.from_batches([one, other]).combine_chunks()
    return table.to_batches()[0]


def _arrays(rows: pa.RecordBatch, base: int) -> MoveBatch:
    return MoveBatch(
        base=base,
        src=rows.column("src").to_numpy().view(np.uint32),
        dst=rows.column("dst").to_numpy().view(np.uint32),
        lo=rows.column("amount_lo").to_numpy(),
        hi=rows.column("amount_hi").to_numpy(),
        group=rows.column("group").to_numpy(),
        tx=rows.column("tx").to_numpy() if "tx" in rows.schema.names else _NO_TX,
        wide=_wide(rows),
    )


def _wide(rows: pa.RecordBatch) -> dict[int, int]:
    if "amount_wide" not in rows.schema.names:
        return {}
    column = rows.column("amount_wide")
    if column.null_count == len(column):
        return {}
    places = np.flatnonzero(np.asarray(column.is_valid()))
    return {int(place): int.from_bytes(column[int(place)].as_py(), "big") for place in places}
