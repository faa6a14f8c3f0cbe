"""Which listed words each of many words may be: proposed by keys, weighed by edit cost."""

from typing import Final

import numpy as np
from numba import njit

from stanch.screening.kernels.align import CORE, JOINED, KINDS
from stanch.screening.kernels.edit import edit_cost, room
from stanch.screening.kernels.keys import bucket_of, run_keys, word_keys

LIMIT: Final = 8.0  # decibans: a word that costs more is another word
# By the listed word's kind: a common word must be one swap or one doubled letter away, a number,
# an initial or a word that names nobody must be the same.
LIMITS: Final = np.array([LIMIT, 4.5, 4.5, 4.5, 0.0, 0.0, 0.0, LIMIT, 0.0], np.float32)
# How much of a word's worth is gone at the limit: a misspelt common word still is common.
SHARES: Final = np.array([0.8, 0.3, 0.3, 0.3, 0.3, 1.0, 1.0, 0.8, 0.3], np.float32)
RUN_LIMIT: Final = np.float32(4.0)  # of several words run together: a blank was slip enough
PINYIN_COST: Final = 5.0  # in pinyin another letter is another syllable
ANOTHER_NAME: Final = 5.0  # a slip seldom turns one known given name into another
LEAST_GAIN: Final = 1.0
_HEARD: Final = 1.0  # decibans by which words that only sound alike are further apart
_MOST_LONGER: Final = 4  # letters

assert len(LIMITS) == len(SHARES) == KINDS


@njit(cache=True, nogil=True)
def similar(asked, traits, table, vocabulary, known):
    """For each word asked for: where its candidates begin, their ids and costs.

    `asked` is (letters, lengths) of the words as spelled, as sounded, and their bones; `traits`
    (kinds, pinyin, given) of them; `table` (keys, words, buckets) of kernels.keys; `vocabulary`
    (letters, lengths) of the listed words as spelled and as sounded; `known` (kinds, pinyin, given)
    of these. A cost of 0 is the very same word; only a name's own word (CORE, JOINED) may be
    anything else.
    """
    letters, lengths, sounds, sound_lengths, bones, bone_lengths = asked
    starts = np.zeros(len(lengths) + 1, np.int64)
    ids = np.empty(1024, np.int32)
    costs = np.empty(1024, np.float32)
    seen = np.full(len(known[0]), -1, np.int32)
    rows = room()
    size = 0
    for word in range(len(lengths)):
        spelled = letters[word, : lengths[word]]
        heard = sounds[word, : sound_lengths[word]]
        named = traits[0][word] in (CORE, JOINED)
        bare = bones[word, : bone_lengths[word]]
        run = traits[0][word] == JOINED
        for key in run_keys(spelled, heard, bare) if run else word_keys(spelled, heard, bare):
            bucket = bucket_of(key)
            for at in range(table[2][bucket], table[2][bucket + 1]):
                other = table[1][at]
                if table[0][at] != key or seen[other] == word:
                    continue
                seen[other] = word
                limit = LIMITS[known[0][other]] if named else np.float32(0.0)
                if run:
                    limit = min(limit, RUN_LIMIT)
                cost = _cost(spelled, heard, other, vocabulary, limit, rows)
                if cost > 0.0:
                    cost += PINYIN_COST * (traits[1][word] and known[1][other])
                    cost += ANOTHER_NAME * (traits[2][word] and known[2][other])
                if cost > 0.0 and cost >= limit:
                    continue
                if size == len(ids):
                    ids = np.append(ids, np.empty(size, np.int32))
                    costs = np.append(costs, np.empty(size, np.float32))
                ids[size], costs[size] = other, cost
                size += 1
        starts[word + 1] = size
    return starts, ids[:size], costs[:size]


@njit(cache=True, nogil=True)
def _cost(spelled, heard, other, vocabulary, limit, rows):
    """The lesser of the costs as spelled and as sounded; 0 only where the spelling is the same."""
    letters, lengths, sounds, sound_lengths = vocabulary
    size, other_size = len(spelled), lengths[other]
    if size == other_size:
        same = True
        for at in range(size):
            if spelled[at] != letters[other, at]:
                same = False
                break
        if same:
            return np.float32(0.0)
    if limit <= 0.0 or abs(other_size - size) > _MOST_LONGER:
        return np.float32(LIMIT)
    cost = edit_cost(spelled, size, letters[other], other_size, limit, rows)
    if cost > _HEARD:
        other_size = sound_lengths[other]
        alike = edit_cost(heard, len(heard), sounds[other], other_size, limit - _HEARD, rows)
        cost = min(cost, alike + _HEARD)
    return np.float32(cost)
