"""What it costs to take one word for another, in decibans, letter by letter.

A weighted Damerau-Levenshtein distance (optimal string alignment) on lower-case ASCII. Letters that
romanisations and ears confuse cost little, a foreign consonant much; in a short word every letter
says more, so all costs rise. The costs are round figures in the order of how often such a pair is
seen between two spellings of one name and between two names; no result hangs on one of them.
"""

from typing import Final

import numpy as np
from numba import njit

WIDTH: Final = 24  # letters of a word that are compared
_VOWELS: Final = "aeiou"
_CLOSE: Final = {
    1.5: ("iy", "ou", "ei", "vw", "sz", "kq"),
    2.5: ("ae", "ao", "eo", "ie", "iu", "au", "eu", "io", "ck", "cq", "jy", "uw"),
    3.0: ("kg", "td", "pb", "gq", "cg", "bv", "kx", "xh", "cj", "cs", "cz", "gj", "jz"),
    4.0: ("fv", "fp", "kh", "gh", "uv", "wo", "ey"),
    5.0: ("lr", "mn", "nr", "ln"),
}
_FAR_VOWEL: Final = 3.0
_FAR: Final = 6.5
_SWAP: Final = 3.5
_DOUBLED: Final = 1.5
_S: Final = ord("s")
_LAST_S: Final = 3.0  # Lavrovs, Systems: an ending of many languages


def _substitutions() -> np.ndarray:
    table = np.full((128, 128), _FAR, np.float32)
    for one in _VOWELS:
        for two in _VOWELS:
            table[ord(one), ord(two)] = _FAR_VOWEL
    for cost, pairs in _CLOSE.items():
        for pair in pairs:
            here, there = map(ord, pair)
            table[here, there] = table[there, here] = cost
    np.fill_diagonal(table, 0.0)
    return table


def _insertions() -> np.ndarray:
    table = np.full(128, 6.0, np.float32)
    for letter in _VOWELS:
        table[ord(letter)] = 4.0
    for letter, cost in (("h", 2.0), ("y", 3.0), ("w", 3.0)):
        table[ord(letter)] = cost
    return table


SUBSTITUTE: Final = _substitutions()
INSERT: Final = _insertions()
# The least that a letter costs which the other word lacks: left out, or exchanged for another.
_CHEAPEST: Final = np.minimum(INSERT, (SUBSTITUTE + np.diag([_FAR] * 128)).min(axis=1))
_CHEAPEST[_S] = min(_CHEAPEST[_S], _LAST_S)
# By the length of the longer word: how much more a letter says in a short one.
SHORT: Final = np.array([3, 3, 3, 2.4, 1.7, 1.2, 1.1, 1.0] + [1.0] * 400, np.float32)


@njit(cache=True, nogil=True)
def room():
    """Scratch for edit_cost: three rows of the matrix, for names of up to `len(SHORT)` letters."""
    return np.empty((3, len(SHORT) + 1), np.float32)


@njit(cache=True, nogil=True)
def cheapest(word):
    """By letter, the least that it costs if a letter of `word` has none on the other side."""
    costs = _CHEAPEST.copy()
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            costs[word[at]] = min(costs[word[at]], _DOUBLED)
    return costs


@njit(cache=True, nogil=True)
def _insert(word, place, size):
    """What the letter at `place`, from 1, costs if the other word lacks it."""
    if place == size and word[place - 1] == _S:
        return _LAST_S
    return INSERT[word[place - 1]]


@njit(cache=True, nogil=True)
def edit_cost(one, one_len, two, two_len, limit, rows):
    """The cost of the cheapest way from word `one` to `two`; `limit` where it is not below that.

    `rows` is scratch, as `room` gives it.
    """
    scale = SHORT[max(one_len, two_len)]
    bound = limit / scale
    before, last, row = rows[0], rows[1], rows[2]
    last[0] = best = 0.0
    for j in range(1, two_len + 1):
        same = j > 1 and two[j - 1] == two[j - 2]
        last[j] = last[j - 1] + (_DOUBLED if same else _insert(two, j, two_len))
    for i in range(1, one_len + 1):
        here = one[i - 1]
        drop = _DOUBLED if i > 1 and here == one[i - 2] else _insert(one, i, one_len)
        row[0] = last[0] + drop
        swapped, best = best + _SWAP, row[0]  # a swap with the next letter starts a row higher up
        for j in range(1, two_len + 1):
            there = two[j - 1]
            cost = last[j - 1] + SUBSTITUTE[here, there]
            cost = min(cost, last[j] + drop)
            add = _DOUBLED if j > 1 and there == two[j - 2] else _insert(two, j, two_len)
            cost = min(cost, row[j - 1] + add)
            if i > 1 and j > 1 and here == two[j - 2] and one[i - 2] == there:
                cost = min(cost, before[j - 2] + _SWAP)
            row[j] = cost
            best = min(best, cost)
        if min(best, swapped) >= bound:
            return limit
        before, last, row = last, row, before
    return min(limit, last[two_len] * scale)
