"""Hashed keys under which a word is filed and looked up: as it is, with a letter less, its bones.

Two words share a key where one letter is added, left out, exchanged or swapped with its neighbour
(symmetric deletion), or where their consonants are the same, or the same but for one.
"""

import numpy as np
from numba import njit

_OFFSET = np.uint64(14695981039346656037)  # FNV-1a, 64 bits
_PRIME = np.uint64(1099511628211)
_SPELLED, _BONES, _BARE_BONES = 1, 2, 3
_MANY_BONES = 5  # fewer consonants than this lead to too many words when one is left out


@njit(cache=True, nogil=True)
def _hash(letters, skip, tag):
    value = (_OFFSET ^ np.uint64(tag)) * _PRIME
    for at in range(len(letters)):
        if at != skip:
            value = (value ^ np.uint64(letters[at])) * _PRIME
    return value


@njit(cache=True, nogil=True)
def word_keys(word, bones):
    """All keys of one word, as unsigned 64-bit numbers; both arguments are bytes."""
    extra = len(bones) + 1 if len(bones) >= _MANY_BONES else 0
    keys = np.empty(len(word) + 2 + extra, np.uint64)
    keys[0] = _hash(word, -1, _SPELLED)
    for at in range(len(word)):
        keys[1 + at] = _hash(word, at, _SPELLED)
    size = 1 + len(word)
    keys[size] = _hash(bones, -1, _BONES)
    for at in range(extra):
        keys[size + 1 + at] = _hash(bones, at - 1, _BARE_BONES)
    return np.unique(keys)


@njit(cache=True, nogil=True)
def filed(letters, lengths, bones, bone_lengths):
    """Every key of every word: the sorted keys, and the word that each belongs to."""
    total = 0
    for word in range(len(lengths)):
        extra = bone_lengths[word] + 1 if bone_lengths[word] >= _MANY_BONES else 0
        total += lengths[word] + 2 + extra
    keys = np.empty(total, np.uint64)
    words = np.empty(total, np.int32)
    size = 0
    for word in range(len(lengths)):
        for key in word_keys(letters[word, : lengths[word]], bones[word, : bone_lengths[word]]):
            keys[size] = key
            words[size] = word
            size += 1
    order = np.argsort(keys[:size], kind="mergesort")
    return keys[:size][order], words[:size][order]
