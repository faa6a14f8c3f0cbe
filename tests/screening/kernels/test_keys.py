"""Two words share a key where they are one edit apart or have the same bones but one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.index.vocabulary import as_bytes
from stanch.screening.kernels.keys import bucket_of, filed, word_keys
from stanch.screening.names.sound import bones, sounded
from tests.reference.name_edits import reached

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = st.text(LETTERS, min_size=1, max_size=20)
CLOSE = st.text("aeknst", min_size=1, max_size=9)


def raw(word: str) -> np.ndarray:
    return np.frombuffer(word.encode(), np.uint8)


def keys(word: str) -> set[int]:
    heard = sounded(word)
    return set(word_keys(raw(word), raw(heard), raw(bones(heard))).tolist())


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


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("gaddafi", "qathafi"),  # the same bones
        ("vladimirovich", "wladimirowitsch"),
        ("tarasenko", "torosinka"),
        ("aleksandrov", "oleksandrow"),
        ("lee", "li"),  # the same sound
    ],
)
def test_what_sounds_alike_is_reached(one, two):
    assert not keys(one).isdisjoint(keys(two))


@given(st.lists(CLOSE, min_size=1, max_size=8))
def test_all_keys_are_filed_in_order(words):
    heard = [sounded(word) for word in words]
    sides = [as_bytes(each) for each in (words, heard, [bones(word) for word in heard])]
    found, owners, buckets = filed(*(part for side in sides for part in side))
    assert (np.sort(found) == found).all()
    pairs = list(zip(found.tolist(), owners.tolist(), strict=True))
    assert sorted(pairs) == sorted((key, row) for row, w in enumerate(words) for key in keys(w))
    for place, key in enumerate(found):
        bucket = bucket_of(key)
        assert buckets[bucket] <= place < buckets[bucket + 1]
