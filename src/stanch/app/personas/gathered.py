"""What workers made, gathered in the order of the files, and written in the order of records.

Keys are kept in memory, 24 bytes each: a million applications with fifty million keys take 1.2 GB.
Sealed values go to a file at once and are mapped when they are written in order.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stanch.app.personas import folder
from stanch.app.personas.prepare import Keys, Part
from stanch.model.personas.tables import KEYS, SEALED
from stanch.model.personas.values import NO_TIME, Ints, Times
from stanch.store.parquet import ROW_GROUP, Layout, Sink

_HEAP: Final = ".sealed"


class Gathered:
    """Parts of an intake on their way into its folder."""

    def __init__(self, work: Path) -> None:
        """`work` is the folder under way."""
        self._work = work
        self._heap = (work / _HEAP).open("wb")
        self._keys: dict[str, list[Keys]] = {}
        self._sealed: dict[str, list[tuple[Ints, npt.NDArray[np.int64]]]] = {}
        self._end = 0

    def add(self, begun: int, part: Part) -> None:
        """The part of a batch whose first record came `begun`-th."""
        for kind, keys in part.keys.items():
            moved = Keys(keys.owner + np.int32(begun), keys.key, keys.place, keys.time)
            self._keys.setdefault(kind, []).append(moved)
        for kind, (owner, made) in part.sealed.items():
            lengths = np.fromiter(map(len, made), dtype=np.int64, count=len(made))
            starts = self._end + np.r_[0, np.cumsum(lengths)]
            self._heap.write(b"".join(made))
            whose = np.array(owner, dtype=np.int32) + np.int32(begun)
            self._sealed.setdefault(kind, []).append((whose, starts))
            self._end = int(starts[-1])

    def write(self, rank: Ints) -> dict[str, int]:
        """Write KEYS and SEALED; `rank` is the number of each record. Returns keys by kind."""
        counts = self._write_keys(rank)
        self._heap.close()
        self._write_sealed(rank)
        (self._work / _HEAP).unlink()
        return counts

    def _write_keys(self, rank: Ints) -> dict[str, int]:
        counts = {}
        with Sink(self._work / folder.KEYS, KEYS, Layout(repeating=("kind",))) as sink:
            for kind in sorted(self._keys):
                parts = self._keys.pop(kind)
                record = rank[np.concatenate([each.owner for each in parts])]
                key = np.concatenate([each.key for each in parts])
                place = np.concatenate([each.place for each in parts])
                time = np.concatenate([each.time for each in parts])
                del parts
                order = np.lexsort((time, place, record, key))
                counts[kind] = len(order)
                for start in range(0, len(order), ROW_GROUP):
                    at = order[start : start + ROW_GROUP]
                    sink.write(keys_table(kind, Keys(record[at], key[at], place[at], time[at])))
        return counts

    def _write_sealed(self, rank: Ints) -> None:
        with (
            Sink(self._work / folder.SEALED, SEALED, Layout("none", ("kind",))) as sink,
            pa.memory_map(str(self._work / _HEAP)) as heap,
        ):
            data = heap.read_buffer() if self._end else pa.py_buffer(b"")
            for kind in sorted(self._sealed):
                for record, sealed in _in_order(data, self._sealed[kind], rank):
                    kinds = pa.repeat(pa.scalar(kind), len(record))
                    columns = [pa.array(record), kinds, sealed.cast(pa.binary())]
                    sink.write(pa.table(columns, schema=SEALED))


def keys_table(kind: str, keys: Keys) -> pa.Table:
    """Columns of KEYS."""
    time = pa.array(keys.time, mask=keys.time == NO_TIME).cast(KEYS.field("time").type)
    kinds = pa.repeat(pa.scalar(kind), len(keys.owner))
    columns = [pa.array(keys.owner), kinds, pa.array(keys.key), pa.array(keys.place), time]
    return pa.table(columns, schema=KEYS)


def _in_order(
    data: pa.Buffer, parts: list[tuple[Ints, Times]], rank: Ints
) -> Iterator[tuple[Ints, pa.Array]]:
    """Records and their sealed values of one kind, by record, a row group at a time."""
    record = rank[np.concatenate([owner for owner, _ in parts])]
    start = np.concatenate([starts[:-1] for _, starts in parts])
    end = np.concatenate([starts[1:] for _, starts in parts])
    order = np.argsort(record, kind="stable")
    whole = memoryview(data)
    for begun in range(0, len(order), ROW_GROUP):
        at = order[begun : begun + ROW_GROUP]
        spans = zip(start[at].tolist(), end[at].tolist(), strict=True)
        yield record[at], pa.array([whole[a:b] for a, b in spans], pa.binary())
