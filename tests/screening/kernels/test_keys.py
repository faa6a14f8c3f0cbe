"""Two words share a key where they are one edit apart or have the same bones but one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.kernels.keys import filed, word_keys
from stanch.screening.names.sound import bones, sounded
from tests.reference.name_edits import reached

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = st.text(LETTERS, min_size=1, max_size=20)
CLOSE = st.text("aeknst", min_size=1, max_size=9)


def raw(word: str) -> np.ndarray:
    return np.frombuffer(word.encode(), np.uint8)


def keys(word: str) -> set[int]:
    return set(word_keys(raw(word), raw(bones(sounded(word)))).tolist())


@given(WORDS, st.data())
def test_one_edit_is_always_reached(word, data):
    at, letter = data.draw(st.integers(0, len(word))), data.draw(st.sampled_from(LETTERS))
    added = word[:at] + letter + word[at:]
    for slip in (
        added,
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ):
        assert not keys(word).isdisjoint(keys(slip)), slip


@given(CLOSE, CLOSE)
def test_keys_meet_where_the_twin_says_so(one, two):
    assert (not keys(one).isdisjoint(keys(two))) == reached(one, two)


@given(WORDS, st.text("aeiou", min_size=8, max_size=12))
def test_vowels_alone_do_not_part_two_words(word, vowels):
    """Only the consonants are asked: every vowel may be another."""
    again = "".join(
        vowels[at % len(vowels)] if letter in "aeiou" and at else letter
        for at, letter in enumerate(word)
    )
    if bones(sounded(word)) == bones(sounded(again)):
        assert not keys(word).isdisjoint(keys(again))


@given(st.lists(CLOSE, min_size=1, max_size=8))
def test_all_keys_are_filed_in_order(words):
    width = 24
    letters, bare = (np.zeros((len(words), width), np.uint8) for _ in range(2))
    sizes, bare_sizes = (np.zeros(len(words), np.int64) for _ in range(2))
    for row, word in enumerate(words):
        bone = bones(sounded(word))
        letters[row, : len(word)], sizes[row] = raw(word), len(word)
        bare[row, : len(bone)], bare_sizes[row] = raw(bone), len(bone)
    found, owners = filed(letters, sizes, bare, bare_sizes)
    assert (np.sort(found) == found).all()
    pairs = set(zip(found.tolist(), owners.tolist(), strict=True))
    assert pairs == {(key, row) for row, word in enumerate(words) for key in keys(word)}
