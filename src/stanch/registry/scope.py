"""What a total counts: kinds, victims, period, country, attribution bar, valuation.

One rule for all incidents of a total, and none for a single one.
"""

from dataclasses import dataclass

from stanch.model.registry.incident import Amount, Incident
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import (
    AmountKind,
    Bar,
    IncidentKind,
    PlaceRole,
    Valuation,
    VictimKind,
)
from stanch.registry.grade import disputed, grade
from stanch.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted. Empty `kinds` and `victims` count all; `publisher` is whose total it is."""

    kinds: tuple[IncidentKind, ...] = ()
    victims: tuple[VictimKind, ...] = ()
    bar: Bar = Bar.C
    place: PlaceRole = PlaceRole.SEAT
    disputed: bool = True
    valuation: Valuation = Valuation.THEN
    publisher: str = ""


def left_out(
    incident: Incident, scope: Scope, period: tuple[Moment, Moment], registry: Registry
) -> str:
    """Why a total does not count an incident of any country; empty where it does.

    What is known by its month alone belongs to the period in which the month begins.
    """
    if not period[0].first <= incident.happened.first <= period[1].last:
        return "period"
    if scope.kinds and incident.kind not in scope.kinds:
        return "kind"
    if scope.victims and incident.victim_kind not in scope.victims:
        return "victim"
    if grade(incident, registry.bodies) > scope.bar:
        return "bar"
    if not scope.disputed and disputed(incident):
        return "disputed"
    return ""


def country(incident: Incident, scope: Scope, registry: Registry) -> str:
    """The one country that a total counts an incident under; empty where none is known.

    Where sources differ it is the one that the total's own publisher gives, else the first.
    """
    places = [each for each in incident.places if each.role is scope.place]
    publisher = registry.bodies.get(scope.publisher)
    for each in places:
        if publisher is not None and registry.sources[each.source].publisher == publisher.name:
            return each.country
    return places[0].country if places else ""


def worth(incident: Incident, valuation: Valuation) -> int | None:
    """What was stolen or paid, in whole US dollars; None where no source says."""
    values = [
        _value(each, valuation)
        for each in incident.amounts
        if each.kind in {AmountKind.STOLEN, AmountKind.PAID}
    ]
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _value(amount: Amount, valuation: Valuation) -> int | None:
    said = [each for each in (amount.usd, amount.low, amount.high) if each is not None]
    if valuation is Valuation.PUBLICATION or not said:
        return None
    if valuation is Valuation.LOW:
        return min(said)
    if valuation is Valuation.HIGH:
        return max(said)
    return amount.usd
