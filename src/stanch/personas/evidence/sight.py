"""What evidence is found in: the keys, nearness values and pay of one intake, as arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model.personas.values import NO_TIME

Keys64 = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Keys:
    """Columns of KEYS of one kind, sorted by key, record and place."""

    record: npt.NDArray[np.int32]
    key: Keys64
    place: npt.NDArray[np.int32]
    time: npt.NDArray[np.int64]  # microseconds, or NO_TIME

    def once(self) -> "Keys":
        """Each record once under each key, with its first place and its earliest known time."""
        if not len(self.key):
            return self
        first = np.r_[True, (self.key[1:] != self.key[:-1]) | (self.record[1:] != self.record[:-1])]
        at = np.flatnonzero(first)
        known = np.where(self.time == NO_TIME, np.iinfo(np.int64).max, self.time)
        time = np.minimum.reduceat(known, at)
        time[time == np.iinfo(np.int64).max] = NO_TIME
        return Keys(self.record[at], self.key[at], self.place[at], time)


@dataclass(frozen=True, slots=True)
class Near:
    """Rows of OPENED of one kind, by record."""

    record: npt.NDArray[np.int32]
    value: Sequence[str]
    time: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paid:
    """PAID as arrays, and the keys of accounts that are services and tie nobody."""

    src: Keys64
    dst: Keys64
    services: Keys64


@dataclass(frozen=True, slots=True)
class Sight:
    """One intake: `people` records, and what is read of it when it is asked for."""

    people: int
    keys: Callable[[str], Keys]
    near: Callable[[str], Near]
    paid: Paid

    @property
    def pairs(self) -> int:
        """How many pairs of records there are."""
        return self.people * (self.people - 1) // 2


def keys_of(rows: pa.Table) -> Keys:
    """From rows of KEYS of one kind."""
    key, record = rows["key"].to_numpy(), rows["record"].to_numpy()
    place, time = rows["place"].to_numpy(), times(rows["time"])
    order = np.lexsort((place, record, key))
    return Keys(record[order], key[order], place[order], time[order])


def near_of(rows: pa.Table) -> Near:
    """From rows of OPENED of one kind, in the order of records."""
    return Near(rows["record"].to_numpy(), rows["value"].to_pylist(), times(rows["time"]))


def times(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Microseconds of a column of times, NO_TIME for null."""
    whole: npt.NDArray[np.int64] = pc.fill_null(column.cast(pa.int64()), NO_TIME).to_numpy()
    return whole
