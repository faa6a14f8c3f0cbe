"""The United Nations Security Council Consolidated List as XML.

Source: https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list (schema
sc-sanctions.xsd). Root `CONSOLIDATED_LIST`, in it INDIVIDUALS and ENTITIES. The id is the reference
number (KPi.001), which resolutions cite. Names have up to four parts, first to fourth, of which
the list does not say what is family and what given. An alias of quality "Low" is a weak one.
Tested on the official files of April 2025 and February 2026.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.dates import date_span, iso_day, listed_date
from stanch.formats.lists.draft import Draft, first_of
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.safe_xml import records
from stanch.formats.lists.un_comments import add_comments
from stanch.formats.lists.unknown import Unknown, paths
from stanch.model.countries import code_of
from stanch.model.listed import (
    ALIAS,
    FORMER,
    NATIONAL_ID,
    ORGANIZATION,
    PASSPORT,
    PERSON,
    PRIMARY,
    WEAK,
    Address,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
    RefusedEntry,
)

INDIVIDUAL: Final = "CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL"
ENTITY: Final = "CONSOLIDATED_LIST/ENTITIES/ENTITY"

_SCHEMAS: Final = {INDIVIDUAL: (PERSON, "INDIVIDUAL"), ENTITY: (ORGANIZATION, "ENTITY")}
_QUALITIES: Final = {"good": ALIAS, "low": WEAK, "a.k.a.": ALIAS, "f.k.a.": FORMER, "": ALIAS}
_DOCUMENTS: Final = (
    (re.compile("passport|passeport|pasaporte", re.IGNORECASE), PASSPORT),
    (re.compile("national identification", re.IGNORECASE), NATIONAL_ID),
)
_PARTS: Final = ("first", "second", "third", "fourth")
_PLACE: Final = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")
_FORMERLY = re.compile(r"(?:previously|formerly|originally) listed", re.IGNORECASE)
_LAYOUT = re.compile(r"[ \t\r\n]+")
_LETTERED = re.compile(r"(?:^|\s+)[a-z]\)\s*")  # "a) Algeria b) Palestinian"
_PLAIN: Final = ("DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "SUBMITTED_BY")
_KNOWN: Final = paths("""
    DATAID VERSIONNUM FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME UN_LIST_TYPE REFERENCE_NUMBER
    LISTED_ON GENDER SUBMITTED_BY NAME_ORIGINAL_SCRIPT COMMENTS1 NATIONALITY NATIONALITY2
    TITLE DESIGNATION LIST_TYPE LAST_DAY_UPDATED NATIONALITY/VALUE TITLE/VALUE DESIGNATION/VALUE
    LIST_TYPE/VALUE LAST_DAY_UPDATED/VALUE SORT_KEY SORT_KEY_LAST_MOD
    ALIAS ADDRESS DATE_OF_BIRTH PLACE_OF_BIRTH DOCUMENT
    ALIAS/(QUALITY ALIAS_NAME DATE_OF_BIRTH CITY_OF_BIRTH COUNTRY_OF_BIRTH NOTE)
    ADDRESS/(STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY NOTE)
    DATE_OF_BIRTH/(TYPE_OF_DATE NOTE DATE YEAR FROM_YEAR TO_YEAR)
    PLACE_OF_BIRTH/(STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY NOTE)
    DOCUMENT/(TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2 NUMBER ISSUING_COUNTRY DATE_OF_ISSUE)
    DOCUMENT/(CITY_OF_ISSUE COUNTRY_OF_ISSUE NOTE)
""")
_KNOWN_OF: Final = {
    prefix: frozenset(
        f"{prefix}_{path}"
        if path.partition("/")[0] in {"ALIAS", "ADDRESS", "DATE_OF_BIRTH", "PLACE_OF_BIRTH"}
        or path.partition("/")[0] == "DOCUMENT"
        else path
        for path in _KNOWN
    )
    for _, prefix in _SCHEMAS.values()
}


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries and refused ones in the order of the files; after each file what is not known.

    Raises ValueError where a file is not such XML.
    """
    seen: set[str] = set()
    for file in files:
        unknown = Unknown(file.name)
        for record in records(file.stream, tuple(_SCHEMAS)):
            if record.path in _SCHEMAS:
                try:
                    yield first_of(_entry(record.element, record.path, unknown), seen)
                except ValueError as error:
                    yield RefusedEntry(file.name, record.row, f"{record.element.tag} {error}")
            elif record.path != "CONSOLIDATED_LIST@":
                unknown.note(record.path, record.element.text or "")
        yield from unknown.fields()


def _entry(element: Element, path: str, unknown: Unknown) -> Entry:
    schema, prefix = _SCHEMAS[path]
    number = _text(element, "REFERENCE_NUMBER") or _text(element, "DATAID")
    draft = Draft(number, schema, listed_on=iso_day(_text(element, "LISTED_ON")))
    draft.names.append(_name(element))
    draft.names.append(ListedName(_text(element, "NAME_ORIGINAL_SCRIPT"), script="original"))
    for alias in element.iterfind(f"{prefix}_ALIAS"):
        _add_alias(draft, alias, unknown)
    draft.programs.append(_text(element, "UN_LIST_TYPE"))
    draft.genders += [gender.casefold() for gender in _texts(element, "GENDER")]
    draft.roles += _texts(element, "TITLE/VALUE") + _texts(element, "DESIGNATION/VALUE")
    for value in _texts(element, "NATIONALITY/VALUE") + _texts(element, "NATIONALITY2"):
        for nationality in _LETTERED.split(value):
            draft.country(nationality.strip(), "nationality")
    draft.births += map(_birth, element.iterfind(f"{prefix}_DATE_OF_BIRTH"))
    for place in element.iterfind(f"{prefix}_PLACE_OF_BIRTH"):
        draft.birth_places.append(_place(place).text)
        draft.country(_text(place, "COUNTRY"), "birth")
        draft.also("PLACE_OF_BIRTH NOTE", _texts(place, "NOTE"))
    for address in element.iterfind(f"{prefix}_ADDRESS"):
        draft.addresses.append(_place(address))
        draft.also("ADDRESS NOTE", _texts(address, "NOTE"))
    for document in element.iterfind(f"{prefix}_DOCUMENT"):
        _add_document(draft, document)
    for name in ("LAST_DAY_UPDATED/VALUE", "LIST_TYPE/VALUE", *_PLAIN):
        draft.also(name.removesuffix("/VALUE"), _texts(element, name))
    add_comments(draft, _texts(element, "COMMENTS1"))
    draft.other += unknown.strays(element, _KNOWN_OF[prefix])
    return draft.entry()


def _name(element: Element) -> ListedName:
    parts = tuple(
        (part, text) for part in _PARTS if (text := _text(element, f"{part.upper()}_NAME"))
    )
    return ListedName(" ".join(text for _, text in parts), PRIMARY, parts)


def _add_alias(draft: Draft, element: Element, unknown: Unknown) -> None:
    quality, name = _text(element, "QUALITY"), _text(element, "ALIAS_NAME")
    if quality.casefold() not in _QUALITIES:
        unknown.note(f"ALIAS/QUALITY {quality}", name)
    note = _text(element, "NOTE")
    kind = FORMER if _FORMERLY.search(note) else _QUALITIES.get(quality.casefold(), ALIAS)
    draft.names.append(ListedName(name, kind))
    draft.births += map(listed_date, _texts(element, "DATE_OF_BIRTH"))
    born = [*_texts(element, "CITY_OF_BIRTH"), *_texts(element, "COUNTRY_OF_BIRTH")]
    draft.birth_places.append(", ".join(born))
    if note:
        draft.other.append(("ALIAS NOTE", f"{name}: {note}"))


def _birth(element: Element) -> ListedDate:
    """Exact, approximate, or between two years; a note is kept in the text."""
    circa = _text(element, "TYPE_OF_DATE").casefold().startswith("approx")
    first, last = _text(element, "FROM_YEAR"), _text(element, "TO_YEAR")
    said = _text(element, "DATE") or _text(element, "YEAR")
    note = _text(element, "NOTE")
    read = date_span(first, last, circa) if first or last else listed_date(said or note)
    text = f"{read.text} ({note})" if note and note != read.text else read.text
    return ListedDate(text, read.first, read.last, circa or read.circa)


def _place(element: Element) -> Address:
    street, city, region, postcode, country = (_text(element, name) for name in _PLACE)
    text = ", ".join(filter(None, (street, city, region, postcode, country)))
    return Address(text, city, region, postcode, country)


def _add_document(draft: Draft, element: Element) -> None:
    word, second = _text(element, "TYPE_OF_DOCUMENT"), _text(element, "TYPE_OF_DOCUMENT2")
    issuer = _text(element, "ISSUING_COUNTRY") or _text(element, "COUNTRY_OF_ISSUE")
    dated, city = _text(element, "DATE_OF_ISSUE"), _text(element, "CITY_OF_ISSUE")
    notes = (
        second,
        f"issued {dated}" if dated else "",
        f"in {city}" if city else "",
        _text(element, "NOTE"),
    )
    note, number = "; ".join(filter(None, notes)), _text(element, "NUMBER")
    if number:
        named = (kind for pattern, kind in _DOCUMENTS if pattern.search(word))
        kind = next(named, (word or second or "document").casefold())
        draft.identifiers.append(Identifier(kind, number, code_of(issuer) or issuer, note=note))
    else:
        draft.also("DOCUMENT", ["; ".join(filter(None, (word, issuer, note)))])


def _text(element: Element, path: str) -> str:
    return next(iter(_texts(element, path)), "")


def _texts(element: Element, path: str) -> list[str]:
    """Texts without the line breaks that the file's layout put into them."""
    found = (_LAYOUT.sub(" ", each.text or "").strip() for each in element.iterfind(path))
    return [text for text in found if text]
