"""How often strangers share what an indicator reads: learned from the intake, without labels.

Of the pairs that share a value, those that nothing of another group ties are strangers, or one
person of whom no more is seen. How many of them are of one person follows from the pairs that a
second group confirms: where two groups of evidence come independently of each other, as many are
seen by one alone as by both, times (1 - q) / q, with q how often a true pair shows something of
another group (capture and recapture; Petersen 1896). What is left are strangers, and at least a
fraction of those seen alone, since q is no more than an estimate.

Pairs that three or more groups tie are one person who applied twice. They would make each kind of
evidence look likelier than it is between two names of one operator, so they are not counted.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.personas.evidence.indicator import GROUPS, Found, Indicator

SEEN_AGAIN: Final = 0.5  # q, where too few pairs show it
LEAST: Final = 0.125  # of the pairs seen alone, those that are strangers at any rate
ENOUGH: Final = 50  # pairs from which q is told
SEVERAL: Final = 2  # lines, both the same or both reworded, that may tie two records alone
SURE: Final = 3  # lines of text that two strangers do not share

Masks = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Learned:
    """Of one indicator by tier: pairs `alone`, pairs `again` in a second group; `strangers`."""

    alone: dict[int, int]
    again: dict[int, int]
    strangers: dict[int, int]
    confirmed: dict[int, int]  # how many more pairs a second group confirms than are strangers

    def rising(self) -> dict[int, int]:
        """Strangers by tier of holders: a value of more holders is never worth more."""
        most, found = 0, {}
        for tier in sorted(self.strangers):
            most = found[tier] = max(most, self.strangers[tier])
        return found

    def from_on(self) -> dict[int, int]:
        """Strangers that share so many or more, where tiers count what is shared."""
        left = sum(self.strangers.values())
        found = {}
        for tier in sorted(self.strangers):
            found[tier] = left
            left -= self.strangers[tier]
        return found

    def sure(self) -> set[int]:
        """Numbers of lines that tie two records alone, as long as a second group confirms at least
        as many pairs as are strangers, of those with so many and of those with so many or more.
        """
        above, found = 0, set()
        for tier in sorted(self.confirmed, reverse=True):
            above += self.confirmed[tier]
            if tier >= SEVERAL and self.confirmed[tier] >= 0 and above >= 0:
                found.add(tier)
        return found

    def believed(self, doubt: int) -> dict[int, bool]:
        """Of each tier of holders whether a value ties two records alone: as long as in it, and in
        all of fewer holders, strangers are at most `doubt` more than confirmed pairs.
        """
        holds, found = doubt > 0, {}
        for tier in sorted(self.confirmed):
            holds = found[tier] = holds and self.confirmed[tier] + doubt >= 0
        return found


def groups(found: list[Found], people: int) -> tuple[npt.NDArray[np.int64], Masks]:
    """All pairs once, in order, and of each the groups that tie it as bits."""
    pair = np.concatenate([pair_of(each, people) for each in found])
    bit = np.concatenate(
        [np.full(len(each), _confirms(each.indicator), np.uint8) for each in found]
    )
    order = np.argsort(pair, kind="stable")
    pair, bit = pair[order], bit[order]
    if not len(pair):
        return pair, bit
    start = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]])
    return pair[start], np.bitwise_or.reduceat(bit, start)


def own_group(indicator: Indicator) -> int:
    """Its group as a bit."""
    return 1 << GROUPS.index(indicator.group)


def _confirms(indicator: Indicator) -> int:
    """What an agency gives with its templates confirms nothing but itself."""
    return 0 if indicator.agency else own_group(indicator)


def pair_of(found: Found, people: int) -> npt.NDArray[np.int64]:
    """A number for each pair, in the order of its records."""
    return found.a.astype(np.int64) * people + found.b


def seen_again(texts: Found, mask: Masks) -> float:
    """q, of the pairs whose text alone is sure, `mask` being the groups of each pair of `texts`."""
    known = np.bitwise_count(mask[texts.tier >= SURE])
    once, twice = int((known == 1).sum()), int((known == 2).sum())
    if once + twice < ENOUGH:
        return SEEN_AGAIN
    return min(max(twice / (once + twice), 0.2), 0.8)


def learn(found: Found, mask: Masks, again: float) -> Learned:
    """Of one indicator, `mask` being the groups of each of its pairs and `again` q."""
    count = np.bitwise_count(mask)
    by_tier: tuple[dict[int, int], ...] = ({}, {}, {}, {})
    for tier in np.unique(found.tier).tolist():
        of = found.tier == tier
        alone, twice = int((of & (count == 1)).sum()), int((of & (count == 2)).sum())
        own = alone - twice * (1 - again) / again
        strangers = round(max(own, alone * LEAST))
        values = (alone, twice, strangers, twice - strangers)
        for said, value in zip(by_tier, values, strict=True):
            said[tier] = value
    return Learned(*by_tier)
