"""A large level that is seldom made anew, and a small one that takes every change.

The small level is sorted anew with each change, which costs milliseconds while it is small, and
is searched in the same way as the large one. So a change is seen at once and no row is slower.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from stanch.screening.watch.audiences import NOBODY, Mask
from stanch.screening.watch.level import Level, Places, Row, hashes_of

MAX_FRESH: Final = 50_000  # rows of the small level, above which it is time to make the large anew

_NONE: Final = Level.of(())


@dataclass(frozen=True, slots=True, eq=False)
class Shelf:
    """Rows in two levels."""

    base: Level
    fresh: Level

    @classmethod
    def of(cls, parts: Sequence[Level]) -> Self:
        """All rows in the large level."""
        return cls(Level.joined([_NONE, *parts]), _NONE)

    def __len__(self) -> int:
        """Rows, those that have ended included."""
        return len(self.base) + len(self.fresh)

    def added(self, rows: list[Row]) -> Self:
        """With these rows too."""
        return replace(self, fresh=Level.joined([self.fresh, Level.of(rows)])) if rows else self

    def ended(self, sources: list[int], forms: frozenset[str] | None) -> Self:
        """Without these sources' rows: all of them, or those with one of these forms."""
        if not sources:
            return self
        return replace(
            self,
            base=_ended(self.base, sources, forms),
            fresh=_ended(self.fresh, sources, forms),
        )

    def compacted(self) -> Self:
        """All that is live in the large level."""
        return type(self)(Level.joined([self.base, self.fresh]), _NONE)

    def search(self, forms: list[str], allowed: Mask) -> Iterator[tuple[int, Row]]:
        """(place in `forms`, row) of every allowed row with that form."""
        hashes = hashes_of(forms, len(forms))
        for level in (self.base, self.fresh):
            places, rows = level.search(hashes, allowed)
            if len(places):
                for place, row in zip(places.tolist(), level.read(rows), strict=True):
                    if row.form == forms[place]:
                        yield place, row

    def near(self, form: str, key: np.uint64, allowed: Mask) -> Iterator[Row]:
        """Every allowed row with that form, whose hash is `key`."""
        for level in (self.base, self.fresh):
            for row in level.near(key, allowed):
                if row.form == form:
                    yield row

    def open_rows(self, allowed: Mask) -> Iterator[Row]:
        """Every row whose audience is allowed."""
        for level in (self.base, self.fresh):
            yield from level.read(np.flatnonzero(allowed[level.audiences]))

    def audiences(self) -> set[int]:
        """The numbers of the audiences of its rows."""
        used: set[int] = set()
        for level in (self.base, self.fresh):
            used.update(np.flatnonzero(np.bincount(level.audiences)).tolist())
        return used - {NOBODY}


def _ended(level: Level, sources: list[int], forms: frozenset[str] | None) -> Level:
    rows: Places = level.rows_of(sources)
    if forms is not None:
        hashed = hashes_of(forms, len(forms))
        rows = rows[np.isin(level.keys[rows], hashed)]
        said = [each.form in forms for each in level.read(rows)]
        rows = rows[np.array(said, np.bool_)]
    return level.ended(rows)
