"""How long a bridge takes, learned from the crossings that have no rival.

Bridges have a least time (a window for objections, blocks to wait for) and a long tail of people
who come for their money late. So the density is a histogram of the delay's logarithm, smoothed a
little so that nothing is impossible that was only not seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

SECOND: Final = 1_000_000
SHORTEST: Final = 1.0  # seconds
LONGEST: Final = 4e7  # more than a year
BINS: Final = 90
UNSEEN: Final = 0.3  # crossings that each bin is given to begin with

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Delays:
    """Log density of delays; `edges` in seconds, `log_density` for a second between two of them."""

    edges: Floats
    log_density: Floats

    @classmethod
    def learned(cls, delays: Sequence[int]) -> "Delays":
        """From delays in microseconds. Without any, every order of magnitude is as likely."""
        seconds = np.array([each / SECOND for each in delays if each > 0])
        edges = np.exp(np.linspace(np.log(SHORTEST), np.log(LONGEST), BINS + 1))
        counted, _ = np.histogram(seconds, edges)
        share = (counted + UNSEEN) / (counted.sum() + UNSEEN * BINS)
        return cls(edges, np.log(share / np.diff(edges)))

    def of(self, delays: npt.NDArray[np.int64]) -> Floats:
        """Log density of delays in microseconds; minus infinity where there can be none."""
        seconds = delays / SECOND
        places = np.clip(np.searchsorted(self.edges, seconds, "right") - 1, 0, BINS - 1)
        found = self.log_density[places]
        return np.where((seconds < SHORTEST) | (seconds >= LONGEST), -np.inf, found)
