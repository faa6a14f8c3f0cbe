"""Unknown earlier money of seeds: what a thief's account pays beyond what it was seen to hold.

An account that pays more than it was seen to receive had earlier money, and that is clean by
default. A seed without an amount is a thief's account: what it pays beyond its balance from the
seed's row on is stolen. So its opening balance is only what its payments before that row need.
"""

from collections.abc import Iterable

import numpy as np

from stanch.tracing.batch import COLUMNS, Moves, batches
from stanch.tracing.seeds import ActiveSeed
from stanch.tracing.sink import LIMB
from stanch.tracing.terrain import Terrain


def leave_to_seeds(terrain: Terrain, seeds: Iterable[ActiveSeed], moves: Moves) -> None:
    """Reduce the openings of unlimited seeds to what payments before their start need."""
    starts: dict[int, int] = {}
    for seed in seeds:
        if seed.allowance.left is None and terrain.opening_of(seed.purse):
            starts[seed.purse] = min(seed.start, starts.get(seed.purse, seed.start))
    needed = _needed_before(starts, moves) if any(starts.values()) else {}
    for purse in starts:
        value = needed.get(purse, 0)
        terrain.opening[purse] = (value & LIMB, (value >> 64) & LIMB)
        terrain.opening_wide.pop(purse, None)
        if value >> 128:
            terrain.opening_wide[purse] = value


def _needed_before(starts: dict[int, int], moves: Moves) -> dict[int, int]:
    """Largest deficit of each purse over the rows before its start."""
    sums = dict.fromkeys(starts, 0)
    needed = dict.fromkeys(starts, 0)
    purses, last = np.array(sorted(starts), dtype=np.int32), max(starts.values())
    for batch in batches(moves(COLUMNS)):
        if batch.base >= last:
            break
        for place in np.flatnonzero(np.isin(batch.src, purses) | np.isin(batch.dst, purses)):
            row, amount = batch.base + int(place), batch.amount(int(place))
            src, dst = int(batch.src[place]), int(batch.dst[place])
            if src != dst and row < starts.get(src, 0):
                sums[src] -= amount
                needed[src] = max(needed[src], -sums[src])
            if src != dst and row < starts.get(dst, 0):
                sums[dst] += amount
    return needed
