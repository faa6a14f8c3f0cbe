"""Birth places: towns and provinces, without the country around them.

The country's own words are taken out first, so that coming from somewhere is never a reason: what
counts is the town. The same town is given in about two of three pairs of records of one person
and, among people of one name, in one of ten, since capitals are large: 10 log10(0.65 / 0.1) = 8.
Half of it where only one word of several agrees (a province, a district).

Another town lowers by 10 log10(0.3 / 0.9) = -5 at most, and by less here, because villages,
districts and provinces stand for one another and are spelled in many ways: -2. Another country of
birth, where both name it, is firmer: 10 log10(0.06 / 0.6) = -10, of which -6 is taken, since
borders moved.
"""

from functools import lru_cache
from itertools import product
from typing import Final

from stanch.model.countries import code_of
from stanch.model.hits import Evidence
from stanch.screening.facts.words import words

SAME: Final = 8.0
SIMILAR: Final = 4.0
DIFFERS: Final = -2.0
OTHER_COUNTRY: Final = -6.0

_EMPTY_WORDS: Final = (
    "the of in and near city town village district province region county state governorate "
    "oblast prefecture municipality republic north south east west central"
)
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())


def evidence(subject: tuple[str, ...], listed: tuple[str, ...]) -> list[Evidence]:
    """The best that any two of the places say; nothing where one side names only a country."""
    found = [
        Evidence(code, points, one, other)
        for one, other in product(subject, listed)
        if (verdict := _verdict(one, other))
        for code, points in [verdict]
    ]
    return [max(found, key=lambda each: each.points)] if found else []


def _verdict(one: str, other: str) -> tuple[str, float] | None:
    (mine, country), (theirs, other_country) = _read(one), _read(other)
    if shared := mine & theirs:
        whole = 2 * len(shared) > max(len(mine), len(theirs))
        return ("place.same", SAME) if whole else ("place.similar", SIMILAR)
    if country and other_country and country != other_country:
        return "place.contradicts", OTHER_COUNTRY
    return ("place.differs", DIFFERS) if mine and theirs else None


@lru_cache(1 << 14)
def _read(text: str) -> tuple[frozenset[str], str]:
    """The telling words of a place, and the code of its country where the text names one."""
    parts = text.replace(";", ",").split(",")
    country = code_of(",".join(parts[-2:])) if len(parts) > 1 else ""
    kept = []
    for part in parts[:-2] if country else parts:  # "Sinuiju, Korea, North"
        if code := code_of(part):
            country = country or code
        else:
            kept.append(part)
    return words(" ".join(kept)) - _EMPTY, country
