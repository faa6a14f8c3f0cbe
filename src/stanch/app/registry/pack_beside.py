"""What a pack does not hold, and what a desk has beside the registry's files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from stanch.app.registry.shelf import EVERYBODY, Kept
from stanch.model.registry.incident import Incident
from stanch.model.registry.moment import Moment
from stanch.registry.registry import Registry
from stanch.registry.scope import Scope
from stanch.reports.pack.pack import LeftOut, Row, Rule, Why


@dataclass(frozen=True, slots=True)
class Beside:
    """What a desk has beside the files, for one reader: the registry with the statements that they
    may see, and on each incident how many more there are.
    """

    told: Kept
    unseen: Mapping[str, int] = field(default_factory=dict)


def hidden(registry: Registry, rule: Rule, unseen: Mapping[str, int]) -> list[LeftOut]:
    """Rows of the period that are marked for some alone; of the statements those at a desk too."""
    days = registry.columns.day
    since, until = rule.first.first.toordinal(), rule.last.last.toordinal()
    within = np.flatnonzero((days >= since) & (days <= until)).tolist()
    inside = [registry.columns.incidents[row] for row in within]
    incidents = [each for each in inside if each.marking not in EVERYBODY]
    statements = [
        said for each in inside if each.marking in EVERYBODY
        for said in each.statements if said.marking not in EVERYBODY
    ]  # fmt: skip
    said = sum(unseen.get(each.id, 0) for each in inside if each.marking in EVERYBODY)
    return [
        LeftOut(Row.INCIDENTS, Why.MARKING, len(incidents)),
        LeftOut(Row.STATEMENTS, Why.MARKING, len(statements) + said),
    ]


def below(reasons: Mapping[str, int]) -> list[LeftOut]:
    """Rows of the period that do not fit the rule, by the reasons of `statistics`."""
    return [
        LeftOut(Row.INCIDENTS, Why(why), count)
        for why, count in sorted(reasons.items())
        if why != "period"
    ]


def moved(told: Kept, scope: Scope, period: tuple[Moment, Moment]) -> list[Incident]:
    """Incidents of the period that are counted, or left out for another reason, by what is said of
    them beside the files.
    """
    if told.under is None:
        return []
    files, shown = told.under.shown, told.shown
    within, *passes = (
        (before, after)
        for (_, before), (_, after) in zip(
            files.columns.passes(scope, period), shown.columns.passes(scope, period), strict=True
        )
    )
    other = np.zeros(len(files.incidents), np.bool_)
    for before, after in passes:
        other |= before != after
    rows = np.flatnonzero(other & within[1]).tolist()
    return [shown.columns.incidents[row] for row in rows]
