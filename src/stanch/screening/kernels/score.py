"""All gathered rows scored in one pass: each one's matrix is filled from the query's candidates."""

import numpy as np
from numba import njit

from stanch.screening.kernels.align import MOST, align
from stanch.screening.kernels.edit import WIDTH, room
from stanch.screening.kernels.whole import as_a_whole


@njit(cache=True, nogil=True)
def space():
    """Scratch for one row: its side (worth, kinds, letters, lengths)."""
    return (
        np.empty(MOST, np.float32),
        np.empty(MOST, np.uint8),
        np.empty((MOST, WIDTH), np.uint8),
        np.empty(MOST, np.int64),
    )


@njit(cache=True, nogil=True)
def score(rows, query, candidates, vocabulary, listed, whole, slots):
    """Points for each of `rows`.

    `query` is (worth, kinds, letters, lengths) of its words; `candidates` (word, query word, gain);
    `vocabulary` (worth, kinds, letters, lengths); `listed` (offsets, words) of all rows; `whole` is
    as kernels.whole.as_a_whole takes it. `slots` is scratch, one number a vocabulary word, all -1
    before and after.
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
    pair, taken = np.empty(len(query[0]), np.int8), np.empty(MOST, np.uint8)
    gains = np.empty(len(query[0]) * MOST, np.float32)
    scratch = slots, gains, pair, taken, room(), space()
    for k in range(len(rows)):
        points[k] = _one(rows[k], query, dense, vocabulary, listed, whole, scratch)
    for k in range(len(word_of)):
        slots[word_of[k]] = -1
    return points


@njit(cache=True, nogil=True)
def _one(row, query, dense, vocabulary, listed, whole, scratch):
    slots, gains, pair, taken, rows, held = scratch
    side = side_of(row, vocabulary, listed, held)
    offsets, words = listed
    wide, columns = len(query[0]), len(side[0])
    gain = gains[: wide * columns].reshape(wide, columns)
    for j in range(columns):
        slot = slots[words[offsets[row] + j]]
        for i in range(wide):
            gain[i, j] = dense[slot, i] if slot >= 0 else np.float32(0.0)
    points, _, complete = align(gain, query, side, pair, taken[:columns], rows)
    if complete:
        return points
    return max(points, as_a_whole(row, side[0], whole, rows))


@njit(cache=True, nogil=True)
def side_of(row, vocabulary, listed, held):
    """The words of one listed row as a side of align, written into `held` as `space` gives it."""
    offsets, words = listed
    size = min(offsets[row + 1] - offsets[row], MOST)
    for place in range(size):
        word = words[offsets[row] + place]
        held[0][place] = vocabulary[0][word]
        held[1][place] = vocabulary[1][word]
        held[2][place] = vocabulary[2][word]
        held[3][place] = vocabulary[3][word]
    return held[0][:size], held[1][:size], held[2][:size], held[3][:size]
