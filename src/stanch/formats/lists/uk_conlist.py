"""OFSI's Consolidated List of Financial Sanctions Targets in the UK: ConList.csv (format of 2022).

Publisher: HM Treasury, Office of Financial Sanctions Implementation. The list was closed on 28
January 2026, when the UK Sanctions List (kind uk-list) took its place. No official file was at
hand: this is written against the published columns and tested on files made for it. XLSX and ODS
with the same columns are read too.

Rows with one Group ID are one entry: each has one name or one address, and repeats the rest. The id
is the Group ID. "Other Information" holds labelled facts, "(Phone number):... (IMO number):...";
those that are known become fields, and the whole text is kept as a remark.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.grouped import Group, Grouping, groups
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.table import Columns, folded
from stanch.formats.lists.uk_facts import (
    add_contacts,
    add_countries,
    add_day,
    add_numbers,
    schema_of,
)
from stanch.formats.lists.uk_rows import add_address, add_names, add_person
from stanch.model.listed import (
    EMAIL,
    IMO,
    PHONE,
    REGISTRATION,
    WEBSITE,
)

COLUMNS: Final = {
    folded(title): name
    for title, name in (
        *((f"Name {number}", f"name_{number}") for number in range(1, 7)),
        *((f"Address {number}", f"address_{number}") for number in range(1, 7)),
        ("Title", "title"),
        ("Name Non-Latin Script", "script_name"),
        ("Non-Latin Script Type", "script"),
        ("Non-Latin Script Language", "language"),
        ("DOB", "birth"),
        ("Town of Birth", "town"),
        ("Country of Birth", "birth_country"),
        ("Nationality", "nationality"),
        ("Passport Number", "passport"),
        ("Passport Details", "passport_details"),
        ("National Identification Number", "number"),
        ("National Identification Details", "number_details"),
        ("Position", "position"),
        ("Post/Zip Code", "postcode"),
        ("Country", "country"),
        ("Other Information", "information"),
        ("Group Type", "type"),
        ("Alias Type", "name_type"),
        ("Alias Quality", "quality"),
        ("Regime", "regime"),
        ("Listed On", "listed"),
        ("UK Sanctions List Date Designated", "designated"),
        ("Last Updated", "updated"),
        ("Group ID", "group_id"),
    )
}
_LABEL = re.compile(r"\(([A-Z][A-Za-z/() ]{2,50}?)\)\s*:")
_CONTACTS: Final = {
    "phone number": PHONE,
    "email address": EMAIL,
    "website": WEBSITE,
}
_NUMBERS: Final = {"imo number": IMO, "business reg no": REGISTRATION}
_RELATED: Final = ("parent company", "subsidiaries", "current owners", "previous owners")
_SHIP: Final = (
    "type of ship", "tonnage of ship", "length of ship", "year built", "previous flags",
    "hull identification number", "type of entity", "uk sanctions list ref", "un ref",
)  # fmt: skip


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of their first rows, then what is refused and what is unknown."""
    yield from groups(files, Grouping(COLUMNS, ("group_id", "name_6"), _drafts))


def _drafts(columns: Columns, group: Group) -> Iterator[Draft]:
    draft = Draft(group.id, schema_of(columns.one(group.rows[0], "type")))
    for row in group.rows:
        add_names(draft, columns, row)
        add_person(draft, columns, row)
        add_address(draft, columns, row)
        draft.programs.append(columns.one(row, "regime"))
        add_day(draft, "Listed On", columns.one(row, "listed"))
        draft.also("UK Sanctions List Date Designated", columns.all(row, "designated"))
        draft.also("Last Updated", columns.all(row, "updated"))
        for text in columns.all(row, "information"):
            draft.remarks.append(text)
            _add_information(draft, text)
        draft.other += columns.strays(row)
    yield draft


def _add_information(draft: Draft, text: str) -> None:
    """The labelled facts in "Other Information"."""
    pieces = _LABEL.split(text)
    for label, said in zip(pieces[1::2], pieces[2::2], strict=True):
        name, value = " ".join(label.lower().split()), said.strip()
        if name in _CONTACTS:
            add_contacts(draft, _CONTACTS[name], [value])
        elif name in _NUMBERS:
            add_numbers(draft, _NUMBERS[name], [value])
        elif name == "gender":
            draft.genders.append(value.lower())
        elif name in ("flag of ship", "current believed flag of ship"):
            add_countries(draft, [value], "flag")
        elif name in _RELATED:
            draft.related.append((name, value))
        elif name in _SHIP:
            draft.also(name, [value])
