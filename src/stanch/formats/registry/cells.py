"""What a cell of the registry may hold. Each reader raises ValueError with a short reason."""

import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar

from stanch.model.chain import Chain
from stanch.model.countries import is_code
from stanch.model.letters import hidden
from stanch.model.registry.moment import Moment

Read = Callable[[str], Any]
Choice = TypeVar("Choice", bound=StrEnum)

_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?")
# Of fewer digits than a trillion dollars has: no sum of a registry comes near what 64 bits hold.
_WHOLE: Final = re.compile(r"0|[1-9][0-9]{0,11}")
_UNITS: Final = re.compile(r"(?:0|[1-9][0-9]{0,30})(?:\.[0-9]{1,18})?")
_ATTACK: Final = re.compile(r"G[0-9]{4}")
_LONGEST: Final = 2000
_APART: Final = ";"


def text(cell: str) -> str:
    """Words, on one line, without letters that cannot be seen."""
    if len(cell) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST:,} letters")
    if cell.isascii() and cell.isprintable():
        return cell  # as most are: letter by letter takes long
    for letter in cell:
        if hidden(letter):
            raise ValueError(f"has a letter that cannot be seen (U+{ord(letter):04X})")
    return cell


def identifier(cell: str) -> str:
    """An id: small letters, digits, dots and hyphens, at most 80."""
    if not _ID.fullmatch(cell):
        raise ValueError(f"{cell[:80]!r} is no id such as ronin-2022 (a-z, 0-9, - and .)")
    return cell


def country(cell: str) -> str:
    """ISO 3166-1 alpha-2."""
    if not is_code(cell):
        raise ValueError(f"{cell[:80]!r} is no country of ISO 3166-1 (KR, JP, US ...)")
    return cell


def moment(cell: str) -> Moment:
    """A date as far as it is known."""
    return _parsed(cell[:80])


@lru_cache(maxsize=16_384)  # days of forty years: many rows have the same
def _parsed(cell: str) -> Moment:
    return Moment.parse(cell)


def whole(cell: str) -> int:
    """A whole number below a trillion, without marks between thousands."""
    if not _WHOLE.fullmatch(cell):
        raise ValueError(f"{cell[:80]!r} is no whole number such as 540000000, below a trillion")
    return int(cell)


def units(cell: str) -> Decimal:
    """How many of an asset: digits and a point."""
    if not _UNITS.fullmatch(cell):
        raise ValueError(f"{cell[:80]!r} is no amount such as 173600 or 0.5")
    return Decimal(cell)


def chain(cell: str) -> str:
    """CAIP-2."""
    return str(Chain.parse(cell[:80]))


def attack(cell: str) -> str:
    """A group of MITRE ATT&CK."""
    if not _ATTACK.fullmatch(cell):
        raise ValueError(f"{cell[:80]!r} is no group of ATT&CK such as G0032")
    return cell


def choice(words: type[Choice]) -> Callable[[str], Choice]:
    """One of these words."""

    def word(cell: str) -> Choice:
        try:
            return words(cell)
        except ValueError:
            raise ValueError(f"{cell[:80]!r} is none of {', '.join(words)}") from None

    return word


def several(one: Read) -> Callable[[str], tuple[Any, ...]]:
    """Any number of them, parted by semicolons."""

    def listed(cell: str) -> tuple[Any, ...]:
        parts = [part.strip() for part in cell.split(_APART)]
        if not all(parts):
            raise ValueError("has nothing before or behind a semicolon")
        if len(parts) != len(set(parts)):
            raise ValueError("names one twice")
        return tuple(one(part) for part in parts)

    return listed
