"""Identifiers: the same number is near proof, another one of its kind seldom much.

Agreement is what `screening.identifiers` finds and weighs. Here is what contradicts:

* An IMO number stays with a hull for life; that two records of one ship differ in it is a
  misprint, one in two hundred: 10 log10(0.005) = -23. So it is for the LEI of a company.
* A national id or a tax number of one country is held once, but lists mix up the kinds of numbers,
  and some countries have given new ones: 10 log10(0.1) = -10.
* A passport is renewed, so two numbers of one country are usual for one person. Only where both
  are of one format do they speak, faintly: 10 log10(0.4 / 0.8) = -3.
* A call sign and an MMSI change with the flag: -2.
* Registers, e-mail, telephones, websites and wallets: anybody may have many, so they say nothing.

One digit off is no contradiction: it is more likely a slip than another document.
"""

from functools import lru_cache
from typing import Final

from stanch.model import listed as kinds
from stanch.model.hits import Evidence
from stanch.model.listed import Identifier
from stanch.screening.identifiers import agreement
from stanch.screening.identifiers.kinds import kind_of, readings

HULL: Final = -23.0
HELD_ONCE: Final = -10.0
PASSPORT: Final = -3.0
WITH_THE_FLAG: Final = -2.0

# kind -> (decibans, whether the country must be named by both and be one)
_AGAINST: Final = {
    kinds.IMO: (HULL, False),
    kinds.LEI: (HULL, False),
    kinds.NATIONAL_ID: (HELD_ONCE, True),
    kinds.TAX_ID: (HELD_ONCE, True),
    kinds.PASSPORT: (PASSPORT, True),
    kinds.MMSI: (WITH_THE_FLAG, False),
    kinds.CALL_SIGN: (WITH_THE_FLAG, False),
}


def evidence(subject: tuple[Identifier, ...], listed: tuple[Identifier, ...]) -> list[Evidence]:
    """The best agreement of any two, or else each kind in which the two contradict."""
    best: tuple[Evidence, ...] = ()
    for each in subject:
        forms = {form for _, form in readings(each.kind, each.value)}
        for other in listed:
            normal = _normal(other.kind, other.value)
            if normal in forms:
                best = max(best, agreement.evidence(each, other, normal), key=_points)
    return list(best) or _contradictions(subject, listed)


def _points(found: tuple[Evidence, ...]) -> float:
    return sum(each.points for each in found)


def _contradictions(
    subject: tuple[Identifier, ...], listed: tuple[Identifier, ...]
) -> list[Evidence]:
    found: dict[str, Evidence] = {}
    may_agree: set[str] = set()
    for each in subject:
        for other in listed:
            if each.kind != other.kind or each.kind not in _AGAINST:
                continue
            points, by_country = _AGAINST[each.kind]
            if _contradict(each, other, by_country):
                said = (each.value, other.value, each.kind)
                found.setdefault(each.kind, Evidence("identifier.contradicts", points, *said))
            else:
                may_agree.add(each.kind)
    return [each for kind, each in found.items() if kind not in may_agree]


def _contradict(one: Identifier, other: Identifier, by_country: bool) -> bool:
    mine, theirs = (_normal(each.kind, each.value) for each in (one, other))
    if not mine or not theirs or _nearly(mine, theirs):
        return False
    if not by_country:
        return True
    countries = {each.issuer.strip().upper() for each in (one, other)}
    return len(countries) == 1 and "" not in countries and _shape(mine) == _shape(theirs)


@lru_cache(1 << 16)
def _normal(kind: str, value: str) -> str:
    return kind_of(kind).normalize(value)


def _nearly(mine: str, theirs: str) -> bool:
    if len(mine) != len(theirs):
        return False
    return sum(one != other for one, other in zip(mine, theirs, strict=True)) <= 1


def _shape(number: str) -> str:
    return "".join("9" if char.isdigit() else "A" for char in number)
