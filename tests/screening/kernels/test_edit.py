"""The compiled edit cost is the textbook's, and its tables are sound."""

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.screening.kernels.edit import INSERT, SUBSTITUTE, edit_cost, room
from tests.reference import name_edits as twin

WORDS = st.text("aeioukgtdlrnshyw", max_size=14)
SWAPPED = st.tuples(WORDS, st.text("aeiukn", min_size=2, max_size=2), WORDS).map(
    lambda parts: ("".join(parts), parts[0] + parts[1][::-1] + parts[2])
)
LIMITS = st.sampled_from((3.75, 4.0, 4.5, 7.0, 8.0, 9.0))
ROWS = room()


def cost(one: str, two: str, limit: float = 1000.0) -> float:
    sides = [np.frombuffer(word.encode(), np.uint8) for word in (one, two)]
    return float(edit_cost(sides[0], len(one), sides[1], len(two), limit, ROWS))


@given(WORDS, WORDS)
def test_as_the_textbook_has_it(one, two):
    assert cost(one, two) == pytest.approx(twin.edit_cost(one, two), abs=1e-3)


@settings(max_examples=300)
@given(st.one_of(st.tuples(WORDS, WORDS), SWAPPED), LIMITS)
def test_a_limit_only_cuts_what_is_not_below_it(words, limit):
    one, two = words
    whole, stopped = twin.edit_cost(one, two), cost(one, two, limit)
    if abs(whole - limit) > 1e-3:
        assert stopped == pytest.approx(min(whole, limit), abs=1e-3)


def test_a_swap_of_the_first_letters_is_not_given_up_too_early():
    assert cost("nuit", "unit", 9.0) == cost("nuit", "unit")
    assert cost("nuitabcd", "unitabcd", 4.0) == 3.5


@given(WORDS, WORDS)
def test_either_way_round(one, two):
    assert cost(one, two) == pytest.approx(cost(two, one), abs=1e-3)


@given(WORDS, WORDS)
def test_only_the_same_word_costs_nothing(one, two):
    assert (cost(one, two) == 0.0) == (one == two)


def test_every_letter_costs_something():
    letters = [ord(letter) for letter in string.ascii_lowercase + string.digits + "=:_"]
    part = SUBSTITUTE[np.ix_(letters, letters)]
    assert (part == part.T).all()
    assert (np.diag(part) == 0.0).all()
    assert part[~np.eye(len(letters), dtype=bool)].min() > 0.0
    assert INSERT[letters].min() > 0.0


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("alexey", "alexei"), ("alexey", "alexek")),  # what spellings confuse is nearer
        (("petrov", "petrof"), ("petrov", "petros")),
        (("lavrov", "lavrovs"), ("lavrov", "lavrovk")),  # an ending of many languages
        (("anna", "ana"), ("anna", "ann")),  # a doubled letter
        (("marcel", "marecl"), ("marcel", "marxel")),  # a swap
        (("petrovic", "petrovik"), ("petr", "petk")),  # a letter of a short word says more
    ],
)
def test_what_is_nearer(near, far):
    assert cost(*near) < cost(*far)


def test_words_without_letters():
    assert cost("", "") == 0.0
    assert cost("", "ab") == pytest.approx(twin.edit_cost("", "ab"))
