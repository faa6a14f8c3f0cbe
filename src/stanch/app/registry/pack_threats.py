"""Threats that incidents of two or more countries have in common, as a pack tells them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stanch.errors import UsageError
from stanch.model.countries import is_code
from stanch.model.registry.incident import Incident
from stanch.model.registry.words import By, PlaceRole
from stanch.registry.registry import Registry
from stanch.registry.scope import worth
from stanch.registry.statistics import Statistics
from stanch.reports.pack.common_threats import Common, CommonThreat, ThreatKind, Touched
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import INCIDENT, Rule

FEWEST = 2  # countries that a threat touches, to be a common one


def countries(named: str | None) -> tuple[str, ...] | None:
    """Codes of countries from `KR,JP,US`, each once, in their order; all countries where None.

    Raises UsageError for one that is none, and for fewer than two.
    """
    if named is None:
        return None
    found = tuple(dict.fromkeys(each.strip().upper() for each in named.split(",")))
    for each in found:
        if not is_code(each):
            raise UsageError(f"--common {each[:40]}: is no country's code, as KR is")
    if len(found) < FEWEST:
        raise UsageError(f"--common {found[0]}: name two countries or more, as KR,JP,US")
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of a registry under a rule, and the country that each incident has there."""

    registry: Registry
    found: Mapping[By, Statistics]
    rule: Rule
    countries: Mapping[str, str]


def common(counted: Counted, among: tuple[str, ...] | None) -> Common:
    """Actors, techniques, campaigns and strains of the incidents that were counted, each with
    those of its incidents that touch one of the countries `among`, or any where that is None.
    """
    registry, rule, where = counted.registry, counted.rule, _where(counted)
    touching = {
        id: held for id, all_of_it in where.items()
        if (held := [each for each in all_of_it if among is None or each in among])
    }  # fmt: skip
    found = [
        _threat(registry, kind, name, {id: touching[id] for id in ids if id in touching}, rule)
        for kind, name, ids in _groups(registry, counted.found)
    ]
    kinds = list(ThreatKind)
    shared = [each for each in found if len(each.touched) >= FEWEST]
    shared.sort(key=lambda each: (kinds.index(each.kind), *_weight(each)))
    return Common(among, tuple(shared))


def _groups(
    registry: Registry, counted: Mapping[By, Statistics]
) -> Iterator[tuple[ThreatKind, str, Sequence[str]]]:
    """Every threat that is named, with its incidents."""
    for cell in counted[By.ACTOR].cells:
        if key := cell.key[0]:
            yield ThreatKind.ACTOR, registry.actors[key].name, cell.incidents
    for cell in counted[By.TECHNIQUE].cells:
        if key := cell.key[0]:
            yield ThreatKind.TECHNIQUE, key, cell.incidents
    named: dict[str, list[str]] = {}
    for id in counted[By.ACTOR].whole.incidents:
        one = registry.incidents[id]
        for name in sorted({one.campaign, one.strain} - {""}):
            named.setdefault(name, []).append(id)
    for name, ids in named.items():
        yield ThreatKind.CAMPAIGN, name, ids


def _where(counted: Counted) -> dict[str, list[str]]:
    """The countries that each incident touches.

    A victim has one seat, where sources disagree the one that is counted; users and losses are
    wherever they are.
    """
    ids, place = counted.found[By.ACTOR].whole.incidents, counted.rule.place
    if place is PlaceRole.SEAT:
        seats = {id: counted.countries[id] for id in ids}
        return {id: [country] if country else [] for id, country in seats.items()}
    return {id: _all(counted.registry.incidents[id], place) for id in ids}


def _all(incident: Incident, place: PlaceRole) -> list[str]:
    return list(dict.fromkeys(each.country for each in incident.places if each.role is place))


def _threat(
    registry: Registry, kind: ThreatKind, name: str, touching: Mapping[str, list[str]], rule: Rule
) -> CommonThreat:
    by: dict[str, list[str]] = {}
    for id, held in touching.items():
        for country in held:
            by.setdefault(country, []).append(id)
    touched = [Touched(country, "", _number(ids)) for country, ids in by.items()]
    touched.sort(key=lambda each: (-len(each.rows.rows), each.country))
    values = {id: worth(registry.incidents[id], rule.valuation) for id in touching}
    known = {id: usd for id, usd in values.items() if usd is not None}
    stolen = Number(sum(known.values()) if known else None, _rows(known))
    return CommonThreat(kind, name, tuple(touched), _number(list(touching)), stolen)


def _weight(each: CommonThreat) -> tuple[int, int, str]:
    """Those that touch most first, then those that cost most."""
    stolen = each.stolen.value if each.stolen is not None and each.stolen.value else 0
    return -len(each.touched), -int(stolen), each.name


def _number(ids: Sequence[str]) -> Number:
    return Number(len(ids), _rows(ids))


def _rows(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{INCIDENT}/{each}" for each in ids)
