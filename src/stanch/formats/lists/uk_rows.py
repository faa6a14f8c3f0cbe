"""What the tables of both British lists hold in columns of one meaning: names, persons, places."""

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.places import address_of
from stanch.formats.lists.table import Columns, Row
from stanch.formats.lists.uk_facts import (
    UkName,
    add_birth_place,
    add_births,
    add_countries,
    add_name,
    add_numbers,
    add_script,
)
from stanch.model.listed import NATIONAL_ID, PASSPORT


def add_names(draft: Draft, columns: Columns, row: Row) -> None:
    """The name of a row, in Latin letters and in others."""
    parts = [columns.one(row, f"name_{number}") for number in range(1, 7)]
    name = UkName(parts, columns.one(row, "name_type"), columns.one(row, "quality"))
    add_name(draft, name)
    script, language = columns.one(row, "script"), columns.one(row, "language")
    for text in columns.all(row, "script_name"):
        add_script(draft, text, name.kind, script, language)


def add_person(draft: Draft, columns: Columns, row: Row) -> None:
    """What a row says of a person."""
    add_births(draft, columns.all(row, "birth"))
    add_birth_place(draft, columns.one(row, "town"), columns.one(row, "birth_country"))
    add_countries(draft, columns.all(row, "nationality"), "nationality")
    for kind, name in ((PASSPORT, "passport"), (NATIONAL_ID, "number")):
        add_numbers(draft, kind, columns.all(row, name), columns.one(row, f"{name}_details"))
    draft.genders += (text.lower() for text in columns.all(row, "gender"))
    for name in ("title", "position"):
        for text in columns.all(row, name):
            draft.roles += enumerated(text)


def add_address(draft: Draft, columns: Columns, row: Row) -> None:
    """The address of a row."""
    lines = [columns.one(row, f"address_{number}") for number in range(1, 7)]
    postcode, country = columns.one(row, "postcode"), columns.one(row, "country")
    draft.addresses.append(address_of(lines, postcode=postcode, country=country))
