"""Postings are added up and the most promising names kept."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.kernels.gather import gather

NAMES = 40
POSTINGS = st.lists(st.sets(st.integers(0, NAMES - 1)).map(sorted), min_size=1, max_size=6)


def gathered(postings, asked, most, least=-1000.0):
    sums = np.zeros(NAMES, np.float32)
    offsets = np.cumsum([0, *map(len, postings)])
    flat = np.array([name for each in postings for name in each], np.int32)
    words = np.array([word for word, _ in asked], np.int32)
    gains = np.array([gain for _, gain in asked], np.float32)
    found = gather(words, gains, offsets, flat, sums, most, least)
    assert not sums.any()
    return found.tolist()


@st.composite
def cases(draw):
    postings = draw(POSTINGS)
    word = st.tuples(st.integers(0, len(postings) - 1), st.sampled_from((1.0, 4.0, 9.5, 15.0)))
    return postings, draw(st.lists(word, max_size=8))


def sums(postings, asked) -> Counter[int]:
    found: Counter[int] = Counter()
    for word, gain in asked:
        found.update(dict.fromkeys(postings[word], gain))
    return found


@given(cases())
def test_every_name_of_a_short_list(case):
    found = gathered(*case, most=64)
    assert sorted(found) == sorted(sums(*case))


@given(cases(), st.integers(1, 10))
def test_none_is_left_out_for_one_that_promises_less(case, most):
    known, found = sums(*case), gathered(*case, most)
    assert len(found) == len(set(found))
    assert len(found) >= min(most, len(known))
    assert len(found) <= 4 * most
    left = [known[name] for name in known if name not in found]
    if left:
        assert max(left) <= min(known[name] for name in found) + 0.5


@given(cases(), st.sampled_from((0.0, 5.0, 12.0)))
def test_what_cannot_reach_the_least_is_left_out(case, least):
    known = sums(*case)
    assert sorted(gathered(*case, most=64, least=least)) == sorted(
        name for name in known if known[name] >= least
    )


def test_nothing_asked_for():
    assert gathered([[0, 1]], [], most=64) == []
