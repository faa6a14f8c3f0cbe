"""The UK Sanctions List as XML: a Designation is one entry."""

from collections.abc import Iterator
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.draft import Draft, entry_of
from stanch.formats.lists.listfile import ListFile, Parsed
from stanch.formats.lists.places import address_of
from stanch.formats.lists.safe_xml import records
from stanch.formats.lists.uk_facts import (
    UkName,
    add_birth_place,
    add_births,
    add_contacts,
    add_countries,
    add_day,
    add_name,
    add_numbers,
    add_script,
    schema_of,
    split_values,
)
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import (
    EMAIL,
    IMO,
    NATIONAL_ID,
    PASSPORT,
    PHONE,
    REGISTRATION,
    WEBSITE,
)

DESIGNATION: Final = "Designations/Designation"
DATE: Final = "Designations/DateGenerated"
_PERSON: Final = "IndividualDetails/Individual/"
_ENTITY: Final = "EntityDetails/Entity/"
_SHIP: Final = "ShipDetails/Ship/"
_OTHER: Final = {
    "OFSIGroupID": "OFSI Group ID",
    "UNReferenceNumber": "UN Reference Number",
    "DesignationSource": "Designation source",
    "LastUpdated": "Last Updated",
    f"{_ENTITY}TypeOfEntities/TypeOfEntity": "Type of entity",
    f"{_SHIP}PreviousFlags/PreviousFlag": "Previous flags",
    f"{_SHIP}TypeOfShipDetails/TypeOfShip": "Type of ship",
    f"{_SHIP}TonnageOfShipDetails/TonnageOfShip": "Tonnage of ship",
    f"{_SHIP}LengthOfShipDetails/LengthOfShip": "Length of ship",
    f"{_SHIP}YearBuiltDetails/YearBuilt": "Year Built",
    f"{_SHIP}HullIdentificationNumbers/HullIdentificationNumber": "Hull identification number",
}
_RELATED: Final = {
    f"{_ENTITY}Subsidiaries/Subsidiary": "Subsidiaries",
    f"{_ENTITY}ParentCompanies/ParentCompany": "Parent company",
    f"{_SHIP}CurrentOwnerOperators/CurrentOwnerOperator": "Current owner/operator",
    f"{_SHIP}PreviousOwnerOperators/PreviousOwnerOperator": "Previous owner/operator",
}
_CONTACTS: Final = {
    "PhoneNumbers/PhoneNumber": PHONE,
    "EmailAddresses/EmailAddress": EMAIL,
    "Websites/Website": WEBSITE,
}
_NUMBERS: Final = {
    f"{_ENTITY}BusinessRegistrationNumbers/BusinessRegistrationNumber": REGISTRATION,
    f"{_SHIP}IMONumbers/IMONumber": IMO,
}
_NAME: Final = tuple(f"Name{number}" for number in range(1, 7))
_LINES: Final = tuple(f"AddressLine{number}" for number in range(1, 7))
_PASSPORT: Final = f"{_PERSON}PassportDetails/Passport"
_NATIONAL: Final = f"{_PERSON}NationalIdentifierDetails/NationalIdentifier"
_PLACE: Final = f"{_PERSON}BirthDetails/Location"
_FLAG: Final = f"{_SHIP}CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip"
KNOWN: Final = frozenset(
    {
        *_OTHER, *_RELATED, *_CONTACTS, *_NUMBERS, _FLAG,
        *(f"Names/Name/{name}" for name in (*_NAME, "NameType", "AliasStrength")),
        *(f"NonLatinNames/NonLatinName/{name}" for name in (
            "NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage",
        )),
        *(f"Addresses/Address/{name}" for name in (
            *_LINES, "AddressPostalCode", "AddressCountry",
        )),
        *(f"{_PERSON}{name}" for name in (
            "DOBs/DOB", "Nationalities/Nationality", "Positions/Position", "Genders/Gender",
        )),
        f"{_PASSPORT}/PassportNumber", f"{_PASSPORT}/PassportAdditionalInformation",
        f"{_NATIONAL}/NationalIdentifierNumber",
        f"{_NATIONAL}/NationalIdentifierAdditionalInformation",
        f"{_PLACE}/TownOfBirth", f"{_PLACE}/CountryOfBirth",
        "Titles/Title", "UniqueID", "RegimeName", "IndividualEntityShip", "SanctionsImposed",
        "OtherInformation", "UKStatementofReasons", "DateDesignated",
    }
)  # fmt: skip
# Which of some twenty measures apply, each as true or false: SanctionsImposed says it in words.
_INDICATORS: Final = "SanctionsImposedIndicators/"
# Containers that the publisher leaves empty where there is nothing in them.
CONTAINERS: Final = frozenset(
    path[:at] for path in KNOWN for at in range(len(path)) if path[at] == "/"
) | {_INDICATORS.rstrip("/")}


def parse_xml(file: ListFile) -> Iterator[Parsed]:
    """Each Designation. ValueError where the file has another root."""
    unknown = Unknown(file.name)
    for record in records(file.stream, (DESIGNATION,)):
        if record.path == DESIGNATION:
            draft = partial(_draft, record.element, unknown)
            yield entry_of(file.name, record.row, draft)
        elif record.path not in (DATE, "Designations@"):
            unknown.note(record.path, "".join(record.element.itertext()))
    yield from unknown.fields()


def _draft(entity: Element, unknown: Unknown) -> Draft:
    draft = Draft(_one(entity, "UniqueID"), schema_of(_one(entity, "IndividualEntityShip")))
    _add_names(draft, entity)
    _add_person(draft, entity)
    for path, kind in _NUMBERS.items():
        add_numbers(draft, kind, _all(entity, path))
    for path, kind in _CONTACTS.items():
        add_contacts(draft, kind, _all(entity, path))
    add_countries(draft, _all(entity, _FLAG), "flag")
    for place in entity.findall("Addresses/Address"):
        lines = [_one(place, name) for name in _LINES]
        code, country = _one(place, "AddressPostalCode"), _one(place, "AddressCountry")
        draft.addresses.append(address_of(lines, postcode=code, country=country))
    draft.programs.append(_one(entity, "RegimeName"))
    add_day(draft, "Date Designated", _one(entity, "DateDesignated"))
    draft.also("Sanctions Imposed", split_values(_one(entity, "SanctionsImposed")))
    draft.remarks += (_one(entity, "UKStatementofReasons"), _one(entity, "OtherInformation"))
    for path, name in _RELATED.items():
        draft.related += ((name, text) for text in _all(entity, path))
    for path, name in _OTHER.items():
        draft.also(name, _all(entity, path))
    indicators = {f"{_INDICATORS}{each.tag}" for each in entity.findall(f"{_INDICATORS}*")}
    draft.other += unknown.strays(entity, KNOWN | CONTAINERS | indicators)
    return draft


def _add_names(draft: Draft, entity: Element) -> None:
    for each in entity.findall("Names/Name"):
        parts = [_one(each, name) for name in _NAME]
        add_name(draft, UkName(parts, _one(each, "NameType"), _one(each, "AliasStrength")))
    for each in entity.findall("NonLatinNames/NonLatinName"):
        script, language = _one(each, "NonLatinScriptType"), _one(each, "NonLatinScriptLanguage")
        add_script(draft, _one(each, "NameNonLatinScript"), "", script, language)


def _add_person(draft: Draft, entity: Element) -> None:
    add_births(draft, _all(entity, f"{_PERSON}DOBs/DOB"))
    for place in entity.findall(_PLACE):
        add_birth_place(draft, _one(place, "TownOfBirth"), _one(place, "CountryOfBirth"))
    add_countries(draft, _all(entity, f"{_PERSON}Nationalities/Nationality"), "nationality")
    for kind, path, name in (
        (PASSPORT, _PASSPORT, "Passport"),
        (NATIONAL_ID, _NATIONAL, "NationalIdentifier"),
    ):
        for paper in entity.findall(path):
            said = _one(paper, f"{name}AdditionalInformation")
            add_numbers(draft, kind, [_one(paper, f"{name}Number")], said)
    draft.genders += (text.lower() for text in _all(entity, f"{_PERSON}Genders/Gender"))
    draft.roles += _all(entity, "Titles/Title")
    draft.roles += _all(entity, f"{_PERSON}Positions/Position")


def _all(element: Element, path: str) -> list[str]:
    found = (" ".join((each.text or "").split()) for each in element.findall(path))
    return [text for text in found if text]


def _one(element: Element, path: str) -> str:
    return next(iter(_all(element, path)), "")
