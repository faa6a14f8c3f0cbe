"""What a total counts: kinds, victims, actors, period, country, attribution bar, valuation.

One rule for all incidents of a total, and none for a single one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from stanch.model.registry.incident import Amount, Incident
from stanch.model.registry.words import (
    AmountKind,
    Bar,
    IncidentKind,
    PlaceRole,
    Valuation,
    VictimKind,
)

LOSSES: Final = frozenset({AmountKind.STOLEN, AmountKind.PAID})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted. Empty `kinds`, `victims` and `actors` count all; an actor counts with the
    groups that are part of it. `publisher` is whose total it is.
    """

    kinds: tuple[IncidentKind, ...] = ()
    victims: tuple[VictimKind, ...] = ()
    bar: Bar = Bar.C
    place: PlaceRole = PlaceRole.SEAT
    disputed: bool = True
    valuation: Valuation = Valuation.THEN
    publisher: str = ""
    actors: tuple[str, ...] = ()


def worth(
    incident: Incident, valuation: Valuation, kinds: Collection[AmountKind] = LOSSES
) -> int | None:
    """What was stolen or paid, or what `kinds` are, in whole US dollars; None where no source
    says.
    """
    known = [value for _, value in _amounts(incident, valuation, kinds) if value is not None]
    return sum(known) if known else None


def partial(
    incident: Incident, valuation: Valuation, kinds: Collection[AmountKind] = LOSSES
) -> bool:
    """Whether that is only a part: beside amounts that a source values are some that none does. A
    value that names no asset is of all that was taken in that way.
    """
    amounts = _amounts(incident, valuation, kinds)
    whole = {each.kind for each, value in amounts if not each.asset and value is not None}
    missing = any(value is None and each.kind not in whole for each, value in amounts)
    return missing and any(value is not None for _, value in amounts)


def _amounts(
    incident: Incident, valuation: Valuation, kinds: Collection[AmountKind]
) -> list[tuple[Amount, int | None]]:
    return [(each, _value(each, valuation)) for each in incident.amounts if each.kind in kinds]


def _value(amount: Amount, valuation: Valuation) -> int | None:
    said = [each for each in (amount.usd, amount.low, amount.high) if each is not None]
    if valuation is Valuation.PUBLICATION or not said:
        return None
    if valuation is Valuation.LOW:
        return min(said)
    if valuation is Valuation.HIGH:
        return max(said)
    return amount.usd
