"""Tables in which several rows are one entry: gathered by their id, wherever they stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.table import Columns, Row, find_columns
from stanch.formats.lists.tables import tables
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import RefusedEntry


@dataclass(slots=True)
class Group:
    """The rows of one entry, in the order of the table."""

    id: str
    rows: list[Row] = field(default_factory=list)


Drafting = Callable[[Columns, Group], Iterable[Draft]]


@dataclass(frozen=True, slots=True)
class Grouping:
    """How a table is read: its titles, the columns that it must have, of which the first holds the
    id, what makes drafts of a group, and what turns a cell into an id (empty: refused).
    """

    known: Mapping[str, str]
    needed: Sequence[str]
    draft: Drafting
    identify: Callable[[str], str] = str


def groups(files: Sequence[ListFile], grouping: Grouping) -> Iterator[Parsed]:
    """The entries of tables, in the order of their first rows.

    Raises ValueError where a file has no table with the `needed` columns; sheets without them
    (notes, cover pages) are reported as unknown where the file has one with them.
    """
    for file in files:
        unknown = Unknown(file.name)
        found = False
        for sheet in tables(file):
            try:
                columns, _ = find_columns(sheet.rows, grouping.known, grouping.needed, unknown)
            except ValueError as error:
                if not sheet.name:
                    raise
                unknown.note(f"sheet {sheet.name}", str(error))
                continue
            found = True
            yield from _entries(file.name, columns, sheet.rows, grouping)
            columns.note_silent()
        if not found:
            raise ValueError(f"has no sheet with the columns {' and '.join(grouping.needed)}")
        yield from unknown.fields()


def _entries(
    file: str, columns: Columns, rows: Iterator[Row], grouping: Grouping
) -> Iterator[Parsed]:
    key = grouping.needed[0]
    gathered: dict[str, Group] = {}
    refused: list[RefusedEntry] = []
    for row in rows:
        id_ = grouping.identify(columns.one(row, key))
        if row.fault or not id_:
            reason = row.fault or f"has no {key.replace('_', ' ')}"
            refused.append(RefusedEntry(file, row.number, reason))
        else:
            gathered.setdefault(id_, Group(id_)).rows.append(row)
    for group in gathered.values():
        try:
            for draft in grouping.draft(columns, group):
                yield draft.entry()
        except ValueError as error:
            yield RefusedEntry(file, group.rows[0].number, str(error))
    yield from refused
