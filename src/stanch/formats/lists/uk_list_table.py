"""The UK Sanctions List as a table (ODS, XLSX or CSV): rows with one Unique ID are one entry."""

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
    split_values,
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
        *((f"Address Line {number}", f"address_{number}") for number in range(1, 7)),
        ("Unique ID", "unique_id"),
        ("OFSI Group ID", "OFSI Group ID"),
        ("UN Reference Number", "UN Reference Number"),
        ("Name type", "name_type"),
        ("Alias strength", "quality"),
        ("Title", "title"),
        ("Name non-latin script", "script_name"),
        ("Non-latin script type", "script"),
        ("Non-latin script language", "language"),
        ("Regime Name", "regime"),
        ("Designation Type", "type"),
        ("Individual, Entity, Ship", "type"),
        ("Designation source", "Designation source"),
        ("Sanctions Imposed", "imposed"),
        ("Other Information", "information"),
        ("UK Statement of Reasons", "reasons"),
        ("Address Postal Code", "postcode"),
        ("Address Country", "country"),
        ("Phone number", PHONE),
        ("Website", WEBSITE),
        ("Email address", EMAIL),
        ("Date Designated", "designated"),
        ("D.O.B", "birth"),
        ("Nationality(/ies)", "nationality"),
        ("National Identifier number", "number"),
        ("National Identifier additional information", "number_details"),
        ("Passport number", "passport"),
        ("Passport additional information", "passport_details"),
        ("Position", "position"),
        ("Gender", "gender"),
        ("Town of birth", "town"),
        ("Country of birth", "birth_country"),
        ("Type of entity", "Type of entity"),
        ("Subsidiaries", "Subsidiaries"),
        ("Parent company", "Parent company"),
        ("Business registration number (s)", "registration"),
        ("IMO number", "imo"),
        ("Current owner/operator (s)", "Current owner/operator"),
        ("Previous owner/operator (s)", "Previous owner/operator"),
        ("Current believed flag of ship", "flag"),
        ("Previous flags", "Previous flags"),
        ("Type of ship", "Type of ship"),
        ("Tonnage of ship", "Tonnage of ship"),
        ("Length of ship", "Length of ship"),
        ("Year Built", "Year Built"),
        ("Hull identification number (HIN)", "Hull identification number"),
        ("Last Updated", "Last Updated"),
    )
}
_OTHER: Final = (
    "OFSI Group ID", "UN Reference Number", "Designation source", "Type of entity",
    "Previous flags", "Type of ship", "Tonnage of ship", "Length of ship", "Year Built",
    "Hull identification number", "Last Updated",
)  # fmt: skip
_RELATED: Final = (
    "Subsidiaries", "Parent company", "Current owner/operator", "Previous owner/operator",
)  # fmt: skip


def parse_tables(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries in the order of their first rows, then what is refused and what is unknown."""
    yield from groups(files, Grouping(COLUMNS, ("unique_id", "name_6"), _drafts))


def _drafts(columns: Columns, group: Group) -> Iterator[Draft]:
    draft = Draft(group.id, schema_of(columns.one(group.rows[0], "type")))
    for row in group.rows:
        add_names(draft, columns, row)
        add_person(draft, columns, row)
        for kind, name in ((REGISTRATION, "registration"), (IMO, "imo")):
            add_numbers(draft, kind, columns.all(row, name))
        for kind in (PHONE, WEBSITE, EMAIL):
            add_contacts(draft, kind, columns.all(row, kind))
        add_countries(draft, columns.all(row, "flag"), "flag")
        add_address(draft, columns, row)
        draft.programs.append(columns.one(row, "regime"))
        add_day(draft, "Date Designated", columns.one(row, "designated"))
        draft.also("Sanctions Imposed", split_values(columns.one(row, "imposed")))
        draft.remarks += (*columns.all(row, "reasons"), *columns.all(row, "information"))
        for name in _RELATED:
            draft.related += ((name, text) for text in columns.all(row, name))
        for name in _OTHER:
            draft.also(name, columns.all(row, name))
        draft.other += columns.strays(row)
    yield draft
