"""One spelling for what alphabets' romanisations write differently."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.names.sound import bones, sounded

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", max_size=15)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("alexey", "aleksei"), ("sergey", "sergei"), ("yusuf", "iusuf"), ("muhammad", "muhamad"),
        ("khaled", "haled"), ("wladimir", "vladimir"), ("xi", "shi"),
        ("tchaikovsky", "chaikovskii"),
    ],
)  # fmt: skip
def test_habits_of_spelling(one, two):
    assert sounded(one) == sounded(two)


@pytest.mark.parametrize(("one", "two"), [("petrov", "sidorov"), ("kim", "pak"), ("anna", "ina")])
def test_other_names_stay_others(one, two):
    assert sounded(one) != sounded(two)


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("petrov", "ptrf"),
        ("bedrow", "ptrw"),
        ("anna", "an"),
        ("ivan", "afn"),
        ("", ""),
        ("usi", "as"),
    ],
)
def test_bones(word, bare):
    assert bones(word) == bare


@given(WORDS)
def test_voiced_and_unvoiced_have_the_same_bones(word):
    assert bones(word) == bones(word.translate(str.maketrans("gdbv", "ktpf")))


@given(WORDS)
def test_bones_are_consonants_behind_the_first_letter(word):
    assert not set(bones(word)[1:]) & set("aeiou")
    assert bool(bones(word)) == bool(word)


@given(WORDS)
def test_nothing_sounds_double(word):
    heard = sounded(word)
    assert all(one != two for one, two in itertools.pairwise(heard))
