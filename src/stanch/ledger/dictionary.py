"""A dictionary: every text once, in the order of its bytes; its id is its place.

The texts lie in two scratch files that are mapped into memory, so that tens of millions of
addresses can be looked up by id without being held.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa

from stanch.errors import InputError
from stanch.store.parquet import Sink

MOST = 2**31 - 1


class Dictionary:
    """Texts by id, from the two files that `number` wrote: where each text ends, and the bytes."""

    def __init__(self, stem: Path, size: int) -> None:
        """Map `size` texts into memory."""
        self._size = size
        ends, data = (pa.memory_map(str(stem.with_suffix(each))) for each in (".ends", ".bytes"))
        self._texts = pa.LargeStringArray.from_buffers(size, ends.read_buffer(), data.read_buffer())

    def __len__(self) -> int:
        """How many texts there are."""
        return self._size

    def take(self, ids: pa.Array) -> pa.Array:
        """Texts of `ids` (int32)."""
        return self._texts.take(ids).cast(pa.string())

    def texts(self) -> pa.LargeStringArray:
        """All texts by id."""
        return self._texts


def number(ordered: Iterable[pa.RecordBatch], file: Path, schema: pa.Schema) -> Dictionary:
    """Number texts that come once each in byte order, as batches of one column.

    Writes `file`, Parquet with the two columns of `schema` (id, text), and beside it what a
    `Dictionary` needs. Raises InputError where there are more texts than an id can count.
    """
    size = end = 0
    with (
        Sink(file, schema) as sink,
        file.with_suffix(".ends").open("wb") as ends,
        file.with_suffix(".bytes").open("wb") as data,
    ):
        ends.write(np.int64(0).tobytes())
        for batch in ordered:
            texts = batch.column(0).cast(pa.large_string())
            ids = np.arange(size, size + len(texts))
            size += len(texts)
            if size > MOST:
                raise InputError(file.stem, f"there are more than {MOST:,} different ones")
            sink.write(pa.table([pa.array(ids, pa.int32()), texts.cast(pa.string())], schema))
            stops = _stops(texts)
            ends.write((stops[1:] - stops[0] + end).tobytes())
            data.write(texts.buffers()[2][stops[0] : stops[-1]])
            end += int(stops[-1] - stops[0])
    return Dictionary(file, size)


def _stops(texts: pa.LargeStringArray) -> np.ndarray:
    """Where each text begins, and where the last one ends, in the array's own bytes."""
    return np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
