"""What happened, counted by quarter, country, actor, technique, or chain.

Every number keeps the incidents that make it. An incident of two actors, or with amounts on two
chains, is counted under both, so parts may add up to more than the whole; the whole is counted
once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from stanch.model.registry.incident import Incident
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import AmountKind, By, Valuation
from stanch.registry.actors import above, named
from stanch.registry.registry import Registry
from stanch.registry.scope import Scope, partial, worth

UNKNOWN: Final = ""
LATER: Final = (AmountKind.MOVED, AmountKind.FROZEN, AmountKind.RECOVERED)  # than the theft


@dataclass(frozen=True, slots=True)
class Had:
    """The incidents of which something was moved, or frozen, or recovered: `rows` with dollars,
    `unvalued` with units or a range alone, `partial` with dollars for a part of it alone.
    """

    rows: tuple[str, ...]
    unvalued: tuple[str, ...]
    partial: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The incidents under one key, and their sums in whole US dollars.

    `unvalued` are those with no figure: they are in the count, and in no sum; of `partial` ones a
    part of the loss is in no sum. `having` are those of which something was moved, frozen or
    recovered. `noticed` and `disclosed` are days from the theft, of incidents whose days are known.
    """

    key: tuple[str, ...]
    incidents: tuple[str, ...]
    unvalued: tuple[str, ...]
    partial: tuple[str, ...]
    stolen: int
    moved: int
    frozen: int
    recovered: int
    having: Mapping[AmountKind, Had]
    noticed: tuple[int, ...]
    disclosed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Cells in the order of their keys, the whole, and how many incidents the scope leaves out."""

    cells: tuple[Cell, ...]
    whole: Cell
    left_out: Mapping[str, int]


def statistics(
    registry: Registry, scope: Scope, by: tuple[By, ...], period: tuple[Moment, Moment]
) -> Statistics:
    """Count what a scope has of a period under each key."""
    left, out = np.ones(len(registry.incidents), np.bool_), dict[str, int]()
    for why, mask in registry.columns.passes(scope, period):
        if number := int((left & ~mask).sum()):
            out[why] = number
        left &= mask
    rows = np.flatnonzero(left)
    inside = [registry.columns.incidents[row] for row in rows.tolist()]
    known: list[str] = registry.countries(scope.place, scope.publisher)[rows].tolist()
    countries = {one.id: country for one, country in zip(inside, known, strict=True)}
    dollars = registry.columns.usd(scope.valuation, rows)
    parts = registry.columns.partial[scope.valuation][rows].tolist()
    values = {one.id: (usd, part) for one, usd, part in zip(inside, dollars, parts, strict=True)}
    keyed: dict[tuple[str, ...], list[Incident]] = {}
    for each in inside:
        for key in _keys(each, by, countries, registry):
            keyed.setdefault(key, []).append(each)
    cells = tuple(_cell(key, keyed[key], values, scope.valuation) for key in sorted(keyed))
    return Statistics(cells, _cell((), inside, values, scope.valuation), out)


def quarter(day: date) -> str:
    """As 2026-Q1."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _keys(
    incident: Incident, by: tuple[By, ...], countries: Mapping[str, str], registry: Registry
) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [()]
    for each in by:
        values = sorted(set(_VALUES[each](incident, countries, registry))) or [UNKNOWN]
        keys = [(*key, value) for key in keys for value in values]
    return keys


def _actors(incident: Incident, _: Mapping[str, str], registry: Registry) -> Iterable[str]:
    """Groups that some body attributes it to, without the larger groups of one that is named."""
    said = named(incident)
    return said - {larger for each in said for larger in above(each, registry.actors)}


_VALUES: Final[dict[By, Callable[[Incident, Mapping[str, str], Registry], Iterable[str]]]] = {
    By.YEAR: lambda one, *_: [str(one.happened.first.year)],
    # A year alone is in no quarter.
    By.QUARTER: lambda one, *_: (
        [] if one.happened.precision == "year" else [quarter(one.happened.first)]
    ),
    By.COUNTRY: lambda one, countries, _: filter(None, [countries[one.id]]),
    By.ACTOR: _actors,
    By.TECHNIQUE: lambda one, *_: filter(None, [one.technique]),
    By.CHAIN: lambda one, *_: [each.chain for each in (*one.seeds, *one.payments)],
    By.KIND: lambda one, *_: [one.kind.value],
}


def _cell(
    key: tuple[str, ...],
    incidents: list[Incident],
    known: Mapping[str, tuple[int | None, bool]],
    valuation: Valuation,
) -> Cell:
    values = {each.id: known[each.id] for each in incidents}
    sums, having = _sums(incidents, valuation)
    return Cell(
        key,
        tuple(values),
        tuple(id for id, (usd, _) in values.items() if usd is None),
        tuple(id for id, (_, part) in values.items() if part),
        sum(usd for usd, _ in values.values() if usd is not None),
        sums[AmountKind.MOVED],
        sums[AmountKind.FROZEN],
        sums[AmountKind.RECOVERED],
        having,
        tuple(sorted(_days(incidents, "noticed"))),
        tuple(sorted(_days(incidents, "disclosed"))),
    )


def _sums(
    incidents: list[Incident], valuation: Valuation
) -> tuple[Mapping[AmountKind, int], Mapping[AmountKind, Had]]:
    """What came of the money, in the dollars that are chosen, and of which incidents that is."""
    sums = dict.fromkeys(LATER, 0)
    rows, unvalued, parts = ({kind: list[str]() for kind in LATER} for _ in range(3))
    for one in incidents:
        for kind in {each.kind for each in one.amounts} & sums.keys():
            usd = worth(one, valuation, (kind,))
            sums[kind] += usd or 0
            if usd is None:
                unvalued[kind].append(one.id)
            elif usd:
                rows[kind].append(one.id)
            if partial(one, valuation, (kind,)):
                parts[kind].append(one.id)
    had = {kind: Had(*(tuple(each[kind]) for each in (rows, unvalued, parts))) for kind in LATER}
    return sums, had


def _days(incidents: list[Incident], name: str) -> Iterable[int]:
    for one in incidents:
        then: Moment | None = getattr(one, name)
        if then is not None and one.happened.of_a_day and then.of_a_day:
            yield (then.first - one.happened.first).days
