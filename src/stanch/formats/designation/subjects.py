"""Who is proposed: the tables `person`, `organisation`, `vessel` and `wallet`."""

from collections.abc import Callable
from typing import Final, TypeVar

from stanch.formats.designation.keys import Table
from stanch.formats.registry import cells
from stanch.model import listed
from stanch.model.countries import name_of
from stanch.model.designation import Subject, Wallet
from stanch.model.desk.marking import Marking
from stanch.model.listed import (
    ALIAS,
    NAME_KINDS,
    PRIMARY,
    Address,
    Country,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
)
from stanch.model.registry.moment import Moment

KINDS: Final = (
    listed.PASSPORT, listed.NATIONAL_ID, listed.TAX_ID, listed.REGISTRATION, listed.IMO,
    listed.MMSI, listed.CALL_SIGN, listed.EMAIL, listed.PHONE, listed.WEBSITE, listed.SWIFT,
    listed.LEI,
)  # fmt: skip
SCRIPTS: Final = ("Latn", "Hang", "Hani", "Kana", "Jpan", "Kore", "Cyrl", "Arab", "Other")
_PARTS: Final = ("family", "given", "patronymic")
_COUNTRIES: Final = {
    "nationality": "nationality",
    "residence": "residence",
    "registered": "registration",
    "flag": "flag",
}
_LOWEST: Final = 1800

Marks = list[tuple[ListedName | Identifier, Marking]]
_T = TypeVar("_T", ListedName, Identifier)


def subject(table: Table, schema: str, marking: Marking) -> Subject:
    """A person, an organisation or a vessel."""
    marks: Marks = []
    own = _marking(table, marking)
    names = tuple(
        _name(each, place, marks) for place, each in enumerate(table.tables("names", "text"))
    )
    if not names:
        table.fault("names", "missing", "has no name")
    entry = Entry(
        id=table.text("id", cells.identifier, "", needed=True),
        schema=schema,
        names=names,
        births=table.texts("births", _birth) if schema == listed.PERSON else (),
        birth_places=table.texts("birth_places", cells.text) if schema == listed.PERSON else (),
        countries=tuple(
            Country(name_of(code), code, role)
            for key, role in _COUNTRIES.items()
            for code in table.texts(key, cells.country)
        ),
        genders=table.texts("gender", cells.text),
        roles=table.texts("roles", cells.text),
        addresses=tuple(_address(each) for each in table.tables("addresses", "text")),
        identifiers=tuple(_identifier(each, marks) for each in table.tables("identifiers")),
        remarks=table.texts("remarks", cells.text),
    )
    table.close()
    return Subject(entry, own, tuple(marks))


def wallet(table: Table, marking: Marking) -> Wallet:
    """A wallet. Its address is checked by the linter, and stays as it is written."""
    found = Wallet(
        table.text("id", cells.identifier, "", needed=True),
        table.text("chain", cells.chain, "", needed=True),
        table.text("address", cells.text, "", needed=True),
        table.text("asset", cells.text, ""),
        table.text("holder", cells.identifier, ""),
        _marking(table, marking),
        table.text("note", cells.text, ""),
    )
    table.close()
    return found


def _marking(table: Table, default: Marking) -> Marking:
    return table.text("marking", cells.choice(Marking), default)


def _marked(part: _T, table: Table, marks: Marks) -> _T:
    """Remember the marking of a name or an identifier that has its own."""
    own = table.has("marking")
    mark = _marking(table, Marking.RED)
    if own:
        marks.append((part, mark))
    table.close()
    return part


def _name(table: Table, place: int, marks: Marks) -> ListedName:
    parts = tuple((key, text) for key in _PARTS if (text := table.text(key, cells.text, "")))
    default = PRIMARY if place == 0 else ALIAS
    found = ListedName(
        table.text("text", cells.text, "", needed=True),
        table.text("kind", _one_of(NAME_KINDS), default),
        parts,
        table.text("script", _one_of(SCRIPTS), ""),
        table.text("language", cells.text, ""),
    )
    return _marked(found, table, marks)


def _identifier(table: Table, marks: Marks) -> Identifier:
    found = Identifier(
        table.text("kind", _one_of(KINDS), "", needed=True),
        table.text("value", cells.text, "", needed=True),
        table.text("issuer", cells.country, ""),
        note=table.text("note", cells.text, ""),
    )
    return _marked(found, table, marks)


def _address(table: Table) -> Address:
    found = Address(
        table.text("text", cells.text, "", needed=True),
        table.text("city", cells.text, ""),
        table.text("region", cells.text, ""),
        table.text("postcode", cells.text, ""),
        table.text("country", cells.country, ""),
    )
    table.close()
    return found


def _birth(text: str) -> ListedDate:
    moment = Moment.parse(text[:80])
    if moment.precision == "moment":
        raise ValueError(f"{text!r} is no date of birth such as 1984 or 1984-05-12")
    if moment.first.year < _LOWEST:
        raise ValueError(f"{text!r} is before {_LOWEST}")
    return ListedDate(text, moment.first.isoformat(), moment.last.isoformat())


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    def word(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"{cell[:80]!r} is none of {', '.join(words)}")
        return cell

    return word
