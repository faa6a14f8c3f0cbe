"""Parties and agents as ISO 20022 writes them, in its `PartyIdentification` and `FinInstnId`.

Old versions give each document an element of its own (`PsptNb`), newer ones a list of `Othr` with
a code of the external code lists (`CCPT`). Elements come without namespaces.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.account_numbers import account_identifier
from stanch.formats.subjects.record import MAX_NAME, birth_date
from stanch.model.countries import code_of
from stanch.model.hits import Subject
from stanch.model.listed import (
    EMAIL,
    LEI,
    NATIONAL_ID,
    ORGANIZATION,
    PASSPORT,
    PERSON,
    PHONE,
    REGISTRATION,
    SWIFT,
    TAX_ID,
    Country,
    Identifier,
)

_CUSTOMER: Final = "customer number"
_CODES: Final = {
    "CCPT": PASSPORT, "NIDN": NATIONAL_ID, "SOSE": NATIONAL_ID, "ARNU": NATIONAL_ID,
    "TXID": TAX_ID, "COID": REGISTRATION, "GS1G": REGISTRATION, "DUNS": REGISTRATION,
    "SREN": REGISTRATION, "SRET": REGISTRATION, "DRLC": "driving licence",
    "CUST": _CUSTOMER, "BANK": _CUSTOMER, "EMPL": _CUSTOMER,
}  # fmt: skip
_ELEMENTS: Final = {
    "AnyBIC": SWIFT, "BICOrBEI": SWIFT, "BICFI": SWIFT, "BIC": SWIFT, "BEI": SWIFT, "LEI": LEI,
    "PsptNb": PASSPORT, "IdntyCardNb": NATIONAL_ID, "SclSctyNb": NATIONAL_ID,
    "AlnRegnNb": NATIONAL_ID, "TaxIdNb": TAX_ID, "DUNS": REGISTRATION,
    "DrvrsLicNb": "driving licence", "CstmrNb": _CUSTOMER, "MplyrIdNb": _CUSTOMER,
    "BkPtyId": _CUSTOMER,
}  # fmt: skip
_ID: Final = "Id"
_COUNTRIES: Final = (("CtryOfRes", "residence"), ("PstlAdr/Ctry", "address"))
_NUMBERS: Final = ("Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN", "Id/UPIC", "IBAN")


def text(element: Element | None, path: str) -> str:
    """The text at a path, trimmed; empty where there is none."""
    found = None if element is None else element.find(path)
    return (found.text or "").strip() if found is not None else ""


def party(place: str, source: str, element: Element, account: Element | None) -> Subject:
    """A person or organisation; `account` is where it is paid from or to.

    Raises ValueError with a short reason where it has neither a name nor an identifier.
    """
    if (inner := element.find("Agt")) is not None:
        return agent(place, source, inner)
    if (inner := element.find("Pty")) is not None:
        element = inner
    births = element.findall(".//DtAndPlcOfBirth")
    names = _names(element)
    identifiers = (*_identifiers(element.find(_ID)), *_contacts(element), *_account(account))
    _some(names, identifiers)
    kinds = [PERSON] * (element.find("Id/PrvtId") is not None)
    kinds += [ORGANIZATION] * (element.find("Id/OrgId") is not None)
    return Subject(
        id=place,
        names=names,
        schema=kinds[0] if len(kinds) == 1 else "",
        births=tuple(birth_date(day) for each in births if (day := text(each, "BirthDt"))),
        birth_places=tuple(city for each in births if (city := text(each, "CityOfBirth"))),
        countries=_countries(element, births),
        identifiers=_unique(identifiers),
        source=source,
    )


def agent(place: str, source: str, element: Element) -> Subject:
    """A bank, by its code, its name, or both, and its branch.

    Raises ValueError with a short reason where it has neither.
    """
    institution, branch = element.find("FinInstnId"), element.find("BrnchId")
    found: list[Identifier] = []
    countries: list[Country] = []
    names: list[str] = []
    parts = [part for part in (institution, branch) if part is not None]
    for each in (*parts, *(below for part in parts for below in part.findall("CmbndId"))):
        found += _identifiers(each)
        names += _names(each)
        countries += _countries(each, [])
    _some(tuple(names), tuple(found))
    return Subject(
        id=place,
        names=tuple(dict.fromkeys(names)),
        schema=ORGANIZATION,
        countries=tuple(dict.fromkeys(countries)),
        identifiers=_unique(tuple(found)),
        source=source,
    )


def _some(names: tuple[str, ...], identifiers: tuple[Identifier, ...]) -> None:
    if not names and not identifiers:
        raise ValueError("has neither a name nor an identifier")


def _names(element: Element) -> tuple[str, ...]:
    names = tuple(filter(None, (text(element, "Nm"), text(element, "NmAndAdr/Nm"))))
    for name in names:
        if len(name) > MAX_NAME:
            raise ValueError(f"has a name longer than {MAX_NAME:,} characters")
    return tuple(dict.fromkeys(names))


def _countries(element: Element, births: list[Element]) -> tuple[Country, ...]:
    stated = [(text(element, path), role) for path, role in _COUNTRIES]
    stated.append((text(element, "NmAndAdr/PstlAdr/Ctry"), "address"))
    stated += [(text(each, "CtryOfBirth"), "birth") for each in births]
    return tuple(Country(word, code_of(word), role) for word, role in dict.fromkeys(stated) if word)


def _identifiers(element: Element | None) -> Iterator[Identifier]:
    """Identifiers in an `Id` or `FinInstnId`, however deep the version puts them."""
    for each in () if element is None else element:
        if each.tag in ("PrvtId", "OrgId"):
            yield from _identifiers(each)
        elif each.tag in ("Othr", "OthrId", "PrtryId") and (value := text(each, _ID)):
            code = text(each, "SchmeNm/Cd") or text(each, "SchmeNm/Prtry") or text(each, "IdTp")
            kind = _CODES.get(code.upper(), code.lower() or "other")
            yield account_identifier(value) if kind == "other" else Identifier(kind, value)
        elif each.tag in _ELEMENTS and (value := (each.text or "").strip()):
            yield Identifier(_ELEMENTS[each.tag], value)


def _contacts(element: Element) -> Iterator[Identifier]:
    contact = element.find("CtctDtls")
    for path, kind in (("EmailAdr", EMAIL), ("PhneNb", PHONE), ("MobNb", PHONE)):
        if value := text(contact, path):
            yield Identifier(kind, value)


def _account(account: Element | None) -> Iterator[Identifier]:
    for path in _NUMBERS:
        if value := text(account, path):
            yield account_identifier(value)
    if proxy := text(account, "Prxy/Id"):
        yield Identifier(EMAIL, proxy) if "@" in proxy else account_identifier(proxy)


def _unique(found: tuple[Identifier, ...]) -> tuple[Identifier, ...]:
    return tuple(dict.fromkeys(found))
