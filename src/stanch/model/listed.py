"""What a sanctions list says of one person, organisation, vessel or wallet: an `Entry`.

Every list is read into this one form. Nothing is flattened away: a name keeps its kind and its
parts, a date its precision, and whatever has no field of its own stands in `other` under the
list's own word for it. Text is kept as the list writes it; folding is the matcher's work.
"""

from dataclasses import dataclass
from typing import Final

PERSON: Final = "Person"
ORGANIZATION: Final = "Organization"
VESSEL: Final = "Vessel"
AIRCRAFT: Final = "Airplane"
UNKNOWN: Final = "LegalEntity"  # the list does not say whether person or organisation
SCHEMAS: Final = (PERSON, ORGANIZATION, VESSEL, AIRCRAFT, UNKNOWN, "Company", "Asset", "Wallet")

PRIMARY: Final = "primary"
ALIAS: Final = "alias"
WEAK: Final = "weak"  # the list itself warns that it is of low quality ("weak a.k.a.")
FORMER: Final = "former"
NAME_KINDS: Final = (PRIMARY, ALIAS, WEAK, FORMER)

# What an identifier is. A list's own word that none of these covers stays as it is, in lower case.
PASSPORT: Final = "passport"
NATIONAL_ID: Final = "national-id"
TAX_ID: Final = "tax-id"
REGISTRATION: Final = "registration"
IMO: Final = "imo"
MMSI: Final = "mmsi"
CALL_SIGN: Final = "call-sign"
TAIL_NUMBER: Final = "tail-number"
EMAIL: Final = "email"
PHONE: Final = "phone"
WEBSITE: Final = "website"
WALLET: Final = "wallet"
SWIFT: Final = "swift"
LEI: Final = "lei"


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name. `parts` are (role, text) where the list gives them: ("family", "KIM"),
    ("given", "Chol Su"), ("patronymic", ...), ("whole", ...); `script` is what the list says of it.
    """

    text: str
    kind: str = ALIAS
    parts: tuple[tuple[str, str], ...] = ()
    script: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ListedDate:
    """A date as far as it is known: `first` and `last` (ISO 8601 days, inclusive) enclose it.

    Both are empty where the text is no date that can be read; `text` is always the list's own.
    `circa` is set where the list says "circa" or "approximately"; the bounds do not include it.
    """

    text: str
    first: str = ""
    last: str = ""
    circa: bool = False


@dataclass(frozen=True, slots=True)
class Country:
    """A country named by a list: its words, the ISO 3166-1 alpha-2 code where known, and its role
    (nationality, citizenship, residence, flag, birth, registration, address).
    """

    text: str
    code: str = ""
    role: str = "nationality"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number, address or name that should be one entity's alone, as the list writes it.

    `kind` is one of the constants above where it fits. `issuer` is a country (as Country.code, or
    the list's words), `asset` the ticker of a wallet (XBT, ETH), `note` what else the list says.
    """

    kind: str
    value: str
    issuer: str = ""
    asset: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address: the whole as one text, and the parts that the list names."""

    text: str
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed subject. `id` is the list's own and stays the same from version to version."""

    id: str
    schema: str
    names: tuple[ListedName, ...]
    programs: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    births: tuple[ListedDate, ...] = ()
    birth_places: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    genders: tuple[str, ...] = ()  # male, female, or the list's word
    roles: tuple[str, ...] = ()  # titles, positions, functions
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    listed_on: str = ""  # ISO 8601 day
    related: tuple[tuple[str, str], ...] = ()  # (relation in the list's words, id or name)
    remarks: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()  # (the list's own field name, value)


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """Something in a list that is no usable entry: where it stands and why it was refused."""

    file: str
    row: int  # line of text, row of a sheet, or ordinal of the element in the file, from 1
    reason: str


@dataclass(frozen=True, slots=True)
class UnknownField:
    """An element or column that the parser does not know. Reported once, with how often it came."""

    file: str
    name: str  # the path of the element, or the column's name
    count: int = 1
    example: str = ""
