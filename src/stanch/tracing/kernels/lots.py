"""`fifo@1` and `lifo@1` in compiled code: see `methods/lots.py` for what they mean.

A purse that holds no stolen money is a balance and nothing else. From the first stolen unit on
it has a chain of lots (`chains.py`), until only clean money is left. A lot that moves whole is
hung into the other chain without being copied.
"""

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from stanch.model.int128 import ZERO, add, is_zero, lt, sub
from stanch.tracing.book import CLEAN, Parcel
from stanch.tracing.holdings import Holdings
from stanch.tracing.kernels import chains
from stanch.tracing.kernels.gate import DONE, FULL, GROW, PAUSE, KernelBook, cold_until
from stanch.tracing.kernels.prefetch import AHEAD, prefetch
from stanch.tracing.methods.lots import Lot, add_to, mark_in, take_from
from stanch.tracing.sink import LIMB
from stanch.tracing.terrain import ATTENTION, SEEN, SPRING, STOP

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.terrain import Terrain

FIRST_LOTS = 1 << 12


@njit(cache=True)
def _walk(
    src, dst, lo, hi, group, span, base, flags, state, pool, links, free, newest, sums, rows,
    incidents, amounts,
):  # fmt: skip
    """Walk rows `span[0]` to `span[1]`; returns (next row, why it stopped, flows written)."""
    many = sums.shape[0]
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
        plain = not fd & (STOP | SPRING)
        if fs & (STOP | SPRING) or is_zero(alo, ahi):
            lots = False
        else:
            blo, bhi = state[s, 0], state[s, 1]
            lots = state[s, 2] != chains.NONE
            if lt(blo, bhi, alo, ahi):
                if lots:
                    return i, PAUSE, written
                blo, bhi = alo, ahi  # clean money that nobody saw coming
            if lots:
                if written + many > rows.shape[0]:
                    return i, FULL, written
                if free[1] < chains.SPARE:
                    return i, GROW, written
            state[s, 0], state[s, 1] = sub(blo, bhi, alo, ahi)
        if lots:
            chains.pay(state, pool, links, free, s, d, (alo, ahi), not plain, newest, sums)
            last = np.int64(state[s, 2])
            if last != 0 and links[last - 1, 1] == CLEAN and links[last - 1, 0] == 0:
                chains.give_back(links, free, last)
                state[s, 2] = state[s, 3] = chains.NONE
            for k in range(many):
                if not is_zero(sums[k, 0], sums[k, 1]):
                    rows[written], incidents[written] = base + i, k
                    amounts[written, 0], amounts[written, 1] = sums[k, 0], sums[k, 1]
                    sums[k, 0] = sums[k, 1] = ZERO
                    written += 1
                    if not fd & SEEN:
                        fd |= SEEN
                        flags[d] = fd
        elif plain:
            if state[d, 2] != chains.NONE and not is_zero(alo, ahi):
                if free[1] < chains.SPARE:
                    if not fs & (STOP | SPRING):
                        state[s, 0], state[s, 1] = add(state[s, 0], state[s, 1], alo, ahi)
                    return i, GROW, written
                lot = chains.new(pool, links, free, alo, ahi, CLEAN)
                chains.hang(state, pool, links, free, d, lot, newest)
            state[d, 0], state[d, 1] = add(state[d, 0], state[d, 1], alo, ahi)
    return span[1], DONE, written


class LotKernelBook(KernelBook):
    """The lots of each purse, chained in one pool."""

    def __init__(self, terrain: "Terrain", newest_first: bool) -> None:
        """Start with the opening balances, all clean."""
        super().__init__(terrain)
        self.rule = "lifo" if newest_first else "fifo"
        self._newest_first = newest_first
        self._pool = np.zeros((0, 2), np.uint64)
        self._links = np.zeros((0, 2), np.int32)
        self._spare = np.zeros(2, np.int64)
        self._sums = np.zeros((terrain.incidents, 2), np.uint64)
        self._grow()

    def stolen(self, purse: int) -> list[int]:
        """See `Book`."""
        held = [0] * self._terrain.incidents
        for incident, amount in self._chain(purse):
            if incident != CLEAN:
                held[incident] += amount
        return held

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        """See `Book`."""
        lots = self._lots(purse)
        parcel = take_from(lots, amount, self._newest_first)
        self._store(purse, lots)
        return parcel

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`."""
        lots = self._lots(purse)
        add_to(lots, parcel)
        self._store(purse, lots)

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`."""
        lots = deque[Lot]()
        add_to(lots, [*parcel, *self._lots(purse)])
        self._store(purse, lots)

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`."""
        if self._spare[1] < chains.SPARE:
            self._grow()
        lot = chains.new(self._pool, self._links, self._spare, *_limbs(amount), incident)
        chains.absorb(self._state, self._pool, self._links, self._spare, purse, lot)

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """See `Book`."""
        lots = self._lots(purse)
        done = mark_in(lots, incident, amount)
        self._store(purse, lots)
        return done

    def holdings(self) -> Holdings:
        """See `Book`."""
        purses = np.flatnonzero(self._state[:, 2])
        return chains.totals(self._state, self._pool, self._links, purses, self._terrain.incidents)

    def _call(self, batch: "MoveBatch", start: int, end: int) -> tuple[int, int, int]:
        space = self._space
        answer: Any = _walk(
            batch.src, batch.dst, batch.lo, batch.hi, batch.group, (start, end), batch.base,
            self._terrain.flags, self._state, self._pool, self._links, self._spare,
            self._newest_first, self._sums, space.row, space.incident, space.amount,
        )  # fmt: skip
        return int(answer[0]), int(answer[1]), int(answer[2])

    def _chain(self, purse: int) -> list[Lot]:
        """The purse's chain from its first lot on."""
        at, lots = int(self._state[purse, 2]), []
        while at:
            lo, hi = self._pool[at - 1]
            lots.append((int(self._links[at - 1, 1]), int(lo) | int(hi) << 64))
            at = int(self._links[at - 1, 0])
        return lots

    def _lots(self, purse: int) -> deque[Lot]:
        """All lots of a purse, oldest on the left."""
        chain = self._chain(purse)
        if not chain and (balance := self.balance(purse)):
            chain = [(CLEAN, balance)]
        return deque(reversed(chain)) if self._newest_first else deque(chain)

    def _store(self, purse: int, lots: deque[Lot]) -> None:
        """Make `lots` all that the purse holds."""
        at = int(self._state[purse, 2])
        while at:
            after = int(self._links[at - 1, 0])
            chains.give_back(self._links, self._spare, at)
            at = after
        balance = sum(amount for _, amount in lots)
        self._state[purse] = (balance & LIMB, balance >> 64, 0, 0)
        if all(incident == CLEAN for incident, _ in lots):
            return
        while self._spare[1] < len(lots):
            self._grow()
        for incident, amount in lots:
            lot = chains.new(self._pool, self._links, self._spare, *_limbs(amount), incident)
            chains.hang(
                self._state, self._pool, self._links, self._spare, purse, lot, self._newest_first
            )

    def _grow(self) -> None:
        """Double the pool; the new lots are free."""
        old = len(self._pool)
        more = old or FIRST_LOTS
        self._pool = np.concatenate([self._pool, np.zeros((more, 2), np.uint64)])
        links = np.zeros((more, 2), np.int32)
        links[:, 0] = np.arange(old + 2, old + more + 2)
        links[-1, 0] = self._spare[0]
        self._links = np.concatenate([self._links, links])
        self._spare[0] = old + 1
        self._spare[1] += more


def _limbs(value: int) -> tuple[np.uint64, np.uint64]:
    return np.uint64(value & LIMB), np.uint64(value >> 64)
