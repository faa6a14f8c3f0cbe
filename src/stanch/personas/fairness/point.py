"""The operating point: the score at which a given share of records is flagged.

Scores tie, for many records share one thing and no more. At the score where the share falls, only
so many of the tied records are flagged as the share has room for: each of them counts by that
fraction, as in the randomised test of Neyman and Pearson. So the share is met exactly, and no rate
hangs on how ties happen to break.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """Records above `microbits` are flagged, and of those at it the share `tied`."""

    microbits: int
    tied: float

    def flagged(self, scores: Ints) -> Floats:
        """How far each record is flagged: 1, 0, or `tied`."""
        at = np.where(scores == self.microbits, self.tied, 0.0)
        return np.where(scores > self.microbits, 1.0, at)


def point_of(scores: Ints, share: float) -> Point | None:
    """Where a `share` of `scores` is flagged; None where no record has a score above 0.

    Who has nothing (a score of 0 or below) is never flagged: where fewer than `share` have
    anything, all of those are.
    """
    some = np.sort(scores[scores > 0])[::-1]
    if not len(some):
        return None
    room = share * len(scores)
    if room >= len(some):
        return Point(int(some[-1]), 1.0)
    at = int(some[int(room)])
    above = int(np.count_nonzero(some > at))
    return Point(at, (room - above) / int(np.count_nonzero(some == at)))
