"""Lists that are tables: rows of text, and the columns in them that a parser knows.

Titles are compared without case, spaces and punctuation: "D.O.B", "DOB" and "d o b" are one, and
so are "生 年 月 日" and "生年月日". A column of another name is reported once, with how many rows
had something in it, and each value stays with its entry under the column's own name.
"""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from stanch.formats.lists.unknown import Unknown

LOOK_AHEAD: Final = 30  # rows that may stand above the titles: a name, a date, a note


class Row(NamedTuple):
    """One row: its place, from 1, and its cells as text. `fault` says why it cannot be used."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file. `name` is the sheet's, empty for CSV."""

    file: str
    name: str
    rows: Iterator[Row]


def folded(title: str) -> str:
    """A title without case, width, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


class Columns:
    """Where the known columns stand in a table's rows. `known` maps folded titles to fields."""

    def __init__(self, header: Row, known: Mapping[str, str], unknown: Unknown) -> None:
        """Find the columns by the titles in `header`."""
        self._places: dict[str, list[int]] = {}
        self._used: set[int] = set()
        self._strange: dict[int, str] = {}
        self._silent: dict[int, str] = {}  # of those, the ones that have said nothing so far
        self._unknown = unknown
        for place, title in enumerate(header.cells):
            if name := known.get(folded(title)):
                self._places.setdefault(name, []).append(place)
                self._used.add(place)
            elif title.strip():
                self._strange[place] = self._silent[place] = " ".join(title.split())

    def __contains__(self, name: str) -> bool:
        """Whether the table has any column of a field."""
        return name in self._places

    def all(self, row: Row, name: str) -> tuple[str, ...]:
        """What the columns of a field say, without empty cells."""
        cells = row.cells
        found = (cells[at].strip() for at in self._places.get(name, ()) if at < len(cells))
        return tuple(filter(None, found))

    def one(self, row: Row, name: str) -> str:
        """The first thing that the columns of a field say, or nothing."""
        return next(iter(self.all(row, name)), "")

    def strays(self, row: Row) -> tuple[tuple[str, str], ...]:
        """What stands in columns that nobody knows, noted and given back to be kept."""
        found: list[tuple[str, str]] = []
        for place, cell in enumerate(row.cells):
            if place not in self._used and (text := cell.strip()):
                title = self._strange.get(place, f"(column {place + 1}, no title)")
                self._silent.pop(place, None)
                self._unknown.note(title, text)
                found.append((title, text))
        return tuple(found)

    def note_silent(self) -> None:
        """Note the unknown columns in which no row had anything; to be called at the end."""
        for title in self._silent.values():
            self._unknown.note(title)


def find_columns(
    rows: Iterator[Row], known: Mapping[str, str], needed: Collection[str], unknown: Unknown
) -> tuple[Columns, tuple[Row, ...]]:
    """The columns of a table, found by the first row that has all `needed` ones, and the rows
    above it. Raises ValueError where no row within LOOK_AHEAD has them.
    """
    above: list[Row] = []
    for row in islice(rows, LOOK_AHEAD):
        fields = {known.get(folded(title)) for title in row.cells}
        if fields.issuperset(needed):
            return Columns(row, known, unknown), tuple(above)
        above.append(row)
    wanted = " and ".join(name.replace("_", " ") for name in needed)
    raise ValueError(f"has no row of column titles with {wanted}")
