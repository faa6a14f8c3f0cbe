"""Which listed names share words with a query: postings are added up, the best are kept."""

from typing import Final

import numpy as np
from numba import njit

_STEP: Final = 0.5  # decibans
_WHOLE: Final = 32  # as many words as no name has: a run may stand for all of them


@njit(cache=True, nogil=True)
def gather(words, postings, scratch, sizes, reach):
    """Row ids, the most promising first, at most about `reach[0]` of them, none that cannot reach.

    `words` is (listed words, what each says, whether it is a run of words); `postings` (offsets,
    rows) by listed word. `scratch` is (sums, counts), one a row, all zero before and after. A row
    of which fewer words are found than it has (`sizes`) cannot be complete: it must reach
    `reach[1]` by what was found, any other row `reach[2]`.
    """
    word_of, gain, run = words
    offsets, rows = postings
    sums, counts = scratch
    most, least, least_whole = reach
    total = 0
    for k in range(len(word_of)):
        total += offsets[word_of[k] + 1] - offsets[word_of[k]]
    touched = np.empty(total, np.int32)
    count = 0
    for k in range(len(word_of)):
        found = _WHOLE if run[k] else 1
        for at in range(offsets[word_of[k]], offsets[word_of[k] + 1]):
            row = rows[at]
            if sums[row] == 0.0:
                touched[count] = row
                count += 1
            sums[row] += gain[k]
            counts[row] = min(_WHOLE, counts[row] + found)
    count = _reaching(touched, count, sums, counts, sizes, least, least_whole)
    cut = _cut(touched, count, sums, int(most))
    most = int(most)
    kept = np.empty(min(count, 4 * most), np.int32)
    size = _take(touched, count, sums, cut + _STEP, np.inf, kept, 0)
    size = _take(touched, count, sums, cut, cut + _STEP, kept, size)
    for k in range(count):
        sums[touched[k]] = 0.0
    return kept[:size]


@njit(cache=True, nogil=True)
def _reaching(touched, count, sums, counts, sizes, least, least_whole):
    """Keep the rows that can reach; the others' scratch is cleared at once."""
    kept = 0
    for k in range(count):
        row = touched[k]
        bar = least_whole if counts[row] >= sizes[row] else least
        counts[row] = 0
        if sums[row] >= bar:
            touched[kept] = row
            kept += 1
        else:
            sums[row] = 0.0
    return kept


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
