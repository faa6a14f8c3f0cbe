"""`haircut@1` in compiled code: see `methods/haircut.py` for what it means.

State is one line of four limbs a purse, balance and stolen total, so that a purse costs one
visit to memory. Shares by incident stand apart, for reached purses only, and only where there
is more than one incident.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from stanch.model.int128 import ONE, ZERO, add, is_zero, lt, muldiv, sub
from stanch.tracing.holdings import Holdings
from stanch.tracing.kernels.gate import DONE, FULL, GROW, PAUSE, KernelBook, cold_until
from stanch.tracing.kernels.prefetch import AHEAD, prefetch
from stanch.tracing.methods.haircut import HaircutRules
from stanch.tracing.sink import LIMB
from stanch.tracing.terrain import ATTENTION, SEEN, SPRING, STOP

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.terrain import Terrain


@njit(cache=True)
def _split(shares, line, amount, balance, moved, part, rest):
    """Shares of each incident in `amount` out of `balance`, by largest remainder, into `part`.

    `part` is (k, 2) for the shares, `rest` (k, 2) for remainders; `shares[line]` is reduced.
    """
    count = part.shape[0]
    leftlo, lefthi = moved
    for k in range(count):
        tlo, thi = shares[line, k, 0], shares[line, k, 1]
        qlo, qhi, rlo, rhi = muldiv(tlo, thi, amount[0], amount[1], balance[0], balance[1])
        part[k, 0], part[k, 1], rest[k, 0], rest[k, 1] = qlo, qhi, rlo, rhi
        leftlo, lefthi = sub(leftlo, lefthi, qlo, qhi)
    while leftlo != ZERO:
        best = 0
        for k in range(1, count):
            if lt(rest[best, 0], rest[best, 1], rest[k, 0], rest[k, 1]):
                best = k
        part[best, 0], part[best, 1] = add(part[best, 0], part[best, 1], ONE, ZERO)
        rest[best, 0] = rest[best, 1] = ZERO
        leftlo -= ONE
    for k in range(count):
        shares[line, k, 0], shares[line, k, 1] = sub(
            shares[line, k, 0], shares[line, k, 1], part[k, 0], part[k, 1]
        )


@njit(cache=True)
def _walk(
    src, dst, lo, hi, group, span, base, flags, state, lines, shares, used, rows, incidents, amounts
):
    """Walk rows `span[0]` to `span[1]`; returns (next row, why it stopped, flows written).

    `lines[purse]` is the purse's line in `shares`, or -1; `used[0]` counts lines.
    """
    many = shares.shape[1]
    part = np.zeros((many, 2), np.uint64)
    rest = np.zeros((many, 2), np.uint64)
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
            cold = cold_until(src, dst, group, i, flags, state[:, 2:])
            if cold == i:
                return i, PAUSE, written
        if s == d:
            continue
        alo, ahi = lo[i], hi[i]
        mlo = mhi = ZERO
        if not fs & (STOP | SPRING):
            blo, bhi = state[s, 0], state[s, 1]
            tlo, thi = state[s, 2], state[s, 3]
            if lt(blo, bhi, alo, ahi):
                blo, bhi = alo, ahi  # clean money that nobody saw coming
            if not is_zero(tlo, thi):
                if written + many > rows.shape[0]:
                    return i, FULL, written
                if many > 1 and lines[d] < 0 and used[0] == shares.shape[0]:
                    return i, GROW, written
                if not is_zero(alo, ahi):
                    mlo, mhi, _, _ = muldiv(tlo, thi, alo, ahi, blo, bhi)
            state[s, 0], state[s, 1] = sub(blo, bhi, alo, ahi)
        moved = not is_zero(mlo, mhi)
        if moved:
            state[s, 2], state[s, 3] = sub(state[s, 2], state[s, 3], mlo, mhi)
            state[d, 2], state[d, 3] = add(state[d, 2], state[d, 3], mlo, mhi)
            if not fd & SEEN:
                flags[d] = fd | SEEN
            if many == 1:
                rows[written], incidents[written] = base + i, 0
                amounts[written, 0], amounts[written, 1] = mlo, mhi
                written += 1
            else:
                _split(shares, lines[s], (alo, ahi), (blo, bhi), (mlo, mhi), part, rest)
                if lines[d] < 0:
                    lines[d] = used[0]
                    used[0] += 1
                line = lines[d]
                for k in range(many):
                    if not is_zero(part[k, 0], part[k, 1]):
                        shares[line, k, 0], shares[line, k, 1] = add(
                            shares[line, k, 0], shares[line, k, 1], part[k, 0], part[k, 1]
                        )
                        rows[written], incidents[written] = base + i, k
                        amounts[written, 0], amounts[written, 1] = part[k, 0], part[k, 1]
                        written += 1
        if not fd & (STOP | SPRING):
            state[d, 0], state[d, 1] = add(state[d, 0], state[d, 1], alo, ahi)
    return span[1], DONE, written


class HaircutKernelBook(KernelBook, HaircutRules):
    """Balance and stolen parts of each purse, in limbs."""

    def __init__(self, terrain: "Terrain") -> None:
        """Start with the opening balances, all clean."""
        super().__init__(terrain)
        count = terrain.incidents
        lines = len(terrain.account) if count > 1 else 0
        self._lines = np.full(lines, -1, np.int32)
        self._shares = np.zeros((1024, count, 2), np.uint64)
        self._used = np.zeros(1, np.int64)

    def stolen(self, purse: int) -> list[int]:
        """See `Book`."""
        if self._terrain.incidents == 1:
            return [int(self._state[purse, 2]) | int(self._state[purse, 3]) << 64]
        line = self._lines[purse]
        if line < 0:
            return [0] * self._terrain.incidents
        return [int(lo) | int(hi) << 64 for lo, hi in self._shares[line]]

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`; a negative amount leaves again."""
        held = self.stolen(purse)
        self._keep(purse, 2, sum(held) + amount)
        if self._terrain.incidents > 1:
            line = self._line(purse)
            value = held[incident] + amount
            self._shares[line, incident] = (value & LIMB, value >> 64)

    def holdings(self) -> Holdings:
        """See `Book`."""
        purses = np.flatnonzero(self._state[:, 2] | self._state[:, 3]).astype(np.int32)
        count = self._terrain.incidents
        if count == 1:
            none = np.zeros(len(purses), np.int16)
            return Holdings(purses, none, self._state[purses, 2:].copy(), {})
        shares = self._shares[self._lines[purses]].reshape(-1, 2)
        keep = np.flatnonzero(shares[:, 0] | shares[:, 1])
        incidents = np.tile(np.arange(count, dtype=np.int16), len(purses))
        return Holdings(np.repeat(purses, count)[keep], incidents[keep], shares[keep], {})

    def _call(self, batch: "MoveBatch", start: int, end: int) -> tuple[int, int, int]:
        space = self._space
        answer: Any = _walk(
            batch.src, batch.dst, batch.lo, batch.hi, batch.group, (start, end), batch.base,
            self._terrain.flags, self._state, self._lines, self._shares, self._used,
            space.row, space.incident, space.amount,
        )  # fmt: skip
        return int(answer[0]), int(answer[1]), int(answer[2])

    def _settle(self, purse: int, balance: int) -> None:
        self._keep(purse, 0, balance)

    def _line(self, purse: int) -> int:
        if self._lines[purse] < 0:
            if self._used[0] == len(self._shares):
                self._grow()
            self._lines[purse] = self._used[0]
            self._used[0] += 1
        return int(self._lines[purse])

    def _grow(self) -> None:
        self._shares = np.concatenate([self._shares, np.zeros_like(self._shares)])
