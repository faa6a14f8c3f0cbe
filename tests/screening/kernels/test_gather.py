"""Postings are added up, and the most promising rows that can still reach the bar are kept."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.kernels.gather import RUN, RUNS, WORD, gather
from stanch.screening.kernels.whole import sketches, told

ROWS = 40
NO_BAR = -1000.0
POSTINGS = st.lists(st.sets(st.integers(0, ROWS - 1)).map(sorted), min_size=1, max_size=6)
NAMES = np.arange(ROWS + 1) * 8, np.frombuffer(bytearray(b"aaaaaaaa" * ROWS), np.uint8)
BARS = st.sampled_from((NO_BAR, 0.0, 5.0, 12.0))


def gathered(postings, asked, most, size=1, bars=(NO_BAR, NO_BAR)):
    """`asked`: (listed word, gain, how it was found); all rows have `size` words, and none may be
    the query but for its blanks.
    """
    scratch = np.zeros(ROWS, np.float32), np.zeros(ROWS, np.uint8)
    words = (
        np.array([word for word, _, _ in asked], np.int32),
        np.array([gain for _, gain, _ in asked], np.float32),
        np.array([how for _, _, how in asked], np.uint8),
        told(np.frombuffer(bytearray(b"kimujonun"), np.uint8)),
    )
    offsets = np.cumsum([0, *map(len, postings)])
    flat = np.array([row for each in postings for row in each], np.int32)
    names = np.full(ROWS, size, np.int64), sketches(*NAMES)
    found = gather(words, (offsets, flat), scratch, names, (most, *bars))
    assert not scratch[0].any()
    assert not scratch[1].any()
    return found.tolist()


@st.composite
def cases(draw):
    postings = draw(POSTINGS)
    word = st.tuples(
        st.integers(0, len(postings) - 1),
        st.sampled_from((1.0, 4.0, 9.5, 15.0)),
        st.sampled_from((WORD, RUN, RUNS)),
    )
    return postings, draw(st.lists(word, max_size=8))


def sums(postings, asked) -> Counter[int]:
    """What was found adds up; runs on both sides only say again what their words may have said."""
    found: Counter[int] = Counter()
    for word, gain, how in asked:
        if how != RUNS:
            found.update(dict.fromkeys(postings[word], gain))
    for word, gain, how in asked:
        if how == RUNS:
            found |= dict.fromkeys(postings[word], gain if len(postings[word]) <= 16 else 0.5)
    return found


@given(cases())
def test_every_row_of_a_short_list(case):
    assert sorted(gathered(*case, most=64)) == sorted(sums(*case))


@given(cases(), st.integers(1, 10))
def test_none_is_left_out_for_one_that_promises_less(case, most):
    known, found = sums(*case), gathered(*case, most)
    assert len(found) == len(set(found))
    assert min(most, len(known)) <= len(found) <= 4 * most
    left = [known[row] for row in known if row not in found]
    if left:
        assert max(left) <= min(known[row] for row in found) + 0.5


@given(cases(), st.integers(1, 3), BARS, BARS)
def test_a_row_of_which_words_are_missing_has_its_own_bar(case, size, part, whole):
    postings, asked = case
    words = Counter(row for word, _, _ in asked for row in postings[word])
    by_run = {row for word, _, how in asked if how != WORD for row in postings[word]}
    wanted = [
        row
        for row, points in sums(*case).items()
        if row in by_run or points >= (whole if words[row] >= size else part)
    ]
    assert sorted(gathered(*case, 64, size, (part, whole))) == sorted(wanted)


def test_a_name_that_may_be_the_query_but_for_its_blanks_needs_no_bar():
    letters = np.frombuffer(bytearray(b"kimjongunparkcholskim"), np.uint8)
    drawn = sketches(np.array([0, 9, 18, 21]), letters)
    mine = told(np.frombuffer(bytearray(b"kimujonun"), np.uint8))
    words = np.zeros(1, np.int32), np.ones(1, np.float32), np.zeros(1, np.uint8), mine
    postings = np.array([0, 3]), np.arange(3, dtype=np.int32)
    scratch = np.zeros(3, np.float32), np.zeros(3, np.uint8)
    names = np.full(3, 3, np.int64), drawn
    assert gather(words, postings, scratch, names, (64, 50.0, 50.0)).tolist() == [0]


def test_what_hundreds_run_together_hides_nobody_whose_words_say_more():
    postings = [list(range(ROWS - 1)), [ROWS - 1]]
    asked = [(0, 15.0, RUNS), (1, 6.0, WORD)]
    assert gathered(postings, asked, most=4)[0] == ROWS - 1


def test_nothing_asked_for():
    assert gathered([[0, 1]], [], most=64) == []
