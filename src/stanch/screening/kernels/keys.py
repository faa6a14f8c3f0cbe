"""Hashed keys under which a word is filed and looked up: as it is, with a letter less, its bones.

Two words share a key where one letter is added, left out, exchanged or swapped with its neighbour
(symmetric deletion), or where their consonants are the same, or the same but for one. Where there
are few consonants the whole sound must be the same: in a short word two slips cost too much.
"""

import numpy as np
from numba import njit

_OFFSET = np.uint64(14695981039346656037)  # FNV-1a, 64 bits
_PRIME = np.uint64(1099511628211)
_SPELLED, _BONES, _BARE_BONES, _SOUND = 1, 2, 3, 4
_FEW_BONES = 3
_BUCKET_BITS = 18
_MANY_BONES = 5  # fewer consonants than this lead to too many words when one is left out


@njit(cache=True, nogil=True)
def _hash(letters, skip, tag):
    value = (_OFFSET ^ np.uint64(tag)) * _PRIME
    for at in range(len(letters)):
        if at != skip:
            value = (value ^ np.uint64(letters[at])) * _PRIME
    return value


@njit(cache=True, nogil=True)
def word_keys(word, sound, bones):
    """All keys of one word, as unsigned 64-bit numbers, some perhaps twice; arguments are bytes."""
    extra = len(bones) + 1 if len(bones) >= _MANY_BONES else 0
    keys = np.empty(len(word) + 2 + extra, np.uint64)
    keys[0] = _hash(word, -1, _SPELLED)
    for at in range(len(word)):
        keys[1 + at] = _hash(word, at, _SPELLED)
    size = 1 + len(word)
    few = len(bones) < _FEW_BONES
    keys[size] = _hash(sound, -1, _SOUND) if few else _hash(bones, -1, _BONES)
    for at in range(extra):
        keys[size + 1 + at] = _hash(bones, at - 1, _BARE_BONES)
    return keys


@njit(cache=True, nogil=True)
def run_keys(word, sound, bones):
    """The keys by which a query's run of words is looked up: as it is, and by its bones or sound.

    A blank that is out of place changes no letter, and the many keys of long words take time.
    """
    keys = np.empty(2, np.uint64)
    keys[0] = _hash(word, -1, _SPELLED)
    few = len(bones) < _FEW_BONES
    keys[1] = _hash(sound, -1, _SOUND) if few else _hash(bones, -1, _BONES)
    return keys


@njit(cache=True, nogil=True)
def filed(letters, lengths, sounds, sound_lengths, bones, bone_lengths):
    """Every key of every word: the sorted keys, the word that each belongs to, and where the keys
    of each bucket (by their highest bits) begin.
    """
    total = 0
    for word in range(len(lengths)):
        extra = bone_lengths[word] + 1 if bone_lengths[word] >= _MANY_BONES else 0
        total += lengths[word] + 2 + extra
    keys = np.empty(total, np.uint64)
    words = np.empty(total, np.int32)
    size = 0
    for word in range(len(lengths)):
        heard = sounds[word, : sound_lengths[word]]
        bare = bones[word, : bone_lengths[word]]
        for key in np.unique(word_keys(letters[word, : lengths[word]], heard, bare)):
            keys[size] = key
            words[size] = word
            size += 1
    order = np.argsort(keys[:size], kind="mergesort")
    keys = keys[:size][order]
    buckets = np.empty((1 << _BUCKET_BITS) + 1, np.int32)
    at = 0
    for bucket in range(1 << _BUCKET_BITS):
        while at < size and bucket_of(keys[at]) < bucket:
            at += 1
        buckets[bucket] = at
    buckets[-1] = size
    return keys, words[:size][order], buckets


@njit(cache=True, nogil=True)
def bucket_of(key):
    """The bucket of a key: its highest bits."""
    return np.int64(key >> np.uint64(64 - _BUCKET_BITS))
