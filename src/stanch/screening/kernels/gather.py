"""Which listed names share words with a query: postings are added up, the best are kept."""

from typing import Final

import numpy as np
from numba import njit

_STEP: Final = 0.5  # decibans


@njit(cache=True, nogil=True)
def gather(word_of, gain, offsets, postings, sums, most, least):
    """Name ids, the most promising first, at most about `most` and none whose sum is below `least`.

    Query word candidates `word_of[k]` with `gain[k]` decibans are looked up in the postings of the
    vocabulary (`postings[offsets[w]:offsets[w + 1]]` are the names that hold word w). `sums` is
    scratch, one float a name, all zero before and after.
    """
    total = 0
    for k in range(len(word_of)):
        total += offsets[word_of[k] + 1] - offsets[word_of[k]]
    touched = np.empty(total, np.int32)
    count = 0
    for k in range(len(word_of)):
        for at in range(offsets[word_of[k]], offsets[word_of[k] + 1]):
            name = postings[at]
            if sums[name] == 0.0:
                touched[count] = name
                count += 1
            sums[name] += gain[k]
    least = max(least, _cut(touched, count, sums, most))
    kept = np.empty(min(count, 4 * most), np.int32)
    size = _take(touched, count, sums, least + _STEP, np.inf, kept, 0)
    size = _take(touched, count, sums, least, least + _STEP, kept, size)
    for k in range(count):
        sums[touched[k]] = 0.0
    return kept[:size]


@njit(cache=True, nogil=True)
def _take(touched, count, sums, least, below, kept, size):
    """Append the names whose sum is in [least, below) as long as there is room."""
    for k in range(count):
        if size == len(kept):
            break
        if least <= sums[touched[k]] < below:
            kept[size] = touched[k]
            size += 1
    return size


@njit(cache=True, nogil=True)
def _cut(touched, count, sums, most):
    """A sum that about `most` names reach: counted in steps of half a deciban."""
    steps = np.zeros(256, np.int32)
    for k in range(count):
        steps[min(255, int(sums[touched[k]] / _STEP))] += 1
    seen = 0
    for step in range(255, -1, -1):
        seen += steps[step]
        if seen >= most:
            return step * _STEP
    return 0.0
