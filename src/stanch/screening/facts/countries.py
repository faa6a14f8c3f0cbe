"""Nationality and the country of a register or a flag: they may tell two apart and nothing else.

Agreement is shown and worth nothing. Millions share a listed person's nationality, and to count it
would make people suspect for where they come from. A property test holds this at zero or below.

A different nationality lowers by 10 log10(0.25 / 0.7) = -4: lists and registers give one person
different nationalities in one of four cases (dual nationals, old states, residence for
nationality), while two people of one name differ in about seven of ten. A company's country of
registration is a little firmer per record, but companies are listed with their branches: -3.
A flag is changed in a day: -1.

Residence and addresses are not compared: people move. States that were one, and codes that stand
for one passport, do not contradict.
"""

from itertools import product
from typing import Final

from stanch.model.hits import Evidence
from stanch.model.listed import VESSEL, Country

SAME: Final = 0.0
NATIONALITY: Final = -4.0
REGISTRATION: Final = -3.0
FLAG: Final = -1.0

_COMPARED: Final = ("nationality", "citizenship", "registration", "jurisdiction", "flag")
_SOVIET: Final = "AM AZ BY EE GE KG KZ LT LV MD RU TJ TM UA UZ"
_YUGOSLAV: Final = "BA HR ME MK RS SI XK"
_ONCE_ONE: Final = {
    "SU": frozenset(_SOVIET.split()),
    "YU": frozenset([*_YUGOSLAV.split(), "CS"]),
    "CS": frozenset({"RS", "ME", "XK", "CZ", "SK", "YU"}),
    "DD": frozenset({"DE"}),
    "AN": frozenset({"CW", "SX", "BQ", "NL"}),
    "SD": frozenset({"SS"}),
    "CN": frozenset({"HK", "MO", "TW"}),
    "RS": frozenset({"XK", "ME"}),
}


def evidence(
    subject: tuple[Country, ...], listed: tuple[Country, ...], schema: str
) -> list[Evidence]:
    """What the countries of both sides say; `schema` is the entry's."""
    mine = {each.code: each for each in subject if each.code and each.role in _COMPARED}
    theirs = {each.code: each for each in listed if each.code and each.role in _COMPARED}
    if not mine or not theirs:
        return []
    for one, other in product(mine.values(), theirs.values()):
        if _agree(one.code, other.code):
            return [Evidence("country.same", SAME, one.text, other.text)]
    ours = ", ".join(each.text for each in mine.values())
    listed_words = ", ".join(each.text for each in theirs.values())
    return [Evidence("country.differs", _against(schema, theirs), ours, listed_words)]


def _agree(one: str, other: str) -> bool:
    none: frozenset[str] = frozenset()
    return one == other or other in _ONCE_ONE.get(one, none) or one in _ONCE_ONE.get(other, none)


def _against(schema: str, theirs: dict[str, Country]) -> float:
    if schema == VESSEL or any(each.role == "flag" for each in theirs.values()):
        return FLAG
    person = any(each.role in ("nationality", "citizenship") for each in theirs.values())
    return NATIONALITY if person else REGISTRATION
