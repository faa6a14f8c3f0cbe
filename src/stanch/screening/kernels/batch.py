"""Many queries searched in one pass: candidates of their words, rows gathered, rows scored."""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.align import COMPLETE, CORE, IDENTICAL, INITIAL, JOINED
from stanch.screening.kernels.gather import RUN, RUNS, WORD, gather
from stanch.screening.kernels.score import score
from stanch.screening.kernels.whole import told

# What a row may reach beyond the words by which it was gathered: words that lead nowhere agree.
TOLD_APART: Final = 3.0
_SHORT: Final = 3  # letters: such a word may stand for initials


@njit(cache=True, nogil=True)
def search(queries, store, index, rows_of, scratch, most):
    """Which query (by its place), which row, and its points, for all that reach the query's least.

    `queries` is (word starts, word numbers, run starts, run numbers, letter starts, letters without
    blanks, families, whether Korean, least points). `store` is (starts, listed words, gains, worth,
    kinds, letters, lengths) by word number, as index.words keeps them. `index` is (vocabulary,
    listed, whole, postings, whether a word leads to names); `rows_of` (family, whether Korean,
    cost, number of words that lead to it, sketch of kernels.whole) of each row. `scratch` is (sums,
    counts, slots) of gather and score.
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
        side = store[3][asked], store[4][asked], store[5][asked], store[6][asked]
        mine = letters[letter_starts[query] : letter_starts[query + 1]]
        known = told(mine)
        words = (*_leading(candidates, runs, leading, vocabulary[1]), known)
        whole_least = least[query] - TOLD_APART - COMPLETE - IDENTICAL
        part_least = whole_least if _has_short(side) else least[query] - TOLD_APART
        rows = gather(words, postings, scratch[:2], rows_of[3:], (most, part_least, whole_least))
        rows = _fitting(rows, rows_of, families[query], korean[query])
        written = mine, known, whole[0], whole[1], rows_of[4]
        points = score(rows, side, candidates, vocabulary, listed, written, scratch[2])
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
def _leading(candidates, runs, leading, kinds):
    """The words by which rows are gathered, what they say, and how each was found: those that lead
    somewhere, or all where none does.
    """
    total = len(candidates[0]) + len(runs[0])
    words = np.empty(total, np.int32)
    gains = np.empty(total, np.float32)
    how = np.full(total, WORD, np.uint8)
    size = 0
    for part in range(2):
        found = runs if part else candidates
        for k in range(len(found[0])):
            word = found[0][k]
            if leading[word]:
                words[size], gains[size] = word, found[2][k]
                joined = part + (kinds[word] == JOINED)
                how[size] = RUNS if joined == 2 else RUN if joined else WORD
                size += 1
    if size == 0:
        return candidates[0], candidates[2], np.full(len(candidates[0]), RUN, np.uint8)
    return words[:size], gains[:size], how[:size]


@njit(cache=True, nogil=True)
def _has_short(side):
    """Whether some word may stand for the initials of words that were not found."""
    for place in range(len(side[1])):
        if side[1][place] == INITIAL or (side[1][place] == CORE and side[3][place] <= _SHORT):
            return True
    return False


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
