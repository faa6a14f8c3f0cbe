"""Which rows a kernel may walk, and the space it writes flows to."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from numba import njit

from stanch.tracing.terrain import ATTENTION, SPRING, STOP

CAPACITY = 1 << 18

DONE = 0  # the last row asked for was walked
PAUSE = 1  # the next row is not ordinary
FULL = 2  # no space left for flows
GROW = 3  # no space left for state


@njit(cache=True)
def cold_until(src, dst, group, place, flags, stolen):
    """End of the swapping transaction at `place` if no stolen money takes part, else `place`.

    `stolen` is an (n, m) array of which some cell in a purse's row is non-zero exactly where the
    purse holds stolen money.
    """
    at = place
    while True:
        if (flags[src[at]] | flags[dst[at]]) & ATTENTION:
            return place
        if not flags[src[at]] & (STOP | SPRING):
            for cell in range(stolen.shape[1]):
                if stolen[src[at], cell] != 0:
                    return place
        at += 1
        if group[at - 1] != 1:
            return at


@dataclass(slots=True)
class FlowSpace:
    """Room for `CAPACITY` flows, filled by a kernel and emptied into a sink."""

    row: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(CAPACITY, np.int64))
    incident: npt.NDArray[np.int16] = field(default_factory=lambda: np.empty(CAPACITY, np.int16))
    amount: npt.NDArray[np.uint64] = field(
        default_factory=lambda: np.empty((CAPACITY, 2), np.uint64)
    )

    def drained(
        self, count: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int16], npt.NDArray[np.uint64]]:
        """Copies of the first `count` flows."""
        return self.row[:count].copy(), self.incident[:count].copy(), self.amount[:count].copy()
