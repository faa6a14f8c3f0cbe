"""Which listed names share words with a query: postings are added up, the best are kept."""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.whole import may_be

WORD: Final = 0  # how a word was found: as a word
RUN: Final = 1  # one side's words run together are the other's word
RUNS: Final = 2  # both sides' words run together, which their words may say already
_STEP: Final = 0.5  # decibans
# Runs on both sides of which more names have one keep these and put them last: hundreds have JOINT
# STOCK, and must not stand before a row whose words say more.
_FEW: Final = 16
_MET: Final = np.float32(0.5)  # decibans by which such rows are gathered
_BY_RUN: Final = 255  # more words than any name has


@njit(cache=True, nogil=True)
def gather(words, postings, scratch, names, reach):
    """Row ids, the most promising first, at most about `reach[0]` of them, none that cannot reach.

    `words` is (listed words, what each says, how each was found, what kernels.whole tells of the
    query's letters without blanks); `postings` (offsets, rows) by listed word. `scratch` is (sums,
    counts), one a row, all zero before and after. `names` is (number of words, sketch of
    kernels.whole) of all rows. A row of which fewer words are found than it has cannot be complete:
    it must reach `reach[1]` by what was found, any other row `reach[2]`. A row that was found by
    words run together, or that may be the query but for its blanks, need not reach anything: what
    that says is not in the sum.
    """
    word_of, gain, how, _ = words
    offsets, rows = postings
    sums, counts = scratch
    total = 0
    for k in range(len(word_of)):
        total += offsets[word_of[k] + 1] - offsets[word_of[k]]
    touched = np.empty(total, np.int32)
    count = 0
    for runs in range(2):
        for k in range(len(word_of)):
            if (how[k] == RUNS) != runs:
                continue
            few = offsets[word_of[k] + 1] - offsets[word_of[k]] <= _FEW
            said = gain[k] if few or not runs else _MET
            for at in range(offsets[word_of[k]], offsets[word_of[k] + 1]):
                row = rows[at]
                if sums[row] == 0.0:
                    touched[count] = row
                    count += 1
                sums[row] = max(sums[row], said) if runs else sums[row] + said
                counts[row] = _BY_RUN if how[k] else min(_BY_RUN, counts[row] + 1)
    count = _reaching(touched, count, words[3], scratch, names, reach)
    most = int(reach[0])
    cut = _cut(touched, count, sums, most)
    kept = np.empty(min(count, 4 * most), np.int32)
    size = _take(touched, count, sums, cut + _STEP, np.inf, kept, 0)
    size = _take(touched, count, sums, cut, cut + _STEP, kept, size)
    for k in range(count):
        sums[touched[k]] = 0.0
    return kept[:size]


@njit(cache=True, nogil=True)
def _reaching(touched, count, query, scratch, names, reach):
    """Keep the rows that can reach; the others' scratch is cleared at once."""
    sums, counts = scratch
    sizes, drawn = names
    least, least_whole = reach[1:]
    kept = 0
    for k in range(count):
        row = touched[k]
        found = counts[row]
        counts[row] = 0
        bar = least_whole if found >= sizes[row] else least
        if found == _BY_RUN or sums[row] >= bar or may_be(query, drawn[row]):
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
