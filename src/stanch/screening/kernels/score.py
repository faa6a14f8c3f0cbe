"""All gathered rows scored in one pass: each one's matrix is filled from the query's candidates."""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.align import COMPLETE, MOST, align
from stanch.screening.kernels.edit import edit_cost, room

WHOLE_LIMIT: Final = 8.0  # what a whole name, read without blanks, may cost
WHOLE_COST: Final = 1.0
WHOLE_DEARER: Final = 1.5  # a slip beside a blank that is out of place is one slip more
WHOLE_SHARE: Final = 0.5  # and how much of that for each letter
WHOLE_LEAST: Final = 7  # letters
WHOLE_LONGER: Final = 2  # letters
MOST_WHOLE_WORTH: Final = 36.0


@njit(cache=True, nogil=True)
def score(rows, query, candidates, vocabulary, listed, whole, slots):
    """Points for each of `rows`.

    `query` is (worth, kinds, letters, lengths) of its words; `candidates` (word, query word, gain);
    `vocabulary` (worth, kinds, letters, lengths); `listed` (offsets, words) of all rows; `whole`
    (the query's letters without blanks, offsets and letters of all rows without blanks). `slots` is
    scratch, one number a vocabulary word, all -1 before and after.
    """
    word_of, query_of, gain_of = candidates
    dense = np.zeros((len(word_of), len(query[0])), np.float32)
    used = 0
    for k in range(len(word_of)):
        word = word_of[k]
        if slots[word] < 0:
            slots[word] = used
            used += 1
        at = slots[word]
        dense[at, query_of[k]] = max(dense[at, query_of[k]], gain_of[k])
    points = np.empty(len(rows), np.float32)
    scratch = slots, np.empty(len(query[0]), np.int8), room()
    for k in range(len(rows)):
        points[k] = _one(rows[k], query, dense, vocabulary, listed, whole, scratch)
    for k in range(len(word_of)):
        slots[word_of[k]] = -1
    return points


@njit(cache=True, nogil=True)
def _one(row, query, dense, vocabulary, listed, whole, scratch):
    slots, pair, rows = scratch
    side = side_of(row, vocabulary, listed)
    offsets, words = listed
    gain = np.zeros((len(query[0]), len(side[0])), np.float32)
    for j in range(len(side[0])):
        slot = slots[words[offsets[row] + j]]
        if slot >= 0:
            gain[:, j] = dense[slot]
    points, _, complete = align(gain, query, side, pair, np.zeros(len(side[0]), np.uint8), rows)
    if complete:
        return points
    return max(points, _as_a_whole(row, side, whole, rows))


@njit(cache=True, nogil=True)
def side_of(row, vocabulary, listed):
    """The words of one listed row as a side of align."""
    worth, kinds, letters, lengths = vocabulary
    offsets, words = listed
    held = words[offsets[row] : min(offsets[row + 1], offsets[row] + MOST)]
    return worth[held], kinds[held], letters[held], lengths[held]


@njit(cache=True, nogil=True)
def _as_a_whole(row, side, whole, rows):
    """Both names without blanks: for a blank typed a letter too early or too late."""
    mine, offsets, letters = whole
    theirs = letters[offsets[row] : offsets[row + 1]]
    if abs(len(mine) - len(theirs)) > WHOLE_LONGER or len(mine) < WHOLE_LEAST:
        return -100.0
    limit = min(WHOLE_LIMIT, WHOLE_SHARE * len(mine))
    cost = edit_cost(mine, len(mine), theirs, len(theirs), limit, rows)
    if cost >= limit:
        return -100.0
    return min(MOST_WHOLE_WORTH, side[0].sum()) + COMPLETE - WHOLE_COST - WHOLE_DEARER * cost
