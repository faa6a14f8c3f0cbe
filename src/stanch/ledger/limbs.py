"""Amounts of TRANSFERS as 128-bit limbs, and as integers where those are too narrow."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

GREATEST = np.uint64(0xFFFFFFFFFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts by row: `limbs` is (n, 2) uint64, low and high, both `GREATEST` on `wide` rows."""

    limbs: np.ndarray
    wide: pa.Array  # 32 bytes, big-endian, or null

    @classmethod
    def of(cls, rows: pa.Table) -> "Amounts":
        """Read the columns amount and amount_wide of `rows`."""
        narrow, wide = one_chunk(rows["amount"]), one_chunk(rows["amount_wide"])
        words = np.frombuffer(narrow.buffers()[1], np.uint64)
        limbs = words[2 * narrow.offset : 2 * (narrow.offset + len(narrow))].reshape(-1, 2).copy()
        if narrow.null_count:
            limbs[np.asarray(narrow.is_null())] = GREATEST
        return cls(limbs, wide)

    def __getitem__(self, row: int) -> int:
        """The amount of `row`, exact."""
        wide = self.wide[row].as_py() if self.limbs[row, 1] == GREATEST else None
        if wide is not None:
            return int.from_bytes(wide, "big")
        return int(self.limbs[row, 0]) | int(self.limbs[row, 1]) << 64

    def is_wide(self) -> np.ndarray:
        """Which rows are wider than the limbs."""
        return np.asarray(self.wide.is_valid())


def one_chunk(column: pa.ChunkedArray) -> pa.Array:
    """A column as one array."""
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
