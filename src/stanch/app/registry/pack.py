"""Make a pack from the registry's files: for whoever has only these, or beside what a desk holds.

Files have no owners, so that what is marked for some alone is in nobody's pack; the pack says how
many rows that leaves out. Orders and meetings are a desk's, and are not collected here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from stanch.app.registry.pack_beside import Beside, below, hidden, moved
from stanch.app.registry.pack_claims import claimed
from stanch.app.registry.pack_rows import source_row
from stanch.app.registry.pack_threats import Counted, common
from stanch.app.registry.period import period
from stanch.app.registry.shelf import Kept
from stanch.errors import NotFoundError
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.registry.incident import Incident
from stanch.model.registry.words import AmountKind, Bar, By, PlaceRole, Valuation
from stanch.registry.registry import Registry, load
from stanch.registry.scope import Scope
from stanch.registry.statistics import Cell, statistics
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import (
    INCIDENT,
    Claimed,
    Count,
    IncidentRow,
    Lacking,
    Line,
    Pack,
    Rule,
)

_BY = (By.QUARTER, By.COUNTRY, By.ACTOR, By.KIND, By.TECHNIQUE, By.CHAIN)


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, over which period, under which choices; `claims` are taken apart beside those that
    were published in the period; `common` are the countries whose common threats are told, all
    where that is None.
    """

    first: str
    last: str
    reader: str
    bar: Bar = Bar.C
    place: PlaceRole = PlaceRole.SEAT
    disputed: bool = True
    valuation: Valuation = Valuation.THEN
    claims: tuple[str, ...] = ()
    common: tuple[str, ...] | None = None


def collected(asked: Asked, folder: Path | None = None) -> Pack:
    """A pack of the registry of a folder, or of the one that is shipped. Raises as `counted`, and
    what loading raises.
    """
    return counted(asked, Beside(Kept.of(load(folder))))


def counted(asked: Asked, beside: Beside) -> Pack:
    """A pack of the registry. Raises UsageError for a period that is none, NotFoundError for a
    claim that is not there.
    """
    kept, shown = beside.told, beside.told.shown
    first, last = period(asked.first, asked.last)
    rule = Rule(first, last, asked.bar, asked.place, asked.disputed, asked.valuation)
    scope = Scope((), (), rule.bar, rule.place, rule.disputed, rule.valuation)
    found = {by: statistics(shown, scope, (by,), (first, last)) for by in _BY}
    claims = _claims(shown, asked.claims, rule)
    one = found[By.QUARTER]
    incidents = _incidents(shown, one.whole, claims)
    known = kept.rows(rule.place)
    rows = known.of(incidents)
    sources = _sources(shown, rows, claims)
    return Pack(
        reader=asked.reader,
        meeting=None,
        rule=rule,
        as_of=last.last,
        marking=_marking([*incidents, *moved(kept, scope, (first, last))]),
        whole=_line(one.whole, By.QUARTER, shown),
        counts=tuple(
            Count(by, tuple(_line(cell, by, shown) for cell in _known_first(found[by].cells)))
            for by in _BY
        ),
        claims=claims,
        incidents=rows,
        sources=tuple(source_row(shown.sources[each]) for each in sources),
        left_out=(*hidden(kept.whole, rule, beside.unseen), *below(one.left_out)),
        common=common(Counted(shown, found, rule, known.countries), asked.common),
    )


def _claims(registry: Registry, wanted: tuple[str, ...], rule: Rule) -> tuple[Claimed, ...]:
    for each in wanted:
        if each not in registry.claims:
            known = ", ".join(registry.claims)
            raise NotFoundError(f"{each}: no such claim; there are {known}")
    first, last = rule.first.first, rule.last.last
    return tuple(
        line
        for id, claim in registry.claims.items()
        if id in wanted or claim.made.within(first, last)
        for line in claimed(claim, registry)
    )


def _incidents(registry: Registry, whole: Cell, claims: Iterable[Claimed]) -> list[Incident]:
    """What is counted, and what the claims rest on, the oldest first."""
    named, head = set(whole.incidents), len(INCIDENT) + 1
    for each in claims:
        for number in (each.matched, each.extra, each.missing, each.disputed):
            named.update([row[head:] for row in number.rows])
    columns = registry.columns
    every = (columns.incidents[row] for row in columns.in_time)
    return [each for each in every if each.id in named]


def _sources(
    registry: Registry, rows: Iterable[IncidentRow], claims: Iterable[Claimed]
) -> list[str]:
    """What the rows and the claims cite, in the order of the registry, and no other."""
    named = {name.partition("/")[2] for each in claims for name in each.claimed.rows}
    named.update(*(row.cites for row in rows))
    return [each for each in registry.sources if each in named]


def _line(cell: Cell, by: By, registry: Registry) -> Line:
    key = cell.key[0] if cell.key else ""
    actor = registry.actors.get(key) if by is By.ACTOR else None
    without = set(cell.unvalued)
    valued = [each for each in cell.incidents if each not in without]
    return Line(
        key,
        actor.name if actor else key,
        _number(cell.incidents),
        Number(cell.stolen, _names(valued)),
        Number(cell.moved, _names(cell.having[AmountKind.MOVED].rows)),
        Number(cell.frozen, _names(cell.having[AmountKind.FROZEN].rows)),
        Number(cell.recovered, _names(cell.having[AmountKind.RECOVERED].rows)),
        Number(_median(cell.noticed), _names(_timed(cell, registry))),
        _number(cell.partial),
        tuple(
            Lacking(kind, _number(had.unvalued), _number(had.partial))
            for kind, had in cell.having.items()
        ),
    )


def _known_first(cells: tuple[Cell, ...]) -> list[Cell]:
    return sorted(cells, key=lambda cell: not cell.key[0])


def _timed(cell: Cell, registry: Registry) -> list[str]:
    found = []
    for id in cell.incidents:
        one = registry.incidents[id]
        if one.noticed is not None and one.happened.of_a_day and one.noticed.of_a_day:
            found.append(id)
    return found


def _median(days: tuple[int, ...]) -> Decimal | None:
    if not days:
        return None
    half = len(days) // 2
    return Decimal(days[half] if len(days) % 2 else days[half - 1] + days[half]) / (
        1 if len(days) % 2 else 2
    )


def _number(ids: Sequence[str]) -> Number:
    return Number(len(ids), _names(ids))


def _names(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{INCIDENT}/{each}" for each in ids)


def _marking(incidents: Sequence[Incident]) -> Marking:
    """The narrowest of what is shown, or moves what is shown."""
    inside = {each.marking for each in incidents}
    inside |= {said.marking for each in incidents for said in each.statements}
    return narrowest([Marking.CLEAR, *inside])
