"""Lots of all purses in one pool, chained through compiled code.

State is one line of four limbs a purse: balance, then the first and the last lot of its chain
(pool index plus one; zero is none). `pool` holds amounts, `links` holds (next, incident), and
`free` is (first free lot, how many are free).
"""

from typing import Any

import numpy as np
from numba import njit

from stanch.model.int128 import add, is_zero, lt, sub
from stanch.tracing.book import CLEAN
from stanch.tracing.holdings import Holdings

NONE = np.uint64(0)
SPARE = 4  # lots that one row can need beyond those it moves


@njit(cache=True)
def new(pool, links, free, lo, hi, incident):
    """Take a lot from the free chain; `free` is (first free, how many are free)."""
    lot = free[0]
    free[0] = links[lot - 1, 0]
    free[1] -= 1
    pool[lot - 1, 0], pool[lot - 1, 1] = lo, hi
    links[lot - 1, 0], links[lot - 1, 1] = 0, incident
    return lot


@njit(cache=True)
def give_back(links, free, lot):
    """Give a lot back."""
    links[lot - 1, 0] = free[0]
    free[0] = lot
    free[1] += 1


@njit(cache=True)
def hang(state, pool, links, free, purse, lot, newest):
    """Add `lot` to the purse's chain as its newest, joined to a neighbour of the same incident."""
    end = np.int64(state[purse, 2] if newest else state[purse, 3])
    if end != 0 and links[end - 1, 1] == links[lot - 1, 1]:
        pool[end - 1, 0], pool[end - 1, 1] = add(
            pool[end - 1, 0], pool[end - 1, 1], pool[lot - 1, 0], pool[lot - 1, 1]
        )
        give_back(links, free, lot)
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
def absorb(state, pool, links, free, purse, lot):
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
        give_back(links, free, lot)


@njit(cache=True)
def pay(state, pool, links, free, s, d, amount, stops, newest, sums):
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
            lot = np.int64(new(pool, links, free, hlo, hhi, links[held, 1]))
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
                give_back(links, free, lot)
            else:
                absorb(state, pool, links, free, d, lot)
            continue
        if state[d, 2] == NONE and incident == CLEAN:
            give_back(links, free, lot)
        else:
            if state[d, 2] == NONE and not is_zero(state[d, 0], state[d, 1]):
                base = new(pool, links, free, state[d, 0], state[d, 1], CLEAN)
                hang(state, pool, links, free, d, base, newest)
            hang(state, pool, links, free, d, lot, newest)
        state[d, 0], state[d, 1] = add(state[d, 0], state[d, 1], hlo, hhi)


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


def totals(state: Any, pool: Any, links: Any, purses: Any, incidents: int) -> Holdings:
    """Stolen money of `purses` as Holdings."""
    sums = np.zeros((len(purses), incidents, 2), np.uint64)
    _sum_chains(state, pool, links, purses, sums)
    flat = sums.reshape(-1, 2)
    keep = np.flatnonzero(flat[:, 0] | flat[:, 1])
    owners = np.repeat(purses.astype(np.int32), incidents)
    each = np.tile(np.arange(incidents, dtype=np.int16), len(purses))
    return Holdings(owners[keep], each[keep], flat[keep], {})
