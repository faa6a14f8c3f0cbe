"""Facts of an entity in the EU's FSF files: countries, addresses, contacts, papers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.places import address_of
from stanch.model.listed import (
    EMAIL,
    IMO,
    NATIONAL_ID,
    PASSPORT,
    PHONE,
    REGISTRATION,
    SWIFT,
    TAX_ID,
    WEBSITE,
    Country,
    Identifier,
)

KINDS: Final = {
    "passport": PASSPORT,
    "id": NATIONAL_ID,
    "ssn": NATIONAL_ID,
    "nationcert": NATIONAL_ID,
    "nrn": NATIONAL_ID,
    "regnumber": REGISTRATION,
    "tradelic": REGISTRATION,
    "fiscalcode": TAX_ID,
    "imo": IMO,
    "swiftbic": SWIFT,
}
CONTACTS: Final = {
    "PHONE": PHONE,
    "FAX": PHONE,
    "MOBILE": PHONE,
    "EMAIL": EMAIL,
    "WEB": WEBSITE,
}
_SAYS: Final = (  # what an identification may say of itself, and how it is told
    ("diplomatic", "diplomatic"),
    ("knownExpired", "known to have expired"),
    ("knownFalse", "known to be false"),
    ("reportedLost", "reported lost"),
    ("revokedByIssuer", "revoked"),
)
_NOBODY: Final = ("", "UNKNOWN")
_NO_CODE: Final = ("", "00")


def add_address(draft: Draft, place: Element) -> None:
    """An address, and the ways to reach its holder that stand in it."""
    land = next(country(place, "address"), Country(""))
    box = said(place, "poBox")
    lines = [said(place, "street"), said(place, "place"), f"PO Box {box}" if box else ""]
    city, region, code = (said(place, name) for name in ("city", "region", "zipCode"))
    whole = address_of(lines, city, region, code, land.text)
    draft.addresses.append(replace(whole, country=land.code or whole.country))
    draft.also("asAtListingTime", [said(place, "asAtListingTime")])
    for contact in place.findall("contactInfo"):
        kind = CONTACTS.get(said(contact, "key").upper())
        value = said(contact, "value")
        if kind:
            draft.identifiers.append(Identifier(kind, value))
        else:
            draft.also(f"contactInfo {said(contact, 'key')}", [value])


def add_identification(draft: Draft, paper: Element) -> None:
    """A paper or number, with what the list says of its worth."""
    code = said(paper, "identificationTypeCode").lower()
    land = next(country(paper, "issuer"), Country(""))
    notes = [words for name, words in _SAYS if said(paper, name).lower() == "true"]
    for name in ("issuedBy", "issueDate", "validFrom", "validTo", "nameOnDocument"):
        notes += [f"{name} {value}" for value in [said(paper, name)] if value]
    if code not in KINDS:
        notes.insert(0, said(paper, "identificationTypeDescription") or code)
    notes += map(text_of, paper.findall("remark"))
    issuer = land.code or land.text
    for value in dict.fromkeys((said(paper, "number"), said(paper, "latinNumber"))):
        kind = KINDS.get(code, code or "other")
        draft.identifiers.append(
            Identifier(kind, value, issuer, note="; ".join(filter(None, notes)))
        )


def country(element: Element, role: str) -> Iterator[Country]:
    """The country of an element, where one is known."""
    text, code = said(element, "countryDescription"), said(element, "countryIso2Code").upper()
    code = "" if code in _NO_CODE else code
    if text not in _NOBODY or code:
        yield Country(text if text not in _NOBODY else code, code, role)


def said(element: Element, name: str) -> str:
    """An attribute, in one line."""
    return " ".join(element.get(name, "").split())


def text_of(element: Element) -> str:
    """The text of an element, in one line."""
    return " ".join((element.text or "").split())
