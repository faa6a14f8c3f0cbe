"""`poison@1` in compiled code: see `methods/poison.py` for what it means.

State is one line of four limbs a purse: balance, a bit for each incident that reached it, and
for a stop the line of what it absorbed, plus one. It serves up to 64 incidents.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from stanch.model.int128 import ONE, ZERO, add, is_zero, lt, sub
from stanch.tracing.book import CLEAN, Parcel
from stanch.tracing.holdings import Holdings
from stanch.tracing.kernels.gate import DONE, FULL, GROW, PAUSE, KernelBook, cold_until
from stanch.tracing.kernels.prefetch import AHEAD, prefetch
from stanch.tracing.sink import LIMB
from stanch.tracing.terrain import ATTENTION, SEEN, SPRING, STOP

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.terrain import Terrain

MOST_INCIDENTS = 64


@njit(cache=True)
def _walk(
    src, dst, lo, hi, group, span, base, flags, state, absorbed, used, rows, incidents, amounts
):
    """Walk rows `span[0]` to `span[1]`; returns (next row, why it stopped, flows written)."""
    many = absorbed.shape[1]
    written = 0
    cold = span[0]
    for i in range(span[0], span[1]):
        if i + AHEAD < span[1]:
            prefetch(state, src[i + AHEAD])
            prefetch(state, dst[i + AHEAD])
            prefetch(flags, src[i + AHEAD])
            prefetch(flags, dst[i + AHEAD])
        s, d = src[i], dst[i]
        fs, fd = flags[s], flags[d]
        if (fs | fd) & ATTENTION:
            return i, PAUSE, written
        if group[i] != 0 and i >= cold:
            cold = cold_until(src, dst, group, i, flags, state[:, 2:3])
            if cold == i:
                return i, PAUSE, written
        if s == d:
            continue
        alo, ahi = lo[i], hi[i]
        reached = ZERO
        if not fs & (STOP | SPRING):
            if lt(state[s, 0], state[s, 1], alo, ahi):
                state[s, 0], state[s, 1] = alo, ahi  # money that nobody saw coming
            if not is_zero(alo, ahi):
                reached = state[s, 2]
            if reached != ZERO:
                if written + many > rows.shape[0]:
                    return i, FULL, written
                if fd & STOP and state[d, 3] == ZERO and used[0] == absorbed.shape[0]:
                    return i, GROW, written
            state[s, 0], state[s, 1] = sub(state[s, 0], state[s, 1], alo, ahi)
        if reached != ZERO:
            flags[d] = fd | SEEN
            if fd & STOP:
                if state[d, 3] == ZERO:
                    used[0] += 1
                    state[d, 3] = np.uint64(used[0])
                line = np.int64(state[d, 3]) - 1
            else:
                state[d, 2] |= reached
                line = np.int64(-1)
            for k in range(many):
                if (reached >> np.uint64(k)) & ONE:
                    rows[written], incidents[written] = base + i, k
                    amounts[written, 0], amounts[written, 1] = alo, ahi
                    written += 1
                    if line >= 0:
                        absorbed[line, k, 0], absorbed[line, k, 1] = add(
                            absorbed[line, k, 0], absorbed[line, k, 1], alo, ahi
                        )
        if not fd & (STOP | SPRING):
            state[d, 0], state[d, 1] = add(state[d, 0], state[d, 1], alo, ahi)
    return span[1], DONE, written


class PoisonKernelBook(KernelBook):
    """Balance and reach of each purse."""

    rule = "poison"

    def __init__(self, terrain: "Terrain") -> None:
        """Start with the opening balances, all clean."""
        super().__init__(terrain)
        self._absorbed = np.zeros((1024, terrain.incidents, 2), np.uint64)
        self._used = np.zeros(1, np.int64)

    def stolen(self, purse: int) -> list[int]:
        """See `Book`; all that a reached purse holds counts for each incident."""
        bits, balance = int(self._state[purse, 2]), self.balance(purse)
        held = [balance if bits >> k & 1 else 0 for k in range(self._terrain.incidents)]
        line = int(self._state[purse, 3])
        if line:
            kept = [int(lo) | int(hi) << 64 for lo, hi in self._absorbed[line - 1]]
            held = [one + other for one, other in zip(held, kept, strict=True)]
        return held

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        """See `Book`; a reached purse pays the whole amount once for each incident."""
        self._keep(purse, 0, self.balance(purse) - amount)
        if not amount:
            return []
        bits = int(self._state[purse, 2])
        reached = [k for k in range(self._terrain.incidents) if bits >> k & 1]
        return [(incident, amount) for incident in reached] or [(CLEAN, amount)]

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`."""
        if parcel:
            self._keep(purse, 0, self.balance(purse) + max(amount for _, amount in parcel))
            for incident, _ in parcel:
                self._reach(purse, incident)

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`; the order of money does not matter here."""
        self.put(purse, parcel, row)

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`."""
        if not self._state[purse, 3]:
            if self._used[0] == len(self._absorbed):
                self._grow()
            self._used[0] += 1
            self._state[purse, 3] = self._used[0]
        kept = self._absorbed[int(self._state[purse, 3]) - 1, incident]
        value = (int(kept[0]) | int(kept[1]) << 64) + amount
        kept[:] = (value & LIMB, value >> 64)

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """See `Book`."""
        done = min(amount, self.balance(purse))
        if done:
            self._reach(purse, incident)
        return done

    def holdings(self) -> Holdings:
        """See `Book`."""
        purses = np.flatnonzero(self._state[:, 2] | self._state[:, 3])
        return Holdings.of(
            (int(purse), incident, amount)
            for purse in purses
            for incident, amount in enumerate(self.stolen(int(purse)))
        )

    def _call(self, batch: "MoveBatch", start: int, end: int) -> tuple[int, int, int]:
        space = self._space
        answer: Any = _walk(
            batch.src, batch.dst, batch.lo, batch.hi, batch.group, (start, end), batch.base,
            self._terrain.flags, self._state, self._absorbed, self._used,
            space.row, space.incident, space.amount,
        )  # fmt: skip
        return int(answer[0]), int(answer[1]), int(answer[2])

    def _reach(self, purse: int, incident: int) -> None:
        if incident != CLEAN:
            self._state[purse, 2] |= np.uint64(1 << incident)

    def _grow(self) -> None:
        self._absorbed = np.concatenate([self._absorbed, np.zeros_like(self._absorbed)])
