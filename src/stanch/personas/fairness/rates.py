"""Rates by group, their ratio, and 95 % bootstrap intervals of both."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.personas.fairness.point import Floats, Ints, Point, point_of

RESAMPLES: Final = 2_000
SHARE: Final = 0.01  # of honest records, flagged at the operating point
LARGEST_RATIO: Final = 1.25  # of the largest rate to the smallest
# Below this many flagged records in the smallest group a ratio of 1.25 cannot be told from none:
# a count of 10 has a standard error of a third.
FEWEST_FLAGGED: Final = 10.0
_EDGES: Final = (2.5, 97.5)
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class GroupRate:
    """A group's records, how many of them are flagged, and the rate with its interval."""

    group: str
    records: int
    flagged: float
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Rates by group at one operating point.

    `ratio` is the largest rate over the smallest, None where it cannot be told: fewer than two
    groups, or a group of which too few would be flagged. `low` and `high` are its interval, and
    `by_chance` what it stays below in nineteen of twenty samples of these sizes where all groups
    have one rate: the largest of many rates is above the smallest without any cause.
    """

    point: Point
    share: float  # of all records that is flagged
    groups: tuple[GroupRate, ...]
    ratio: float | None
    low: float | None
    high: float | None
    by_chance: float | None

    @property
    def even(self) -> bool | None:
        """Whether the gate lets it through; None where nothing can be said, since chance alone
        would bring about as much.
        """
        if self.ratio is None or self.by_chance is None:
            return None
        if self.ratio <= LARGEST_RATIO:
            return True
        return False if self.ratio > self.by_chance else None


def spread(scores: Ints, group: Ints, names: list[str], share: float = SHARE) -> Spread | None:
    """Rates of `scores` (microbits, one for each record) by `group` (indices into `names`).

    Negative groups are left out of the groups, not of the operating point. None where no record
    has a score above 0.
    """
    point = point_of(scores, share)
    if point is None:
        return None
    flagged = point.flagged(scores)
    known = group >= 0
    size = np.bincount(group[known], minlength=len(names))
    found = np.bincount(group[known], weights=flagged[known], minlength=len(names))
    draws = _resampled(flagged[known], group[known], size, point.tied)
    present = [number for number in range(len(names)) if size[number]]
    rates = tuple(
        GroupRate(
            names[number],
            int(size[number]),
            float(found[number]),
            float(found[number] / size[number]),
            *_edges(draws[:, number]),
        )
        for number in present
    )
    ratio, low, high = _ratio(rates, draws[:, present])
    chance = None if ratio is None else _by_chance(flagged[known], size[present], point.tied)
    return Spread(point, float(flagged.mean()), rates, ratio, low, high, chance)


def _resampled(flagged: Floats, group: Ints, size: Ints, tied: float) -> Floats:
    """Rates of each group in `RESAMPLES` samples, drawn with replacement within each group.

    A record is flagged, not, or at the tie; so a sample is three counts, drawn at once. The
    operating point stands.
    """
    random = np.random.Generator(np.random.PCG64(_SEED))
    rates = np.zeros((RESAMPLES, len(size)))
    for number, records in enumerate(size):
        if records:
            rates[:, number] = _drawn(random, flagged[group == number], int(records), tied)
    return rates


def _drawn(random: np.random.Generator, flagged: Floats, records: int, tied: float) -> Floats:
    """Rates of `RESAMPLES` samples of so many records, drawn as `flagged` is."""
    full = float(np.count_nonzero(flagged == 1.0)) / len(flagged)
    at = float(np.count_nonzero((flagged > 0) & (flagged < 1.0))) / len(flagged)
    counts = random.multinomial(records, [full, at, max(0.0, 1 - full - at)], RESAMPLES)
    rates: Floats = (counts[:, 0] + tied * counts[:, 1]) / records
    return rates


def _by_chance(flagged: Floats, size: Ints, tied: float) -> float:
    """The ratio that 95 % of samples stay below where every group is drawn from all records."""
    random = np.random.Generator(np.random.PCG64(_SEED))
    draws = np.stack([_drawn(random, flagged, int(each), tied) for each in size], axis=1)
    return float(np.percentile(_ratios(draws), 95))


def _ratios(draws: Floats) -> Floats:
    largest, smallest = draws.max(axis=1), draws.min(axis=1)
    endless = np.full(len(draws), np.inf)
    ratios: Floats = np.divide(largest, smallest, out=endless, where=smallest > 0)
    return ratios


def _edges(draws: npt.NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.percentile(draws, _EDGES)
    return float(low), float(high)


def _ratio(
    rates: tuple[GroupRate, ...], draws: Floats
) -> tuple[float | None, float | None, float | None]:
    expected = sum(each.flagged for each in rates) / max(1, sum(each.records for each in rates))
    least = min((expected * each.records for each in rates), default=0.0)
    if len(rates) < 2 or least < FEWEST_FLAGGED or min(each.rate for each in rates) == 0:
        return None, None, None
    low, high = _edges(_ratios(draws))
    return max(e.rate for e in rates) / min(e.rate for e in rates), low, high
