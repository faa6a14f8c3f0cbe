"""Watched rows in arrays, sorted by the 64-bit hash of the address's normal form.

A hash only leads to rows; the forms themselves are compared before anything is answered, so that no
address is ever taken for another. For each query the same number of rows is looked at, whatever
stands there: how long a look-up takes says nothing of rows that the member may not see.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stanch.screening.identifiers.index import key_of
from stanch.screening.watch.audiences import NOBODY, Mask

Places = npt.NDArray[np.intp]

CHUNK: Final = 100_000  # rows that are Python's at one time
_CELLS: Final = 1 << 20  # looked at in one step


class Row(NamedTuple):
    """One row: an address's normal form, the number of its source, its audience, and details."""

    form: str
    source: int
    audience: int
    hop: int
    amount: str


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Columns of one length. `width` is the most rows that one hash has."""

    keys: npt.NDArray[np.uint64]
    forms: pa.Array
    sources: npt.NDArray[np.uint32]
    audiences: npt.NDArray[np.uint32]
    hops: npt.NDArray[np.int32]
    amounts: pa.Array
    width: int

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Sort rows in; those of one hash stay in the order in which they came."""
        rest, parts = iter(rows), [_columns([])]
        while chunk := list(islice(rest, CHUNK)):
            parts.append(_columns(chunk))
        return cls.joined(parts)

    def __len__(self) -> int:
        """Rows, those that have ended included."""
        return len(self.keys)

    def search(self, hashes: npt.NDArray[np.uint64], allowed: Mask) -> tuple[Places, Places]:
        """(place in `hashes`, row here) of each row with that hash whose audience is allowed.

        The last row may be named twice.
        """
        found = [
            self._searched(hashes[start : start + step], allowed, start)
            for step in (max(1, _CELLS // max(1, self.width)),)
            for start in range(0, len(hashes), step)
        ]
        places, rows = zip(*found, strict=True) if found else ((), ())
        none = np.empty(0, np.intp)
        return np.concatenate([none, *places]), np.concatenate([none, *rows])

    def _searched(
        self, hashes: npt.NDArray[np.uint64], allowed: Mask, start: int
    ) -> tuple[Places, Places]:
        if not len(self):
            return np.empty(0, np.intp), np.empty(0, np.intp)
        first = self.keys.searchsorted(hashes)
        rows = np.minimum(first[:, None] + np.arange(self.width), len(self) - 1)
        seen = (self.keys[rows] == hashes[:, None]) & allowed[self.audiences[rows]]
        places, _ = at = np.nonzero(seen)
        return places + start, rows[at]

    def near(self, key: np.uint64, allowed: Mask) -> Iterator[Row]:
        """The rows that `search` finds for one hash, by a shorter way for one alone."""
        first = int(self.keys.searchsorted(key))
        rows = slice(first, first + self.width)
        seen = (self.keys[rows] == key) & allowed[self.audiences[rows]]
        for at in seen.nonzero()[0].tolist():
            yield self._row(first + at)

    def rows_of(self, sources: Iterable[int]) -> Places:
        """Rows of these sources."""
        wanted = list(sources)
        return np.flatnonzero(np.isin(self.sources, np.array(wanted, np.uint32)))

    def read(self, rows: Places) -> Iterator[Row]:
        """These rows, in this order."""
        at = pa.array(rows)
        return map(
            Row,
            self.forms.take(at).to_pylist(),
            self.sources[rows].tolist(),
            self.audiences[rows].tolist(),
            self.hops[rows].tolist(),
            self.amounts.take(at).to_pylist(),
        )

    def _row(self, at: int) -> Row:
        return Row(
            self.forms[at].as_py(),
            int(self.sources[at]),
            int(self.audiences[at]),
            int(self.hops[at]),
            self.amounts[at].as_py(),
        )

    def ended(self, rows: Places) -> Self:
        """The same, with these rows open to nobody from now on."""
        if not len(rows):
            return self
        audiences = self.audiences.copy()
        audiences[rows] = NOBODY
        return replace(self, audiences=audiences)

    @classmethod
    def joined(cls, parts: Sequence["Level"]) -> Self:
        """All rows of the parts that have not ended, sorted.

        Column by column, so that only one is held twice.
        """
        audiences = np.concatenate([part.audiences for part in parts])
        keys = np.concatenate([part.keys for part in parts])
        order = keys.argsort(kind="stable")
        order = order[audiences[order] != NOBODY]
        keys, at = keys[order], pa.array(order)

        def texts(columns: list[pa.Array]) -> pa.Array:
            return pa.concat_arrays(columns).take(at)

        return cls(
            keys,
            texts([part.forms for part in parts]),
            np.concatenate([part.sources for part in parts])[order],
            audiences[order],
            np.concatenate([part.hops for part in parts])[order],
            texts([part.amounts for part in parts]),
            _width(keys),
        )


def hashes_of(forms: Iterable[str], count: int) -> npt.NDArray[np.uint64]:
    """The keys of normal forms."""
    return np.fromiter(map(key_of, forms), np.uint64, count)


def _columns(rows: list[Row]) -> Level:
    """Rows as columns, not sorted yet."""
    forms, sources, audiences, hops, amounts = zip(*rows, strict=True) if rows else ((),) * 5
    return Level(
        hashes_of(forms, len(forms)),
        pa.array(forms, pa.string()),
        np.array(sources, np.uint32),
        np.array(audiences, np.uint32),
        np.array(hops, np.int32),
        pa.array(amounts, pa.string()),
        0,
    )


def _width(keys: npt.NDArray[np.uint64]) -> int:
    if not len(keys):
        return 0
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return int(np.diff(np.append(starts, len(keys))).max())
