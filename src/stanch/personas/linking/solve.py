"""From evidence to clusters of both levels."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stanch.personas.evidence.indicator import FARM, OPERATOR
from stanch.personas.evidence.sight import Sight
from stanch.personas.linking.cluster import clusters
from stanch.personas.linking.evidence import INDICATORS, Step, gather, near
from stanch.personas.linking.score import Piece, Scoring
from stanch.personas.weights.chance import bar
from stanch.personas.weights.learned import pair_of
from stanch.personas.weights.weigh import Weighed

Pair = tuple[int, int]
Numbers = dict[str, int]


@dataclass(frozen=True, slots=True)
class Solved:
    """Of each record the least record of its operator and of its farm; evidence between records."""

    operator: npt.NDArray[np.int64]
    farm: npt.NDArray[np.int64]
    evidence: dict[Pair, dict[str, Piece]]
    numbers: dict[tuple[Pair, str], Numbers]  # that explain a piece
    scoring: Scoring


def solve(sight: Sight, step: Step = lambda _: None) -> Solved:
    """Link the records of an intake."""
    weighed = gather(sight, step)
    step("operators")
    evidence, numbers = together(weighed, sight.people)
    scoring = Scoring(INDICATORS, bar(sight.people))
    size = {record: 1 for pair in evidence for record in pair}
    operator = clusters(
        sorted(size.items()), evidence, lambda e: scoring.score(e, OPERATOR), scoring.bar
    )
    step("farms")
    sizes: dict[int, int] = {}
    for least in operator.values():
        sizes[least] = sizes.get(least, 0) + 1
    farm = clusters(
        sorted(sizes.items()),
        _between(evidence, operator),
        lambda e: scoring.score(e, FARM),
        scoring.bar,
    )
    of_operator = np.arange(sight.people, dtype=np.int64)
    of_farm = np.arange(sight.people, dtype=np.int64)
    for record, least in operator.items():
        of_operator[record], of_farm[record] = least, farm[least]
    return Solved(of_operator, of_farm, evidence, numbers, scoring)


def together(
    weighed: list[Weighed], people: int
) -> tuple[dict[Pair, dict[str, Piece]], dict[tuple[Pair, str], Numbers]]:
    """Evidence by pair, of those pairs that are worth looking at."""
    wanted = near(weighed, people)
    evidence: dict[Pair, dict[str, Piece]] = {}
    numbers: dict[tuple[Pair, str], Numbers] = {}
    for each in weighed:
        name = each.found.indicator.name
        of = np.flatnonzero(np.isin(pair_of(each.found, people), wanted) & (each.microbits > 0))
        for at, said in zip(of.tolist(), _said(each, of), strict=True):
            both = int(each.found.a[at]), int(each.found.b[at])
            evidence.setdefault(both, {})[name] = Piece(
                int(each.microbits[at]),
                int(each.found.n[at]),
                int(each.found.holders[at]),
                bool(each.sole[at]),
                each.level,
            )
            numbers[both, name] = said
    return evidence, numbers


def _said(weighed: Weighed, rows: npt.NDArray[np.int64]) -> Iterator[Numbers]:
    columns = {name: column[rows].tolist() for name, column in weighed.numbers.items()}
    for at in range(len(rows)):
        yield {name: column[at] for name, column in columns.items()}


def _between(
    evidence: dict[Pair, dict[str, Piece]], operator: dict[int, int]
) -> dict[Pair, dict[str, Piece]]:
    """The strongest of each kind between two operators."""
    found: dict[Pair, dict[str, Piece]] = {}
    for (a, b), pieces in evidence.items():
        one, other = operator[a], operator[b]
        if one == other:
            continue
        known = found.setdefault((min(one, other), max(one, other)), {})
        for name, piece in pieces.items():
            known[name] = max(known.get(name, piece), piece)
    return found
