"""Where a figure leads: to the row of an annex that makes it, or to the list of its rows.

Rows have numbers: A1 for incidents, B1 for orders, D1 for sources, E1 for what lies in cases,
F1 for reviews of orders. A figure of several rows leads to a line C1 of the annex of figures, which
names them; the same rows have one line.
"""

from collections.abc import Sequence
from typing import Final

from stanch.errors import InvariantError
from stanch.reports.pack.pack import ENTRY, ORDER, REVIEW, SOURCE, Pack

_MARK: Final = "\0"


class Anchors:
    """The numbers of a pack's rows, and the lines of figures that were asked for so far."""

    def __init__(self, pack: Pack) -> None:
        """Number all rows in their order."""
        families = (
            ("A", [each.name for each in pack.incidents]),
            ("B", [f"{ORDER}/{each.id}" for each in pack.orders or ()]),
            ("D", [f"{SOURCE}/{each.id}" for each in pack.sources]),
            ("E", [f"{ENTRY}/{each.id}" for each in pack.entries]),
            ("F", [f"{REVIEW}/{one.id}" for each in pack.orders or () for one in each.reviews]),
        )
        self._rows: dict[str, str] = {}
        for letter, names in families:
            numbers = [f"{letter}{place}" for place in range(1, len(names) + 1)]
            self._rows.update(zip(names, numbers, strict=True))
        self._order = dict(zip(self._rows, range(len(self._rows)), strict=True))
        self._lines: dict[tuple[int, ...], str] = {}

    def row(self, name: str) -> str:
        """The anchor of one row. Raises InvariantError where the pack does not hold it."""
        found = self._rows.get(name)
        if found is None:
            raise InvariantError(f"a figure rests on {name}, which the pack does not hold")
        return found

    def rows(self, names: Sequence[str]) -> list[str]:
        """The anchors of many; of an empty name an empty one. Raises as `row`."""
        known = self._rows
        try:
            return [known[each] if each else "" for each in names]
        except KeyError:
            return [self.row(each) if each else "" for each in names]

    def of(self, rows: Sequence[str]) -> str:
        """The anchor of a figure's rows; none where it has none."""
        if not rows:
            return ""
        if len(rows) == 1:
            return self.row(rows[0])
        try:
            key = tuple(sorted({self._order[each] for each in rows}))
        except KeyError as missing:
            return self.row(missing.args[0])
        return self._lines.setdefault(key, f"C{len(self._lines) + 1}")

    def lines(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every line of figures with the anchors of its rows."""
        anchors = list(self._rows.values())
        return [(line, tuple(anchors[row] for row in rows)) for rows, line in self._lines.items()]


class Named(Anchors):
    """In the place of numbers, which a later pack gives: what is drawn with it is cut there."""

    def __init__(self) -> None:
        """Of no pack."""
        self._names: list[str] = []

    def row(self, name: str) -> str:
        """A mark that no text from outside has: control characters are not shown."""
        self._names.append(name)
        return f"{_MARK}{len(self._names) - 1}{_MARK}"

    def cut(self, drawn: str) -> tuple[str, ...]:
        """What was drawn; every second piece is the name of a row, the last an empty one; the
        others are as they are.
        """
        pieces = drawn.split(_MARK)
        pieces[1::2] = [self._names[int(each)] for each in pieces[1::2]]
        return (*pieces, "")
