"""OFAC's lists as plain XML: sdn.xml and consolidated.xml (not sdn_advanced.xml).

Format: https://ofac.treasury.gov/media/8696 (schema sdn.xsd). Root `sdnList`, an `sdnEntry` for
each entry. The words of `idType` are those of the remarks in CSV; remarks hold what is left.
Tested on the official consolidated.xml of March 2025; sdn.xml has the same schema.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.dates import listed_date
from stanch.formats.lists.draft import Draft, first_of
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.ofac_labels import add_fact, add_unknown, split_value
from stanch.formats.lists.ofac_names import schema_of
from stanch.formats.lists.ofac_remarks import read_remarks
from stanch.formats.lists.safe_xml import records
from stanch.formats.lists.unknown import Unknown, paths
from stanch.model.listed import (
    ALIAS,
    CALL_SIGN,
    FORMER,
    PERSON,
    PRIMARY,
    WEAK,
    Address,
    Entry,
    Identifier,
    ListedName,
    RefusedEntry,
)

ENTRY: Final = "sdnList/sdnEntry"

_ALIAS_KINDS: Final = {"a.k.a.": ALIAS, "f.k.a.": FORMER, "n.k.a.": ALIAS}
_FURNITURE: Final = ("sdnList/publshInformation", "sdnList@")
_STREET: Final = ("address1", "address2", "address3")
_VESSEL: Final = ("vesselType", "tonnage", "grossRegisteredTonnage", "vesselOwner")
_KNOWN: Final = paths("""
    uid firstName lastName title sdnType remarks programList/program
    akaList/aka/(uid type category lastName firstName)
    addressList/address/(uid address1 address2 address3 city stateOrProvince postalCode country)
    idList/id/(uid idType idNumber idCountry issueDate expirationDate)
    dateOfBirthList/dateOfBirthItem/(uid dateOfBirth mainEntry)
    placeOfBirthList/placeOfBirthItem/(uid placeOfBirth mainEntry)
    nationalityList/nationality/(uid country mainEntry)
    citizenshipList/citizenship/(uid country mainEntry)
    vesselInfo/(callSign vesselType vesselFlag vesselOwner tonnage grossRegisteredTonnage)
""")


def parse(files: Sequence[ListFile]) -> Iterator[Parsed]:
    """Entries and refused ones in the order of the files; after each file what is not known.

    Raises ValueError where a file is not such XML.
    """
    seen: set[str] = set()
    for file in files:
        unknown = Unknown(file.name)
        for record in records(file.stream, (ENTRY,)):
            if record.path == ENTRY:
                try:
                    yield first_of(_entry(record.element, unknown), seen)
                except ValueError as error:
                    yield RefusedEntry(file.name, record.row, str(error))
            elif record.path not in _FURNITURE:
                unknown.note(record.path, record.element.text or "")
        yield from unknown.fields()


def _entry(element: Element, unknown: Unknown) -> Entry:
    draft = Draft(_text(element, "uid"), schema_of(_text(element, "sdnType")))
    draft.names.append(_name(element, PRIMARY, draft.schema))
    for alias in element.iterfind("akaList/aka"):
        draft.names.append(_alias(alias, draft.schema, unknown))
    draft.programs += _texts(element, "programList/program")
    draft.roles += _texts(element, "title")
    draft.births += map(listed_date, _texts(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth"))
    draft.birth_places += _texts(element, "placeOfBirthList/placeOfBirthItem/placeOfBirth")
    for country in _texts(element, "nationalityList/nationality/country"):
        draft.country(country, "nationality")
    for country in _texts(element, "citizenshipList/citizenship/country"):
        draft.country(country, "citizenship")
    draft.addresses += map(_address, element.iterfind("addressList/address"))
    for number in element.iterfind("idList/id"):
        _add_number(draft, number, unknown)
    for vessel in element.iterfind("vesselInfo"):
        _add_vessel(draft, vessel)
    for remarks in _texts(element, "remarks"):
        read_remarks(draft, remarks, unknown)
    draft.other += unknown.strays(element, _KNOWN)
    return draft.entry()


def _name(element: Element, kind: str, schema: str) -> ListedName:
    family, given = _text(element, "lastName"), _text(element, "firstName")
    text = ", ".join(filter(None, (family, given)))
    if schema != PERSON:
        return ListedName(text, kind)
    if not (family and given):
        return ListedName(text, kind, (("whole", text),))
    return ListedName(text, kind, (("family", family), ("given", given)))


def _alias(element: Element, schema: str, unknown: Unknown) -> ListedName:
    word, category = _text(element, "type"), _text(element, "category")
    if word not in _ALIAS_KINDS:
        unknown.note(f"akaList/aka/type {word}")
    if category not in ("strong", "weak", ""):
        unknown.note(f"akaList/aka/category {category}")
    kind = _ALIAS_KINDS.get(word, ALIAS)
    return _name(element, WEAK if category == "weak" and kind == ALIAS else kind, schema)


def _address(element: Element) -> Address:
    city, region = _text(element, "city"), _text(element, "stateOrProvince")
    postcode, country = _text(element, "postalCode"), _text(element, "country")
    street = (_text(element, each) for each in _STREET)
    text = ", ".join(filter(None, (*street, city, region, postcode, country)))
    return Address(text, city, region, postcode, country)


def _add_number(draft: Draft, element: Element, unknown: Unknown) -> None:
    label, value = _text(element, "idType"), _text(element, "idNumber")
    dates = (("issued", _text(element, "issueDate")), ("expires", _text(element, "expirationDate")))
    note = " ".join(f"{word} {date}" for word, date in dates if date)
    issuer = _text(element, "idCountry")
    if not issuer:
        value, issuer, said = split_value(value)
        note = "; ".join(filter(None, (said, note)))
    if not add_fact(draft, label, value, issuer, note):
        unknown.note(f"idList/id/idType {label}", value)
        add_unknown(draft, label, value, issuer, note)


def _add_vessel(draft: Draft, element: Element) -> None:
    draft.identifiers += [Identifier(CALL_SIGN, sign) for sign in _texts(element, "callSign")]
    draft.country(_text(element, "vesselFlag"), "flag")
    for name in _VESSEL:
        draft.also(name, _texts(element, name))


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _texts(element: Element, path: str) -> list[str]:
    return [text for found in element.iterfind(path) if (text := (found.text or "").strip())]
