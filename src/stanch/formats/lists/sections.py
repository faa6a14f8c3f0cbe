"""Sheets as ministries lay them out: a title, a table, perhaps another title and table below it.

A row in which only one thing stands is a title, and what it says goes with the rows that follow,
unless it stands in the column of names and does not read like one: then somebody of whom nothing
but the name is known would be lost. Titles of columns may come again at any place; from there on
they hold.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from stanch.formats.lists.draft import Draft, entry_of
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.name_ids import Apart
from stanch.formats.lists.table import Columns, Row, Sheet, folded
from stanch.formats.lists.tables import tables
from stanch.formats.lists.unknown import Unknown

_TITLE = re.compile(
    r"^[※*<〈【\[]|^주\s*\)|^\W*(?:[가-하\dIVX]{1,3}[.)]\s*)?(?:제재\s*대상\s*)?"
    r"(?:개인|단체|선박|기관|법인|個人|団体|船舶)\s*(?:$|[(（:]|\d)"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row of a table, under the titles that stand above it."""

    section: str
    columns: Columns
    row: Row


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns mean, and of which fields one must be there in a row of titles."""

    known: Mapping[str, str]
    names: Collection[str]

    def is_header(self, fields: set[str]) -> bool:
        """Whether these fields make a row of column titles: a name and something of it."""
        return len(fields) > 1 and not fields.isdisjoint(self.names)


@dataclass(frozen=True, slots=True)
class Sections:
    """How files of such sheets are read: the encoding of those in CSV, what makes a draft of a row,
    and what to say of a file without any table.
    """

    layout: Layout
    encoding: str
    draft: Callable[[Placed, Apart], Draft]
    missing: str


def placed_entries(files: Sequence[ListFile], sections: Sections) -> Iterator[Parsed]:
    """Entries in the order of the sheets. ValueError where a file has no table of the list."""
    apart = Apart()
    for file in files:
        unknown = Unknown(file.name)
        found = False
        for sheet in tables(file, sections.encoding):
            for placed in placed_rows(sheet, sections.layout, unknown):
                found = True
                draft = partial(_sound, placed, apart, sections)
                yield entry_of(file.name, placed.row.number, draft)
        if not found:
            raise ValueError(sections.missing)
        yield from unknown.fields()


def _sound(placed: Placed, apart: Apart, sections: Sections) -> Draft:
    """The draft of a row. Raises ValueError where the table itself is damaged there."""
    if placed.row.fault:
        raise ValueError(placed.row.fault)
    return sections.draft(placed, apart)


def placed_rows(sheet: Sheet, layout: Layout, unknown: Unknown) -> Iterator[Placed]:
    """The rows of all tables in a sheet. A sheet without any gives none, and is noted."""
    section = sheet.name
    columns: Columns | None = None
    above: list[str] = []  # titles since the last row of a table
    for row in sheet.rows:
        said = dict.fromkeys(filter(None, (" ".join(cell.split()) for cell in row.cells)))
        fields = {layout.known.get(folded(cell), "") for cell in said} - {""}
        if layout.is_header(fields):
            section = " / ".join(filter(None, (sheet.name, *above)))
            columns, above = Columns(row, layout.known, unknown), []
        elif columns is None or (len(said) == 1 and _is_title(row, columns, layout)):
            above += said
            if columns is not None:
                unknown.note("(a row that is a title or note)", next(iter(said)))
                section = " / ".join(filter(None, (sheet.name, *above)))
        else:
            above = []
            yield Placed(section, columns, row)
    if columns is None:
        unknown.note(f"sheet {sheet.name}".strip(), " / ".join(above))
    else:
        columns.note_silent()


def _is_title(row: Row, columns: Columns, layout: Layout) -> bool:
    """Whether a row of one thing is no entry: spread over cells, beside the names, or a heading."""
    if sum(map(bool, row.cells)) > 1:
        return True
    named = "".join(columns.one(row, name) for name in layout.names)
    return not named or bool(_TITLE.search(named))
