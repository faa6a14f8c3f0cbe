"""Australia's Consolidated List: regulation8_consolidated.xlsx.

Publisher: Department of Foreign Affairs and Trade, Australian Sanctions Office. No official file
was at hand: this is written against the published columns and tested on files made for it. CSV
with the same columns is read too.

A reference is a number (the main name) or a number with letters (another name: 101a): rows with
one number are one entry, and the number is its id. The publisher has used a number twice by
mistake; a second main name of another spelling, apart from the first rows, begins the entry
"101-2". Dates, places and addresses are listed in a cell as "a) ... b) ...".
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Final

from stanch.formats.lists.dates import iso_day
from stanch.formats.lists.draft import Draft
from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.grouped import Group, Grouping, groups
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.numbers import identifiers
from stanch.formats.lists.places import address, countries
from stanch.formats.lists.several_dates import listed_dates
from stanch.formats.lists.table import Columns, Row, folded
from stanch.model.listed import (
    ALIAS,
    FORMER,
    IMO,
    ORGANIZATION,
    PERSON,
    PRIMARY,
    UNKNOWN,
    VESSEL,
    WEAK,
    ListedName,
)

COLUMNS: Final = {
    folded(title): name
    for title, name in (
        ("Reference", "reference"),
        ("Name of Individual or Entity", "name"),
        ("Type", "type"),
        ("Name Type", "name_type"),
        ("Alias Strength", "strength"),
        ("Date of Birth", "birth"),
        ("Place of Birth", "birth_place"),
        ("Citizenship", "citizenship"),
        ("Address", "address"),
        ("Additional Information", "information"),
        ("Listing Information", "listing"),
        ("IMO Number", "imo"),
        ("Committees", "committees"),
        ("Control Date", "control"),
        ("Instrument of Designation", "instrument"),
        ("Targeted Financial Sanction", "financial"),
        ("Travel Ban", "travel"),
        ("Arms Embargo", "arms"),
        ("Maritime Restriction", "maritime"),
    )
}
SCHEMAS: Final = {
    "individual": PERSON,
    "person": PERSON,
    "entity": ORGANIZATION,
    "vessel": VESSEL,
    "ship": VESSEL,
}
KINDS: Final = {
    "": PRIMARY,
    "primary name": PRIMARY,
    "primary": PRIMARY,
    "formerly known as": FORMER,
    "previously listed as": FORMER,
}
ORIGINAL: Final = "original script"
_MEASURES: Final = {
    "financial": "Targeted Financial Sanction",
    "travel": "Travel Ban",
    "arms": "Arms Embargo",
    "maritime": "Maritime Restriction",
}
_REFERENCE = re.compile(r"(\d{1,9})\s*[A-Za-z]{0,4}")
_FIRST_DAY = datetime.date(1899, 12, 30)  # of Excel's calendar
_SERIALS: Final = range(20_000, 80_000)  # 1954 to 2119


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of their first rows, then what is refused and what is unknown."""
    yield from groups(files, Grouping(COLUMNS, ("reference", "name"), _drafts, _number))


def _number(reference: str) -> str:
    match = _REFERENCE.fullmatch(reference.strip())
    return match[1] if match else ""


def _drafts(columns: Columns, group: Group) -> Iterator[Draft]:
    for at, rows in enumerate(_blocks(columns, group.rows), 1):
        yield _draft(columns, group.id if at == 1 else f"{group.id}-{at}", rows)


def _blocks(columns: Columns, rows: list[Row]) -> Iterator[list[Row]]:
    """The rows of one target: a second main name, apart from the rows before it, is another's."""
    block: list[Row] = []
    main = ""
    for row in rows:
        name = columns.one(row, "name") if _kind(columns, row) == PRIMARY else ""
        if name and main and name != main and row.number > block[-1].number + 1:
            yield block
            block, main = [], ""
        block.append(row)
        main = main or name
    yield block


def _draft(columns: Columns, id_: str, rows: list[Row]) -> Draft:
    types = (SCHEMAS.get(columns.one(row, "type").lower(), "") for row in rows)
    draft = Draft(id_, next(filter(None, types), UNKNOWN))
    for row in rows:
        script = columns.one(row, "name_type").lower() == ORIGINAL
        for name in columns.all(row, "name"):
            text = " ".join(name.split())
            draft.names.append(
                ListedName(text, _kind(columns, row), script="original" if script else "")
            )
        _add_facts(draft, columns, row)
        draft.programs += columns.all(row, "committees")
        draft.legal_bases += columns.all(row, "instrument")
        draft.also("Listing Information", columns.all(row, "listing"))
        draft.remarks += columns.all(row, "information")
        for name, title in _MEASURES.items():
            draft.also(title, columns.all(row, name))
        _add_control(draft, columns.one(row, "control"))
        draft.other += columns.strays(row)
    return draft


def _add_facts(draft: Draft, columns: Columns, row: Row) -> None:
    for text in columns.all(row, "birth"):
        draft.births += listed_dates(text)
    for text in columns.all(row, "birth_place"):
        draft.birth_places += enumerated(text)
    for text in columns.all(row, "citizenship"):
        draft.countries += countries(text, "citizenship")
    for text in columns.all(row, "address"):
        draft.addresses += map(address, enumerated(text))
    for text in columns.all(row, "imo"):
        draft.identifiers += identifiers(IMO, text)


def _kind(columns: Columns, row: Row) -> str:
    if columns.one(row, "strength").lower() == "weak":
        return WEAK
    return KINDS.get(" ".join(columns.one(row, "name_type").lower().split()), ALIAS)


def _add_control(draft: Draft, text: str) -> None:
    """The day since when assets are controlled; the sheet may hold it as Excel's number."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) == 5 else 0
    if number in _SERIALS:
        text = (_FIRST_DAY + datetime.timedelta(days=number)).isoformat()
    day = iso_day(text)
    draft.listed_on = draft.listed_on or day
    if text and day != draft.listed_on:
        draft.also("Control Date", [text])
