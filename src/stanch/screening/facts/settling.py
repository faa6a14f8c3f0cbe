"""What would settle whether a subject is a listed entry: facts that the list has and nobody asked.

Best first, by how much an agreement or a contradiction would move: a number before a day of birth,
a day before a town, a town before a gender. Only what the list itself knows is named, for to ask a
customer for anything else settles nothing. Nationality is never among it: it cannot settle.
"""

from collections.abc import Iterator
from typing import Final

from stanch.model import listed as kinds
from stanch.model.hits import Evidence, Subject
from stanch.model.listed import PERSON, UNKNOWN, Entry, Identifier

SETTLED: Final = 40.0  # decibans of one identifier: nothing is left to be asked
EXCLUDED: Final = -20.0  # and so it is where a number that is held for life is another
NOTHING_LISTED: Final = "settle.publisher"

# Kinds of identifiers that a subject can be asked for, best first.
_NUMBERS: Final = (
    (kinds.IMO, "settle.imo"),
    (kinds.WALLET, "settle.wallet"),
    (kinds.LEI, "settle.lei"),
    (kinds.PASSPORT, "settle.passport"),
    (kinds.NATIONAL_ID, "settle.national_id"),
    (kinds.TAX_ID, "settle.tax_id"),
    (kinds.REGISTRATION, "settle.registration"),
    (kinds.SWIFT, "settle.swift"),
    (kinds.MMSI, "settle.mmsi"),
    (kinds.TAIL_NUMBER, "settle.tail_number"),
    (kinds.EMAIL, "settle.email"),
    (kinds.PHONE, "settle.phone"),
)
_ENOUGH: Final = 4  # codes; who is told to ask for ten things asks for none


def settle(subject: Subject, entry: Entry, evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Codes of what to ask for, best first; empty where an identifier has settled it already."""
    if any(_settles(each) for each in evidence):
        return ()
    codes = tuple(dict.fromkeys(_open(subject, entry, {each.code for each in evidence})))
    return codes[:_ENOUGH] or (NOTHING_LISTED,)


def _settles(each: Evidence) -> bool:
    same = each.code == "identifier.same" and each.points >= SETTLED
    return same or (each.code == "identifier.contradicts" and each.points <= EXCLUDED)


def _open(subject: Subject, entry: Entry, said: set[str]) -> Iterator[str]:
    person = entry.schema in (PERSON, UNKNOWN)
    yield from _numbers(subject.identifiers, entry.identifiers)
    if person and _day_missing(subject, entry, said):
        yield "settle.birth_date"
    if _native_name_missing(subject, entry):
        yield "settle.native_name"
    if person and entry.birth_places and not subject.birth_places:
        yield "settle.birth_place"
    if entry.addresses:
        yield "settle.address"
    if entry.roles and not subject.roles:
        yield "settle.role"
    if person and entry.genders and not subject.genders:
        yield "settle.gender"


def _numbers(mine: tuple[Identifier, ...], theirs: tuple[Identifier, ...]) -> Iterator[str]:
    given, listed = {each.kind for each in mine}, {each.kind for each in theirs}
    for kind, code in _NUMBERS:
        if kind in listed and kind not in given:
            yield code


def _day_missing(subject: Subject, entry: Entry, said: set[str]) -> bool:
    """Whether the list knows a birth date that the subject's has not been held against in full."""
    if said & {"birth.day", "birth.swapped", "birth.digit", "birth.contradicts"}:
        return False
    known = [birth for birth in entry.births if birth.first]
    given = any(birth.first and birth.first == birth.last for birth in subject.births)
    return bool(known) and not given


def _native_name_missing(subject: Subject, entry: Entry) -> bool:
    """Whether the list has a name in another script than Latin, and the subject has none."""
    native = any(not _latin(name.text) for name in entry.names)
    return native and all(_latin(name) for name in subject.names)


def _latin(text: str) -> bool:
    return text.isascii() or all(
        ord(char) < 0x250 or not char.isalpha() or 0x1E00 <= ord(char) < 0x1F00 for char in text
    )
