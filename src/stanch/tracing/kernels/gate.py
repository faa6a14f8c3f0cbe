"""Which rows a kernel may walk, and the space it writes flows to."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from numba import njit

from stanch.tracing.book import OneRule
from stanch.tracing.sink import LIMB
from stanch.tracing.terrain import ATTENTION, SPRING, STOP

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.sink import FlowSink
    from stanch.tracing.terrain import Terrain

CAPACITY = 1 << 18
CACHE_LINE, LIMB_BYTES = 64, 8

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

    def drain(self, count: int, sink: "FlowSink", rule: str) -> None:
        """Move the first `count` flows to `sink`."""
        row, incident, amount = (self.row[:count], self.incident[:count], self.amount[:count])
        sink.extend(row.copy(), incident.copy(), amount.copy(), rule)


def _lines(count: int) -> npt.NDArray[np.uint64]:
    """Zeroed lines of four limbs, none of them across two lines of the processor's cache.

    That halves what a visit to a random purse costs.
    """
    limbs = np.zeros(4 * count + CACHE_LINE // LIMB_BYTES, np.uint64)
    skip = -limbs.ctypes.data % CACHE_LINE // LIMB_BYTES
    return limbs[skip : skip + 4 * count].reshape(-1, 4)


class KernelBook(OneRule, ABC):
    """What every compiled book has: a line of four limbs a purse, and room for flows.

    The first two limbs are the balance; the kernel says what the others are.
    """

    def __init__(self, terrain: "Terrain") -> None:
        """Start with the opening balances, all clean."""
        self._terrain = terrain
        self._state = _lines(len(terrain.account))
        self._state[:, :2] = terrain.opening
        self._space = FlowSpace()

    def balance(self, purse: int) -> int:
        """See `Book`."""
        return int(self._state[purse, 0]) | int(self._state[purse, 1]) << 64

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        """See `Book`."""
        place, why = start, FULL
        while why in (FULL, GROW) and place < end:
            place, why, count = self._call(batch, place, end)
            self._space.drain(count, sink, self.rule)
            if why == GROW:
                self._grow()
        return place

    @abstractmethod
    def _call(self, batch: "MoveBatch", start: int, end: int) -> tuple[int, int, int]:
        """Call the kernel: the next row, why it stopped there, how many flows it wrote."""

    @abstractmethod
    def _grow(self) -> None:
        """Make more room for state."""

    def _keep(self, purse: int, column: int, value: int) -> None:
        self._state[purse, column : column + 2] = (value & LIMB, value >> 64)
