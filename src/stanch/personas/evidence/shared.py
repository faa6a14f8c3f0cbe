"""Pairs of records that share a value: found in runs of equal keys, never among all pairs."""

from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.personas.evidence.indicator import Counts, Found, Indicator, Records
from stanch.personas.evidence.sight import Keys

Places = npt.NDArray[np.int64]
MEETINGS: Final = 30_000_000
_TIERS = np.array([2, 4, 8, 16, 32, 64], dtype=np.int64)  # holders of a value, up to and including


def runs(key: npt.NDArray[np.uint64]) -> tuple[Places, Places]:
    """Where runs of equal keys begin, and how long they are."""
    if not len(key):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    start = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    return start, np.diff(np.r_[start, len(key)])


def meetings(keys: Keys, most: int) -> tuple[Places, Places, Counts]:
    """Rows of `keys` (each record once under a key) that meet: two places and the holders.

    A value of more than `most` holders ties nobody: that bounds the pairs to most/2 for a row. In
    an intake where that is still more than MEETINGS, values of the most holders are left out
    until it is not: they say the least.
    """
    start, length = runs(keys.key)
    left, right, holders = [], [], []
    sizes, count = np.unique(length[(length >= 2) & (length <= most)], return_counts=True)
    met = np.cumsum(count * sizes * (sizes - 1) // 2)
    for size in sizes[met <= MEETINGS]:
        first, second = np.triu_indices(int(size), 1)
        at = start[length == size]
        left.append((at[:, None] + first).ravel())
        right.append((at[:, None] + second).ravel())
        holders.append(np.full(len(left[-1]), size, dtype=np.int64))
    if not left:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    return np.concatenate(left), np.concatenate(right), np.concatenate(holders)


def share(indicator: Indicator, keys: Keys, most: int) -> Found:
    """Who shares a value that at most `most` records hold; tiers by holders of the rarest one."""
    once = keys.once()
    left, right, holders = meetings(once, most)
    return found(indicator, once.record[left], once.record[right], holders)


def found(indicator: Indicator, a: Records, b: Records, holders: Counts) -> Found:
    """Pairs that met, once each; `n` counts their meetings."""
    pair, first, n = distinct(a, b, holders)
    return Found(indicator, *pair, n, holders[first], tier_of(holders[first]))


def tier_of(holders: Counts) -> Counts:
    """Values of alike many holders: 2, up to 4, 8, 16, 32, 64, and more."""
    tier: Counts = np.searchsorted(_TIERS, holders).astype(np.int64)
    return tier


def distinct(
    a: Records, b: Records, holders: Counts
) -> tuple[tuple[Records, Records], Places, Counts]:
    """Pairs once each and in order, where the rarest meeting of each stands, how many it has."""
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    order = np.lexsort((holders, high, low))
    low, high = low[order], high[order]
    if not len(order):
        nothing = np.zeros(0, dtype=np.int64)
        return (nothing.astype(np.int32), nothing.astype(np.int32)), nothing, nothing
    start = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
    n = np.diff(np.r_[start, len(order)])
    return (low[start].astype(np.int32), high[start].astype(np.int32)), order[start], n
