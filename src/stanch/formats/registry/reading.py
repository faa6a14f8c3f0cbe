"""One file of the registry, cell by cell: rows that know their place, and what is wrong."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stanch.formats.lists.csv_rows import csv_sheet
from stanch.formats.lists.listfile import ListFile
from stanch.formats.lists.table import Row
from stanch.formats.registry.schema import Column, Table

_COMPUTED: Final = (
    "=+-@"  # how formulas begin; these files, and tables of them, are opened as sheets
)
_WORDS: Final = ("text", "listed")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong: in which file and line, by which rule."""

    file: str
    line: int
    rule: str
    reason: str

    def __str__(self) -> str:
        """As one line."""
        return f"{self.file}, line {self.line}: {self.reason} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Line:
    """A row whose cells can all be read. What is empty is None, in lists ()."""

    file: str
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        """A cell."""
        return self.values[column]

    def fault(self, rule: str, reason: str) -> Fault:
        """That something is wrong with it."""
        return Fault(self.file, self.line, rule, reason)


@dataclass(slots=True)
class Reading:
    """The rows of a file, and what is wrong with it: a row with a fault is not among `lines`, but
    its id is among `ids`, so that who names it is not at fault too.
    """

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


def read(name: str, data: bytes, table: Table) -> Reading:
    """Read a file of a table, as far as it can be read."""
    found, number = Reading(), 1
    try:
        rows = csv_sheet(ListFile(name, io.BytesIO(data)), mark=",").rows
        head = next(rows, None)
        places = _places(name, head, table)
        if isinstance(places, Fault):
            return Reading(faults=[places])
        key = [each.name for each in places].index("id") if table.keyed else None
        for row in rows:
            number = row.number
            if key is not None and len(row.cells) == len(places):
                found.ids.add(row.cells[key].strip())
            line = _line(name, row, places)
            if isinstance(line, Line):
                found.lines.append(line)
            else:
                found.faults += line
    except ValueError as error:
        found.faults.append(Fault(name, number, "file", str(error)))
    return found


def _places(name: str, head: Row | None, table: Table) -> Sequence[Column] | Fault:
    """The columns in the order of the file."""
    if head is None or head.fault:
        return Fault(name, 1, "file", head.fault if head else "is empty")
    known = {column.name: column for column in table.columns}
    titles = [title.strip() for title in head.cells]
    strange = [title for title in titles if title not in known]
    if strange:
        return Fault(name, 1, "column", f"has a column {strange[0][:80]!r} that it does not know")
    if len(titles) != len(set(titles)):
        return Fault(name, 1, "column", "has a column twice")
    missing = [title for title in known if title not in titles]
    if missing:
        return Fault(name, 1, "column", f"has no column {missing[0]}")
    return [known[title] for title in titles]


def _line(name: str, row: Row, columns: Sequence[Column]) -> Line | list[Fault]:
    if row.fault:
        return [Fault(name, row.number, "row", row.fault)]
    if len(row.cells) != len(columns):
        reason = f"has {len(row.cells)} cells, not {len(columns)}: is a comma outside of quotes?"
        return [Fault(name, row.number, "row", reason)]
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column, written in zip(columns, row.cells, strict=True):
        cell = written.strip()
        if not cell:
            values[column.name] = None
            if column.needed:
                faults.append(Fault(name, row.number, "missing", f"{column.name}: is empty"))
            continue
        if cell[0] in _COMPUTED and column.rule in _WORDS:
            reason = f"begins with {cell[0]}: a spreadsheet would compute it"
            faults.append(Fault(name, row.number, "formula", f"{column.name}: {reason}"))
        try:
            values[column.name] = column.read(cell)
        except ValueError as error:
            faults.append(Fault(name, row.number, column.rule, f"{column.name}: {error}"))
    return faults or Line(name, row.number, values)
