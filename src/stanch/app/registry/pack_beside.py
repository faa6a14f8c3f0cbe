"""What a pack does not hold, and what a desk has beside the registry's files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from stanch.app.registry.shelf import EVERYBODY
from stanch.model.registry.incident import Incident
from stanch.model.registry.moment import Moment
from stanch.registry.registry import Registry
from stanch.registry.scope import Scope
from stanch.registry.told import Word
from stanch.reports.pack.pack import LeftOut, Row, Rule, Why


@dataclass(frozen=True, slots=True)
class Beside:
    """What a desk has beside the files, for one reader: statements that they may see, and on each
    incident how many more there are.
    """

    words: tuple[Word, ...] = ()
    unseen: Mapping[str, int] = field(default_factory=dict)


NOTHING: Final = Beside()


def hidden(registry: Registry, rule: Rule, unseen: Mapping[str, int]) -> list[LeftOut]:
    """Rows of the period that are marked for some alone; of the statements those at a desk too."""
    inside = [
        each for each in registry.incidents.values()
        if rule.first.first <= each.happened.first <= rule.last.last
    ]  # fmt: skip
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


def moved(
    files: Registry, shown: Registry, scope: Scope, period: tuple[Moment, Moment]
) -> list[Incident]:
    """Incidents of the period that are counted, or left out for another reason, by what is said of
    them beside the files.
    """
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
