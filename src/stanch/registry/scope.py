"""What a total counts: kinds, victims, period, country, attribution bar, valuation.

One rule for all incidents of a total, and none for a single one.
"""

from dataclasses import dataclass

from stanch.model.registry.incident import Amount, Incident
from stanch.model.registry.words import (
    AmountKind,
    Bar,
    IncidentKind,
    PlaceRole,
    Valuation,
    VictimKind,
)


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
