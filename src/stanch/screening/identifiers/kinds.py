"""Every kind of identifier that is compared, what it is worth, and what may be compared with what.

`points` are decibans (model.hits) for an entry's having the very same identifier. They are set,
not measured: what an identifier leaves open is a misprint, a document that was passed on, or a
number given twice, and lists tell of all three. A key pair or a hull's number leaves least, a
telephone or a call sign, which are given again, most. Without a common country a document's
number is worth 15 less.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stanch.model import listed
from stanch.screening.identifiers import (
    call_sign,
    email,
    imo,
    lei,
    mmsi,
    national_id,
    passport,
    phone,
    registration,
    swift,
    tail_number,
    tax_id,
    wallet,
    website,
)

UNKNOWN: Final = ""  # a subject's identifier of which nobody says what it is
DOCUMENTS: Final = frozenset(
    {listed.PASSPORT, listed.NATIONAL_ID, listed.TAX_ID, listed.REGISTRATION}
)
NUMBERS: Final = DOCUMENTS - {listed.PASSPORT}  # a country may use one number for all of these
ACCOUNTS: Final = frozenset({"iban", "account"})  # a bank's numbers are nobody's documents


def _only(_normal: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is read. `wider` gives what else covers an identifier, a bank its branch."""

    normalize: Callable[[str], str]
    is_valid: Callable[[str], bool]
    points: float
    wider: Callable[[str], tuple[str, ...]] = _only


KINDS: Final = {
    listed.PASSPORT: Kind(passport.normalize, passport.is_valid, 60.0),
    listed.NATIONAL_ID: Kind(national_id.normalize, national_id.is_valid, 60.0),
    listed.TAX_ID: Kind(tax_id.normalize, tax_id.is_valid, 60.0),
    listed.REGISTRATION: Kind(registration.normalize, registration.is_valid, 55.0),
    listed.IMO: Kind(imo.normalize, imo.is_valid, 70.0),
    listed.MMSI: Kind(mmsi.normalize, mmsi.is_valid, 45.0),
    listed.CALL_SIGN: Kind(call_sign.normalize, call_sign.is_valid, 30.0),
    listed.TAIL_NUMBER: Kind(tail_number.normalize, tail_number.is_valid, 45.0),
    listed.EMAIL: Kind(email.normalize, email.is_valid, 60.0),
    listed.PHONE: Kind(phone.normalize, phone.is_valid, 35.0),
    listed.WEBSITE: Kind(website.normalize, website.is_valid, 50.0, website.wider),
    listed.WALLET: Kind(wallet.normalize, wallet.is_valid, 80.0),
    listed.SWIFT: Kind(swift.normalize, swift.is_valid, 60.0, swift.wider),
    listed.LEI: Kind(lei.normalize, lei.is_valid, 70.0),
}
OTHER: Final = Kind(registration.normalize, registration.is_valid, 55.0)  # a list's own word


def kind_of(name: str) -> Kind:
    """How an identifier of this kind is read; a list's own word is a document's number."""
    return KINDS.get(name, OTHER)


def readings(name: str, value: str) -> tuple[tuple[str, str], ...]:
    """(kind, normal form) under which a subject's identifier is looked up.

    What is of no known kind is read as each kind whose form it has, a list's own word as a
    number. What may match what is decided afterwards (`agreement`).
    """
    if name != UNKNOWN:
        return _readings(name, kind_of(name), value)
    every = (*KINDS.items(), (UNKNOWN, OTHER))
    found = (each for other, kind in every for each in _readings(other, kind, value))
    return tuple(dict.fromkeys(found))


def _readings(name: str, kind: Kind, value: str) -> tuple[tuple[str, str], ...]:
    normal = kind.normalize(value)
    return tuple((name, each) for each in (normal, *kind.wider(normal)) if each)
