"""Which listed names may be the query but for their blanks, told from few bits of each.

A name's sketch is a bit for each letter that it has, and how many letters it has in all.
"""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.edit import cheapest
from stanch.screening.kernels.score import WHOLE_LEAST, WHOLE_LIMIT, WHOLE_LONGER, WHOLE_SHARE

_A: Final = ord("a")
_LETTERS: Final = 26
_LONGEST: Final = 63  # letters: longer names count as so long
_NEVER: Final = -1.0


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

    True for all that kernels.score finds near enough, and for few else: a letter that only the
    query has must be left out or exchanged.
    """
    size, places, costs, limit = query
    if limit < 0.0 or abs(size - np.int64(sketch >> _LETTERS)) > WHOLE_LONGER:
        return False
    lacking = np.float32(0.0)
    for at in range(len(places)):
        if not sketch >> places[at] & 1:
            lacking += costs[at]
    return lacking < limit
