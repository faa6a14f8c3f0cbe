"""Accounts that are watched, what is asked about them, and what a look-up finds.

A watched account is CAIP-10 (`eip155:1:0x…`) or, where no chain is known, an address alone. What is
compared is the address in its normal form; the chain narrows it where both sides name one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from stanch.model.chain import Chain

MAX_QUERY: Final = 512  # characters; no account in any dress is longer


class Kind(StrEnum):
    """Why an account is watched."""

    ORDER = "order"  # a block order in force names it
    LISTING = "listing"  # a sanctions list names it
    EXPOSURE = "exposure"  # money of an incident went through it: merely tainted


@dataclass(frozen=True, slots=True)
class Watched:
    """One reason to watch one account, for one audience.

    `reference` is the id of the order, list entry or incident; `audience` the number of the set of
    members who may see the row. `hop` counts from the theft; `amount` is an integer in the smallest
    unit of `asset` (CAIP-19), as text; both may be empty.
    """

    account: str
    kind: Kind
    reference: str
    audience: int
    hop: int = 0
    asset: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """What is watched no longer for this reason: all of a reference, or one account of it."""

    kind: Kind
    reference: str
    account: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What a look-up says of an account. `chain` is that of the watched account, perhaps empty."""

    kind: Kind
    reference: str
    chain: str = ""
    hop: int = 0
    asset: str = ""
    amount: str = ""


class Asked(NamedTuple):
    """What is looked up: a CAIP-2 chain, perhaps empty, and an address in its normal form."""

    chain: str
    form: str


def asked(text: str, normalize: Callable[[str], str]) -> Asked | None:
    """Read an address as it was typed, with or without its CAIP-2 chain; None if it is none.

    `normalize` gives an address's normal form, or nothing where it is no address.

    >>> asked(" eip155:1:0xAB ", str.lower)
    Asked(chain='eip155:1', form='0xab')
    """
    if len(text) > MAX_QUERY:
        return None
    chain, colon, address = text.strip().rpartition(":")
    if not (colon and _is_chain(chain)):
        chain, address = "", text
    form = normalize(address)
    return Asked(chain, form) if form else None


@lru_cache(maxsize=1024)
def _is_chain(text: str) -> bool:
    try:
        Chain.parse(text)
    except ValueError:
        return False
    return True
