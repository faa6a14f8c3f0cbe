"""Korean names, syllable against syllable: the points of every listed reading of a surname's."""

from typing import Final

import numpy as np
from numba import njit

MISSING_SYLLABLE: Final = 20.0
SURNAME_LEAST: Final = -8.0  # a surname that fits worse than a typing error is another surname


@njit(cache=True, nogil=True)
def korean(surname, given, starts, counts, syllables, names, doubts, least):
    """Names and points of the listed readings that reach `least`, and the reading's place.

    `surname[s]` is what listed surname spelling s says for the query's; `given[i, g]` what listed
    syllable spelling g says for the query's syllable i. Readings of surname spelling s stand at
    `starts[s]:starts[s + 1]`, with `counts` syllables each, `syllables[:, 3]`, the `names` they
    belong to, and `doubts`, the decibans by which another reading of that name is likelier.
    """
    wanted = len(given)
    out_name = np.empty(256, np.int32)
    out_place = np.empty(256, np.int32)
    out_points = np.empty(256, np.float32)
    size = 0
    for spelling in range(len(surname)):
        if surname[spelling] <= SURNAME_LEAST:
            continue
        for place in range(starts[spelling], starts[spelling + 1]):
            points = surname[spelling] - doubts[place]
            points += _given(given, wanted, syllables[place], counts[place])
            if points < least:
                continue
            if size == len(out_name):
                out_name = np.append(out_name, np.empty(size, np.int32))
                out_place = np.append(out_place, np.empty(size, np.int32))
                out_points = np.append(out_points, np.empty(size, np.float32))
            out_name[size], out_place[size], out_points[size] = names[place], place, points
            size += 1
    return out_name[:size], out_place[:size], out_points[:size]


@njit(cache=True, nogil=True)
def _given(given, wanted, listed, count):
    """The best way to lay the given syllables side by side, in order, with none or some missing."""
    if wanted == count:
        points = 0.0
        for at in range(count):
            points += given[at, listed[at]]
        return points
    short = min(wanted, count)
    best = -1000.0
    for shift in range(abs(wanted - count) + 1):
        points = 0.0
        for at in range(short):
            mine = at + shift if wanted > count else at
            other = at + shift if count > wanted else at
            points += given[mine, listed[other]]
        best = max(best, points)
    return best - MISSING_SYLLABLE * abs(wanted - count)
