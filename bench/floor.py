"""The floor of tracing: the same pass over the same MOVES with nothing but the two balances."""

from collections.abc import Iterable

import numpy as np
from numba import njit

from stanch.model.int128 import add, sub
from stanch.tracing.batch import MoveBatch
from stanch.tracing.kernels.prefetch import AHEAD, prefetch


@njit(cache=True)
def _balances(src, dst, lo, hi, state):
    count = len(src)
    for i in range(count):
        if i + AHEAD < count:
            prefetch(state, src[i + AHEAD])
            prefetch(state, dst[i + AHEAD])
        s, d = src[i], dst[i]
        state[s, 0], state[s, 1] = sub(state[s, 0], state[s, 1], lo[i], hi[i])
        state[d, 0], state[d, 1] = add(state[d, 0], state[d, 1], lo[i], hi[i])


def balances(batches: Iterable[MoveBatch], purses: int) -> np.ndarray:
    """Balance of every purse, as limbs."""
    state = np.zeros((purses, 2), np.uint64)
    for batch in batches:
        _balances(batch.src, batch.dst, batch.lo, batch.hi, state)
    return state
