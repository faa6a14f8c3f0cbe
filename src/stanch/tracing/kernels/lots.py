"""`fifo@1` and `lifo@1` in compiled code: see `methods/lots.py` for what they mean.

A purse that holds no stolen money is a balance and nothing else. From the first stolen unit on
it has a chain of lots in one pool, until only clean money is left. A lot that moves whole is
hung into the other chain without being copied.

State is one line of four limbs a purse: balance, then the first and the last lot of its chain
(pool index plus one; zero is none). `pool` holds amounts; `links` holds (next, incident).
"""

from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

from stanch.model.int128 import ZERO, add, is_zero, lt, sub
from stanch.tracing.book import CLEAN, OneRule, Parcel
from stanch.tracing.holdings import Holdings
from stanch.tracing.kernels.gate import DONE, FULL, GROW, PAUSE, FlowSpace, cold_until
from stanch.tracing.kernels.prefetch import AHEAD, prefetch
from stanch.tracing.methods.lots import Lot, add_to, mark_in, take_from
from stanch.tracing.sink import LIMB
from stanch.tracing.terrain import ATTENTION, SEEN, SPRING, STOP

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.sink import FlowSink
    from stanch.tracing.terrain import Terrain

NONE = np.uint64(0)
SPARE = 4  # lots that one row can need beyond those it moves


@njit(cache=True)
def _new(pool, links, free, lo, hi, incident):
    """Take a lot from the free chain; `free` is (first free, how many are free)."""
    lot = free[0]
    free[0] = links[lot - 1, 0]
    free[1] -= 1
    pool[lot - 1, 0], pool[lot - 1, 1] = lo, hi
    links[lot - 1, 0], links[lot - 1, 1] = 0, incident
    return lot


@njit(cache=True)
def _free(links, free, lot):
    """Give a lot back."""
    links[lot - 1, 0] = free[0]
    free[0] = lot
    free[1] += 1


@njit(cache=True)
def _hang(state, pool, links, free, purse, lot, newest):
    """Add `lot` to the purse's chain as its newest, joined to a neighbour of the same incident."""
    end = np.int64(state[purse, 2] if newest else state[purse, 3])
    if end != 0 and links[end - 1, 1] == links[lot - 1, 1]:
        pool[end - 1, 0], pool[end - 1, 1] = add(
            pool[end - 1, 0], pool[end - 1, 1], pool[lot - 1, 0], pool[lot - 1, 1]
        )
        _free(links, free, lot)
    elif newest:
        links[lot - 1, 0] = end
        state[purse, 2] = np.uint64(lot)
        if end == 0:
            state[purse, 3] = np.uint64(lot)
    else:
        links[lot - 1, 0] = 0
        if end == 0:
            state[purse, 2] = np.uint64(lot)
        else:
            links[end - 1, 0] = lot
        state[purse, 3] = np.uint64(lot)


@njit(cache=True)
def _absorb(state, pool, links, free, purse, lot):
    """Add `lot` to a stop, which keeps one lot for each incident."""
    at = np.int64(state[purse, 2])
    while at != 0 and links[at - 1, 1] != links[lot - 1, 1]:
        at = np.int64(links[at - 1, 0])
    if at == 0:
        links[lot - 1, 0] = np.int64(state[purse, 2])
        state[purse, 2] = np.uint64(lot)
    else:
        pool[at - 1, 0], pool[at - 1, 1] = add(
            pool[at - 1, 0], pool[at - 1, 1], pool[lot - 1, 0], pool[lot - 1, 1]
        )
        _free(links, free, lot)


@njit(cache=True)
def _pay(state, pool, links, free, s, d, amount, stops, newest, sums):
    """Move `amount` lot by lot from `s` (which has lots) to `d`; `sums` gets it by incident.

    The balance of `s` is not touched, that of `d` grows as lots arrive.
    """
    leftlo, lefthi = amount
    while not is_zero(leftlo, lefthi):
        lot = np.int64(state[s, 2])
        held = lot - 1
        hlo, hhi = pool[held, 0], pool[held, 1]
        if lt(leftlo, lefthi, hlo, hhi):
            pool[held, 0], pool[held, 1] = sub(hlo, hhi, leftlo, lefthi)
            hlo, hhi = leftlo, lefthi
            lot = np.int64(_new(pool, links, free, hlo, hhi, links[held, 1]))
        else:
            state[s, 2] = np.uint64(links[held, 0])
            if state[s, 2] == NONE:
                state[s, 3] = NONE
        leftlo, lefthi = sub(leftlo, lefthi, hlo, hhi)
        incident = links[lot - 1, 1]
        if incident != CLEAN:
            sums[incident, 0], sums[incident, 1] = add(
                sums[incident, 0], sums[incident, 1], hlo, hhi
            )
        if stops:
            if incident == CLEAN:
                _free(links, free, lot)
            else:
                _absorb(state, pool, links, free, d, lot)
            continue
        if state[d, 2] == NONE and incident == CLEAN:
            _free(links, free, lot)
        else:
            if state[d, 2] == NONE and not is_zero(state[d, 0], state[d, 1]):
                base = _new(pool, links, free, state[d, 0], state[d, 1], CLEAN)
                _hang(state, pool, links, free, d, base, newest)
            _hang(state, pool, links, free, d, lot, newest)
        state[d, 0], state[d, 1] = add(state[d, 0], state[d, 1], hlo, hhi)


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
            lots = state[s, 2] != NONE
            if lt(blo, bhi, alo, ahi):
                if lots:
                    return i, PAUSE, written
                blo, bhi = alo, ahi  # clean money that nobody saw coming
            if lots:
                if written + many > rows.shape[0]:
                    return i, FULL, written
                if free[1] < SPARE:
                    return i, GROW, written
            state[s, 0], state[s, 1] = sub(blo, bhi, alo, ahi)
        if lots:
            _pay(state, pool, links, free, s, d, (alo, ahi), not plain, newest, sums)
            last = np.int64(state[s, 2])
            if last != 0 and links[last - 1, 1] == CLEAN and links[last - 1, 0] == 0:
                _free(links, free, last)
                state[s, 2] = state[s, 3] = NONE
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
            if state[d, 2] != NONE and not is_zero(alo, ahi):
                if free[1] < SPARE:
                    if not fs & (STOP | SPRING):
                        state[s, 0], state[s, 1] = add(state[s, 0], state[s, 1], alo, ahi)
                    return i, GROW, written
                lot = _new(pool, links, free, alo, ahi, CLEAN)
                _hang(state, pool, links, free, d, lot, newest)
            state[d, 0], state[d, 1] = add(state[d, 0], state[d, 1], alo, ahi)
    return span[1], DONE, written


class LotKernelBook(OneRule):
    """The lots of each purse, chained in one pool."""

    def __init__(self, terrain: "Terrain", newest_first: bool) -> None:
        """Start with the opening balances, all clean."""
        self.rule = "lifo" if newest_first else "fifo"
        self._newest_first = newest_first
        self._terrain = terrain
        self._state = np.zeros((len(terrain.account), 4), np.uint64)
        self._state[:, :2] = terrain.opening
        self._pool = np.zeros((0, 2), np.uint64)
        self._links = np.zeros((0, 2), np.int32)
        self._spare = np.zeros(2, np.int64)
        self._sums = np.zeros((terrain.incidents, 2), np.uint64)
        self._space = FlowSpace()
        self._grow(1 << 12)

    def balance(self, purse: int) -> int:
        """See `Book`."""
        return int(self._state[purse, 0]) | int(self._state[purse, 1]) << 64

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
        if self._spare[1] < SPARE:
            self._grow(len(self._pool))
        lot = _new(self._pool, self._links, self._spare, *_limbs(amount), incident)
        _absorb(self._state, self._pool, self._links, self._spare, purse, lot)

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """See `Book`."""
        lots = self._lots(purse)
        done = mark_in(lots, incident, amount)
        self._store(purse, lots)
        return done

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        """See `Book`."""
        place, why = start, FULL
        while why in (FULL, GROW) and place < end:
            place, why, count = self._call(batch, place, end)
            sink.extend(*self._space.drained(count), self.rule)
            if why == GROW:
                self._grow(len(self._pool))
        return place

    def holdings(self) -> Holdings:
        """See `Book`."""
        purses = np.flatnonzero(self._state[:, 2])
        return _totals(self._state, self._pool, self._links, purses, self._terrain.incidents)

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
            _free(self._links, self._spare, at)
            at = after
        balance = sum(amount for _, amount in lots)
        self._state[purse] = (balance & LIMB, balance >> 64, 0, 0)
        if all(incident == CLEAN for incident, _ in lots):
            return
        while self._spare[1] < len(lots):
            self._grow(len(self._pool))
        for incident, amount in lots:
            lot = _new(self._pool, self._links, self._spare, *_limbs(amount), incident)
            _hang(self._state, self._pool, self._links, self._spare, purse, lot, self._newest_first)

    def _grow(self, more: int) -> None:
        """Add `more` lots to the pool, all free."""
        old = len(self._pool)
        self._pool = np.concatenate([self._pool, np.zeros((more, 2), np.uint64)])
        links = np.zeros((more, 2), np.int32)
        links[:, 0] = np.arange(old + 2, old + more + 2)
        links[-1, 0] = self._spare[0]
        self._links = np.concatenate([self._links, links])
        self._spare[0] = old + 1
        self._spare[1] += more


def _limbs(value: int) -> tuple[np.uint64, np.uint64]:
    return np.uint64(value & LIMB), np.uint64(value >> 64)


@njit(cache=True)
def _sum_chains(state, pool, links, purses, sums):
    """Stolen money of each purse by incident, into `sums` (purses, incidents, 2)."""
    for place in range(len(purses)):
        at = np.int64(state[purses[place], 2])
        while at != 0:
            k = links[at - 1, 1]
            if k != CLEAN:
                sums[place, k, 0], sums[place, k, 1] = add(
                    sums[place, k, 0], sums[place, k, 1], pool[at - 1, 0], pool[at - 1, 1]
                )
            at = np.int64(links[at - 1, 0])


def _totals(state: Any, pool: Any, links: Any, purses: Any, incidents: int) -> Holdings:
    sums = np.zeros((len(purses), incidents, 2), np.uint64)
    _sum_chains(state, pool, links, purses, sums)
    flat = sums.reshape(-1, 2)
    keep = np.flatnonzero(flat[:, 0] | flat[:, 1])
    owners = np.repeat(purses.astype(np.int32), incidents)
    each = np.tile(np.arange(incidents, dtype=np.int16), len(purses))
    return Holdings(owners[keep], each[keep], flat[keep], {})
