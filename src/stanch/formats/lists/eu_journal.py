"""EU sanctions as the Official Journal prints them: rows of CSV, one file for each act.

Format: datasets/eu/journal_sanctions/data/FORMAT.md in https://github.com/opensanctions/opensanctions
Two kinds of files may come together: `consolidated` (the whole annexes of an act) and `amendments`
(what one amending act adds or changes). A row is one target in one legal context, and becomes one
entry; an amendment of a target that the consolidated files hold is joined to it. Cells hold several
values, parted by semicolons. How an entry gets its id is said in `eu_journal_ids`.

Programme is the column `programKey`; the legal bases are the CELEX numbers of the acts. What the
column LegalEntity names is an organisation here, as persons have a schema of their own. Names in
brackets that are labelled ("a.k.a.", "Russian:") are names of their own beside the whole text.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from stanch.formats.lists.csv_rows import csv_sheet
from stanch.formats.lists.dates import iso_day
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.embedded_names import embedded_names
from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.eu_journal_ids import Target, entry_ids
from stanch.formats.lists.eu_journal_numbers import CONTACTS, NUMBERS, Cells, add_numbers
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.places import address, countries
from stanch.formats.lists.several_dates import listed_dates
from stanch.formats.lists.table import Columns, Row, find_columns, folded
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import (
    ALIAS,
    FORMER,
    ORGANIZATION,
    PERSON,
    PRIMARY,
    VESSEL,
    WEAK,
    ListedName,
    RefusedEntry,
)

SCHEMAS: Final = {
    "Person": PERSON,
    "LegalEntity": ORGANIZATION,
    "Organization": ORGANIZATION,
    "Company": "Company",
    "Vessel": VESSEL,
    "Asset": "Asset",
}
SINGLE: Final = (
    "celex", "amendedCelex", "amendmentCelex", "recordId", "programKey", "annex", "measure",
    "startDate", "reason", "schema", "name",
)  # fmt: skip
_NAMES: Final = {"alias": ALIAS, "weakAlias": WEAK, "previousName": FORMER}
_COUNTRIES: Final = {
    "country": "country",
    "nationality": "nationality",
    "jurisdiction": "registration",
    "flag": "flag",
}
_LISTED = re.compile(r"\([b-d]\)")
# kppCode is a tax office's number for a branch, shared by thousands: nobody is told by it.
OTHER: Final = (
    "annex", "measure", "recordId", "appearance", "ethnicity", "fatherName", "motherName",
    "incorporationDate", "legalForm", "sector", "kppCode", "ticker",
)  # fmt: skip
COLUMNS: Final = {
    folded(title): title
    for title in (
        *SINGLE, *OTHER, *_NAMES, *_COUNTRIES, *NUMBERS, *CONTACTS, "birthDate", "birthPlace",
        "position", "passportNumber", "idNumber", "registrationNumber", "gender", "address",
        "notes",
    )
}  # fmt: skip


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of their first rows, then what is refused and what is unknown."""
    targets: list[Target] = []
    faults: list[Parsed] = []
    for file in files:
        try:
            _read(file, targets, faults)
        except ValueError as error:
            raise ValueError(f"{file.name} {error}") from None
    for id_, group in entry_ids(targets):
        yield _draft(id_, group).entry()
    yield from faults


def _read(file: ListFile, targets: list[Target], faults: list[Parsed]) -> None:
    """Add the rows of one file. Raises ValueError where it is none of the Journal."""
    unknown = Unknown(file.name)
    rows = csv_sheet(file, mark=",").rows
    columns, _ = find_columns(rows, COLUMNS, ("schema", "name", "programKey"), unknown)
    if not ("celex" in columns or "amendedCelex" in columns):
        raise ValueError("has no column celex or amendedCelex")
    for row in rows:
        try:
            targets.append(_target(file.name, columns, row))
        except ValueError as error:
            faults.append(RefusedEntry(file.name, row.number, str(error)))
    columns.note_silent()
    faults += unknown.fields()


def _target(file: str, columns: Columns, row: Row) -> Target:
    """One row, its cells parted. Raises ValueError with a reason where it is no target."""
    if row.fault:
        raise ValueError(row.fault)
    cells: Cells = {}
    for name in COLUMNS.values():
        said = columns.one(row, name)
        if said:
            cells[name] = (said,) if name in SINGLE else _values(said)
    strays = columns.strays(row)
    if cells.get("schema", ("",))[0] not in SCHEMAS:
        raise ValueError(f"has an unknown schema {cells.get('schema', ('',))[0][:40]!r}")
    for name in ("name", "programKey"):
        if name not in cells:
            raise ValueError(f"has no {name}")
    if not ("celex" in cells or "amendedCelex" in cells):
        raise ValueError("has no celex of the act")
    return Target(file, row.number, cells, strays)


def _values(cell: str) -> tuple[str, ...]:
    """The values of one cell. A value with a semicolon in it stands in quotes."""
    try:
        values = next(csv.reader([cell], delimiter=";", skipinitialspace=True), [])
    except csv.Error:
        return (cell,)
    return tuple(filter(None, (value.strip() for value in values)))


def _draft(id_: str, group: Sequence[Target]) -> Draft:
    """One entry from the row of the consolidated act and those that amend it."""
    draft = Draft(id_, SCHEMAS[group[0].one("schema")])
    for at, target in enumerate(group):
        cells = target.cells
        for name in cells["name"]:
            _add_name(draft, name, ALIAS if at else PRIMARY)
        for column, kind in _NAMES.items():
            for name in cells.get(column, ()):
                _add_name(draft, name, kind)
        draft.programs += cells["programKey"]
        for column in ("celex", "amendedCelex", "amendmentCelex"):
            draft.legal_bases += cells.get(column, ())
        draft.births += chain.from_iterable(map(listed_dates, cells.get("birthDate", ())))
        draft.birth_places += cells.get("birthPlace", ())
        draft.genders += (each.lower() for each in cells.get("gender", ()))
        draft.roles += cells.get("position", ())
        draft.addresses += (address(each) for each in cells.get("address", ()))
        draft.remarks += (*cells.get("reason", ()), *cells.get("notes", ()))
        for column, role in _COUNTRIES.items():
            for text in cells.get(column, ()):
                draft.countries += countries(text, role)
        for column in OTHER:
            draft.also(column, cells.get(column, ()))
        draft.other += target.strays
        add_numbers(draft, cells)
        _add_start(draft, target.one("startDate"))
    return draft


def _add_name(draft: Draft, text: str, kind: str) -> None:
    """A name as it is printed, and those that stand inside it or are listed in it as (a), (b)."""
    draft.names.append(ListedName(text, kind))
    members = enumerated(text) if _LISTED.search(text) else [text]
    for member in members:
        if len(members) > 1:
            draft.names.append(ListedName(member, ALIAS if kind == PRIMARY else kind))
        draft.names += embedded_names(member)


def _add_start(draft: Draft, text: str) -> None:
    """The day of listing; one that is no whole day stays as it is printed."""
    day = iso_day(text)
    draft.listed_on = draft.listed_on or day
    if text and day != draft.listed_on:
        draft.other.append(("startDate", text))
