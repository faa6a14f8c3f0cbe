"""Which words of the vocabulary one word may be: proposed by hashed keys, weighed by edit cost."""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.edit import edit_cost, room

_HEARD: Final = 1.0  # decibans by which words that only sound alike are further apart
_MOST_LONGER: Final = 4  # letters


@njit(cache=True, nogil=True)
def similar(
    keys, table_keys, table_words, letters, lengths, sounds, sound_lengths, word, sound, limit
):
    """Word ids and costs (below `limit`) for the words that share one of `keys` with `word`.

    `table_keys` is sorted; `table_words[k]` is the word that has key `table_keys[k]`. `letters`
    and `sounds` are the vocabulary as bytes, spelled and sounded; `word` and `sound` the one asked
    for. The cost is the lesser of the two ways to compare, the sounded one a deciban dearer.
    """
    count = 0
    for key in keys:
        start = np.searchsorted(table_keys, key)
        end = start
        while end < len(table_keys) and table_keys[end] == key:
            end += 1
        count += end - start
    found = np.empty(count, np.int32)
    count = 0
    for key in keys:
        at = np.searchsorted(table_keys, key)
        while at < len(table_keys) and table_keys[at] == key:
            found[count] = table_words[at]
            count += 1
            at += 1
    found = np.unique(found[:count])
    costs = np.empty(len(found), np.float32)
    rows = room()
    size, heard_size, kept = len(word), len(sound), 0
    for other in found:
        if abs(lengths[other] - size) > _MOST_LONGER:
            continue
        cost = edit_cost(word, size, letters[other], lengths[other], limit, rows)
        if cost > _HEARD:
            other_size = sound_lengths[other]
            heard = edit_cost(sound, heard_size, sounds[other], other_size, limit - _HEARD, rows)
            cost = min(cost, heard + _HEARD)
        if cost < limit:
            found[kept] = other
            costs[kept] = cost
            kept += 1
    return found[:kept], costs[:kept]
