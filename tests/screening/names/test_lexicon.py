"""What kind of word a word is, and what it means."""

import pytest

from stanch.screening.kernels import align
from stanch.screening.kernels.edit import WIDTH
from stanch.screening.names import lexicon
from stanch.screening.names.lexicon import given_cost, kind, shared, single_forms, with_concepts


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("petrov", align.CORE), ("39", align.NUMBER), ("g", align.INITIAL), ("bin", align.PARTICLE),
        ("mr", align.TITLE), ("president", align.TITLE), ("=generic:trade", align.GENERIC),
        ("=legal:limited", align.LEGAL), ("=place:korea", align.PLACE),
        ("=number:39", align.NUMBER), ("=stop:of", align.PARTICLE),
        ("=legal:company", align.PARTICLE), ("", align.CORE), 
        ("abu", align.CORE), ("umm", align.CORE),
    ],
)  # fmt: skip
def test_kinds(word, known):
    assert kind(word) == known


def test_every_concept_has_a_kind():
    for concept in set(lexicon.concepts().forms.values()):
        assert kind(lexicon.MARK + shared(concept)) != align.CORE


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("petrov shipping gmbh", "petrov shipping llc"),
        ("korea trading", "korea trade"),
        ("forty 4", "44"),
        ("무역", "trading"),
        ("조선", "korea"),
    ],
)
def test_words_that_mean_the_same(one, two):
    assert with_concepts(tuple(one.split())) == with_concepts(tuple(two.split()))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("petrov gmbh", "petrov jsc"),
        ("bureau 38", "bureau 39"),
        ("forty 4", "forty 5"),
        ("ab", "ac"),
    ],
)
def test_words_that_do_not(one, two):
    assert with_concepts(tuple(one.split())) != with_concepts(tuple(two.split()))


def test_other_words_stay_where_they_are():
    words = with_concepts(("petrov", "trading", "ivanov"))
    assert (words[0], words[2]) == ("petrov", "ivanov")
    assert words[1].startswith(lexicon.MARK)


def test_given_names():
    spelling, cognate = given_cost("aleksandr", "oleksandr"), given_cost("william", "bill")
    assert spelling is not None
    assert cognate is not None
    assert 0.0 < spelling < cognate
    assert given_cost("igor", "william") is None
    assert given_cost("igor", "xyzzy") is None
    assert lexicon.families("igor")
    assert not lexicon.families("xyzzy")


def test_forms_that_may_be_misspelt_are_long_words():
    forms = single_forms()
    assert forms
    assert all(len(word) >= 5 and word.isascii() and word.isalpha() for word, _ in forms)
    assert all(kind(lexicon.MARK + concept) != align.CORE for _, concept in forms)


def test_no_two_concepts_are_cut_to_one():
    """Words are compared by their first letters, concepts by those of their names."""
    names = {lexicon.MARK + shared(concept) for concept in lexicon.concepts().forms.values()}
    assert len({name[:WIDTH] for name in names}) == len(names)
