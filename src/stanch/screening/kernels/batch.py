"""Many queries searched in one pass: candidates of their words, rows gathered, rows scored."""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.align import COMPLETE, IDENTICAL
from stanch.screening.kernels.gather import gather
from stanch.screening.kernels.score import score

# What a row may reach beyond the words by which it was gathered: all of it is left, all the same,
# and words that lead nowhere by themselves.
SLACK: Final = COMPLETE + IDENTICAL + 3.0


@njit(cache=True, nogil=True)
def search(queries, store, index, rows_of, sums, slots, most):
    """Which query (by its place), which row, and its points, for all that reach the query's least.

    `queries` is (word starts, word numbers, run starts, run numbers, letter starts, letters without
    blanks, families, whether Korean, least points). `store` is (starts, listed words, gains, worth,
    kinds, letters, lengths) by word number, as index.words keeps them. `index` is (vocabulary,
    listed, whole, postings, whether a word leads to names); `rows_of` (family, whether Korean,
    cost) of each row. `sums` and `slots` are scratch of gather and score.
    """
    word_starts, numbers, run_starts, run_numbers, letter_starts, letters = queries[:6]
    families, korean, least = queries[6:]
    vocabulary, listed, whole, postings, leading = index
    out_query = np.empty(256, np.int32)
    out_row = np.empty(256, np.int32)
    out_points = np.empty(256, np.float32)
    size = 0
    for query in range(len(families)):
        asked = numbers[word_starts[query] : word_starts[query + 1]]
        candidates = _candidates(asked, store)
        runs = _candidates(run_numbers[run_starts[query] : run_starts[query + 1]], store)
        words, gains = _leading(candidates, runs, leading)
        floor = least[query] - SLACK
        rows = gather(words, gains, postings[0], postings[1], sums, most, floor)
        rows = _fitting(rows, rows_of, families[query], korean[query])
        side = store[3][asked], store[4][asked], store[5][asked], store[6][asked]
        mine = letters[letter_starts[query] : letter_starts[query + 1]]
        written = mine, whole[0], whole[1]
        points = score(rows, side, candidates, vocabulary, listed, written, slots)
        for k in range(len(rows)):
            reached = points[k] - rows_of[2][rows[k]]
            if reached < least[query]:
                continue
            if size == len(out_row):
                out_query = np.append(out_query, np.empty(size, np.int32))
                out_row = np.append(out_row, np.empty(size, np.int32))
                out_points = np.append(out_points, np.empty(size, np.float32))
            out_query[size], out_row[size], out_points[size] = query, rows[k], reached
            size += 1
    return out_query[:size], out_row[:size], out_points[:size]


@njit(cache=True, nogil=True)
def _candidates(asked, store):
    """Listed word, place of the query's word, and gain, of all words asked for."""
    starts, ids, gains = store[:3]
    total = 0
    for number in asked:
        total += starts[number, 1] - starts[number, 0]
    word_of = np.empty(total, np.int32)
    query_of = np.empty(total, np.int32)
    gain_of = np.empty(total, np.float32)
    size = 0
    for place in range(len(asked)):
        for at in range(starts[asked[place], 0], starts[asked[place], 1]):
            word_of[size], query_of[size], gain_of[size] = ids[at], place, gains[at]
            size += 1
    return word_of, query_of, gain_of


@njit(cache=True, nogil=True)
def _leading(candidates, runs, leading):
    """The words by which rows are gathered: those that lead somewhere, or all where none does."""
    total = len(candidates[0]) + len(runs[0])
    words = np.empty(total, np.int32)
    gains = np.empty(total, np.float32)
    size = 0
    for part in (candidates, runs):
        for k in range(len(part[0])):
            if leading[part[0][k]]:
                words[size], gains[size] = part[0][k], part[2][k]
                size += 1
    if size == 0:
        return candidates[0], candidates[2]
    return words[:size], gains[:size]


@njit(cache=True, nogil=True)
def _fitting(rows, rows_of, families, korean):
    """The rows of these families; of a Korean name not those that are read by syllables too."""
    kept = np.empty(len(rows), np.int32)
    size = 0
    for row in rows:
        if rows_of[0][row] & families and not (korean and rows_of[1][row]):
            kept[size] = row
            size += 1
    return kept[:size]
