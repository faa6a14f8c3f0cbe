"""Two names without blanks, for a blank typed a letter too early or too late; and which listed
names may be the query but for their blanks, told from few bits of each.

A name's sketch is a bit for each letter that it has, and how many letters it has in all.
"""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.align import COMPLETE
from stanch.screening.kernels.edit import cheapest, edit_cost

WHOLE_LIMIT: Final = 8.0  # what a whole name, read without blanks, may cost
WHOLE_COST: Final = 1.0
WHOLE_DEARER: Final = 1.5  # a slip beside a blank that is out of place is one slip more
WHOLE_SHARE: Final = 0.5  # and how much of that for each letter
WHOLE_LEAST: Final = 7  # letters
WHOLE_LONGER: Final = 2  # letters
MOST_WHOLE_WORTH: Final = 36.0
_A: Final = ord("a")
_LETTERS: Final = 26
_LONGEST: Final = 63  # letters: longer names count as so long
_NEVER: Final = -1.0
_ANOTHER: Final = np.float32(-100.0)


@njit(cache=True, nogil=True)
def as_a_whole(row, worth, whole, rows):
    """Points of a listed row whose letters without blanks are nearly the query's.

    `worth` is of the row's words. `whole` is (the query's letters without blanks, what `told` says
    of them, offsets and letters of all rows without blanks, their sketches). `rows` is scratch of
    kernels.edit.
    """
    mine, query, offsets, letters, drawn = whole
    if not may_be(query, drawn[row]):
        return _ANOTHER
    theirs = letters[offsets[row] : offsets[row + 1]]
    if abs(len(mine) - len(theirs)) > WHOLE_LONGER:
        return _ANOTHER
    limit = query[3]
    cost = edit_cost(mine, len(mine), theirs, len(theirs), limit, rows)
    if cost >= limit:
        return _ANOTHER
    return min(MOST_WHOLE_WORTH, worth.sum()) + COMPLETE - WHOLE_COST - WHOLE_DEARER * cost


@njit(cache=True, nogil=True)
def sketches(offsets, letters):
    """The sketch of each name without blanks."""
    found = np.zeros(len(offsets) - 1, np.uint32)
    for row in range(len(found)):
        found[row] = _sketch(letters[offsets[row] : offsets[row + 1]])
    return found


@njit(cache=True, nogil=True)
def _sketch(name):
    bits = min(len(name), _LONGEST) << _LETTERS
    for letter in name:
        if _A <= letter < _A + _LETTERS:
            bits |= 1 << (letter - _A)
    return np.uint32(bits)


@njit(cache=True, nogil=True)
def told(name):
    """Of a query's name without blanks: its length as sketched, the bit of each of its letters,
    the least that each costs where it is lacking, and what all that lack may cost.
    """
    bits = _sketch(name)
    places = np.array([at for at in range(_LETTERS) if bits >> at & 1], np.uint32)
    costs = cheapest(name)[_A : _A + _LETTERS][places]
    limit = min(WHOLE_LIMIT, WHOLE_SHARE * len(name)) if len(name) >= WHOLE_LEAST else _NEVER
    return np.int64(bits >> _LETTERS), places, costs, limit


@njit(cache=True, nogil=True)
def may_be(query, sketch):
    """Whether the name of this sketch may have nearly the letters of the query, as `told` gives it.

    True for all that `as_a_whole` finds near enough, and for few else: a letter that only the query
    has must be left out or exchanged.
    """
    size, places, costs, limit = query
    if limit < 0.0 or abs(size - np.int64(sketch >> _LETTERS)) > WHOLE_LONGER:
        return False
    lacking = np.float32(0.0)
    for at in range(len(places)):
        if not sketch >> places[at] & 1:
            lacking += costs[at]
            if lacking >= limit:
                return False
    return True
