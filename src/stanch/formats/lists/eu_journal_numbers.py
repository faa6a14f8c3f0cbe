"""Numbers and contacts in the columns of the Official Journal's rows."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.numbers import emails, identifier, identifiers, phones, websites
from stanch.model.listed import (
    EMAIL,
    IMO,
    LEI,
    MMSI,
    NATIONAL_ID,
    PASSPORT,
    PERSON,
    PHONE,
    REGISTRATION,
    SWIFT,
    TAX_ID,
    WEBSITE,
    Identifier,
)

NUMBERS: Final = {
    "innCode": (TAX_ID, "INN"),
    "taxNumber": (TAX_ID, ""),
    "ogrnCode": (REGISTRATION, "OGRN"),
    "okpoCode": (REGISTRATION, "OKPO"),
    "leiCode": (LEI, ""),
    "swiftBic": (SWIFT, ""),
    "imoNumber": (IMO, ""),
    "mmsi": (MMSI, ""),
}
CONTACTS: Final[dict[str, tuple[str, Callable[[str], Iterable[str]]]]] = {
    "email": (EMAIL, emails),
    "phone": (PHONE, phones),
    "website": (WEBSITE, websites),
}

_DIGIT = re.compile(r"\d")

Cells = dict[str, tuple[str, ...]]


def add_numbers(draft: Draft, cells: Cells) -> None:
    """Numbers and contacts. A number without a digit ("Does not exist") is told, but is none."""
    for column, (kind, note) in NUMBERS.items():
        for text in cells.get(column, ()):
            draft.identifiers.append(Identifier(kind, text, note=note))
    for column, (kind, values) in CONTACTS.items():
        for text in cells.get(column, ()):
            draft.identifiers += (Identifier(kind, value) for value in values(text))
    own = NATIONAL_ID if draft.schema == PERSON else REGISTRATION
    for text in cells.get("passportNumber", ()):
        draft.identifiers += identifiers(PASSPORT, text)
    for text in cells.get("idNumber", ()):
        draft.identifiers.append(identifier(PASSPORT if "passport" in text.lower() else own, text))
    for text in cells.get("registrationNumber", ()):
        tax = any(word in text for word in ("INN", "Tax", "TIN"))
        draft.identifiers += identifiers(TAX_ID if tax else REGISTRATION, text)
    for kind in (PASSPORT, NATIONAL_ID, TAX_ID, REGISTRATION, IMO):
        none = [e for e in draft.identifiers if e.kind == kind and not _DIGIT.search(e.value)]
        draft.also(f"{kind} without a number", (each.value for each in none))
        draft.identifiers = [each for each in draft.identifiers if each not in none]
