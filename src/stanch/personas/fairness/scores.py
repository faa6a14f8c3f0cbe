"""What is held against each record: the most that it has in common with any other."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from stanch.personas.evidence.indicator import FARM, OPERATOR
from stanch.personas.evidence.mark import Mark
from stanch.personas.fairness.point import Ints
from stanch.personas.linking.marks import MARKED
from stanch.personas.linking.score import Evidence, Scoring
from stanch.personas.weights.weigh import Weighed

LEVELS = (OPERATOR, FARM)


def by_level(
    evidence: Mapping[tuple[int, int], Evidence], scoring: Scoring, records: int
) -> dict[str, Ints]:
    """Of each record the highest score towards one other, in microbits, at either level."""
    pairs = np.array(list(evidence), np.int64).reshape(-1, 2)
    return {
        level: largest(
            pairs[:, 0],
            pairs[:, 1],
            np.array([scoring.score(each, level) for each in evidence.values()], np.int64),
            records,
        )
        for level in LEVELS
    }


def by_indicator(weighed: list[Weighed], records: int) -> dict[str, Ints]:
    """The same of what each indicator found, alone and in full; those that found nothing too."""
    return {
        each.found.indicator.name: largest(each.found.a, each.found.b, each.microbits, records)
        for each in weighed
    }


def by_mark(marks: Mapping[int, list[Mark]], records: int) -> dict[str, Ints]:
    """What each indicator of one record alone says of it, by its name."""
    scores = {name: np.zeros(records, np.int64) for name in MARKED}
    for record, each in marks.items():
        for mark in each:
            scores[mark.evidence][record] += mark.microbits
    return scores


def largest(
    a: npt.NDArray[np.integer],
    b: npt.NDArray[np.integer],
    microbits: Ints,
    records: int,
) -> Ints:
    """Of each record the largest of what the pairs `a`, `b` that it is in are given, or 0."""
    scores = np.zeros(records, np.int64)
    np.maximum.at(scores, a, microbits)
    np.maximum.at(scores, b, microbits)
    return scores
