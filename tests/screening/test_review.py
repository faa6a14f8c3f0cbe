"""Four eyes: what holds after which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.review import (
    CONFIRMED,
    DIFFERENT,
    DISPUTED,
    OPEN,
    PROPOSED,
    SAME,
    VERDICTS,
    Decision,
    Standing,
    person,
    refusal,
    standing,
)


def word(said: str) -> Decision:
    """`Ann:different`"""
    who, _, verdict = said.partition(":")
    return Decision("m", verdict, "born in another year", who, "2026-01-01T00:00:00Z")


def after(*said: str) -> Standing:
    return standing(map(word, said))


@pytest.mark.parametrize(
    ("said", "verdict", "state"),
    [
        ("", OPEN, OPEN),
        ("Ann:different", OPEN, PROPOSED),
        ("Ann:different Bo:different", DIFFERENT, CONFIRMED),
        ("Ann:same Bo:same", SAME, CONFIRMED),
        ("Ann:different Ann:different", OPEN, PROPOSED),
        ("Ann:different ANN:different Ａnn:different", OPEN, PROPOSED),
        ("Ann:different Bo:same", OPEN, DISPUTED),
        ("Ann:different Bo:open", OPEN, DISPUTED),
        ("Ann:different Bo:same Cy:different", OPEN, DISPUTED),
        ("Ann:different Bo:same Bo:different", DIFFERENT, CONFIRMED),
        ("Ann:different Bo:same Ann:same", SAME, CONFIRMED),
        ("Ann:different Ann:open", OPEN, OPEN),
        ("Ann:different Bo:different Ann:open", DIFFERENT, PROPOSED),
        ("Ann:different Bo:different Ann:open Bo:open", OPEN, OPEN),
        ("Ann:different Bo:different Cy:open Di:open", OPEN, OPEN),
        ("Ann:different Bo:different Cy:same Di:same", SAME, CONFIRMED),
        ("Ann:different Bo:different Cy:open Ann:different", DIFFERENT, DISPUTED),
        ("Ann:different Bo:different Cy:open Cy:different", DIFFERENT, CONFIRMED),
        ("Ann:different Bo:different Cy:open Di:same", DIFFERENT, DISPUTED),
        ("Ann:different Bo:different Cy:different", DIFFERENT, CONFIRMED),
    ],
)
def test_what_holds(said, verdict, state):
    now = after(*said.split())
    assert (now.verdict, now.state) == (verdict, state)


def test_those_who_agreed_are_known():
    assert after("Ann:different", "Bo:different").agreed == (
        word("Ann:different"), word("Bo:different"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "said", "why"),
    [
        ("", "Ann:maybe", "the verdict is 'maybe'"),
        ("", "  :different", "needs the name of a person"),
        ("", "\u200b-:different", "needs the name of a person"),
        ("", "Ann:open", "is open already"),
        ("Ann:different", "ann :different", "somebody else has to confirm"),
        ("Ann:different Bo:different", "Cy:different", "is different already"),
    ],
)
def test_words_that_are_refused(before, said, why):
    assert why in refusal(after(*before.split()), word(said))


def test_a_reason_must_be_given():
    silent = Decision("m", DIFFERENT, " \n", "Ann", "2026-01-01T00:00:00Z")
    assert refusal(Standing(), silent) == "a decision needs a reason"


@pytest.mark.parametrize(
    "name", ["ann lee", "ANN  LEE", "Ann\u200bLee", "Ａｎｎ Ｌｅｅ", "Änn-Lee"]
)
def test_one_person_has_one_name(name):
    assert person(name) == person("Ann Lee")


def test_other_people_have_other_names():
    names = ["Ann Lee", "Anna Lee", "이안", "राम", "रम"]
    assert len({person(name) for name in names} - {""}) == len(names)


words = st.lists(
    st.builds(lambda who, verdict: word(f"{who}:{verdict}"), *map(st.sampled_from, (
        ("Ann", "ann ", "Bo", "Cy"), VERDICTS,
    ))),
    max_size=12,
)  # fmt: skip


@given(words)
def test_no_verdict_holds_by_one_person(said):
    now = standing(said)
    backers = {person(each.who) for each in said if each.verdict == now.verdict}
    assert now.verdict == OPEN or len(backers) >= 2
    if now.verdict != OPEN:
        first, second = now.agreed[-2:]
        assert person(first.who) != person(second.who)
        assert first.verdict == second.verdict == now.verdict


@given(words)
def test_one_voice_never_moves_what_holds_alone(said):
    """Whatever one person adds, alone and however often, two others' verdict stays."""
    base = ["Di:different", "Ed:different"]
    alone = [each for each in said if person(each.who) == "ann"]
    assert standing([*map(word, base), *alone]).verdict == DIFFERENT


@given(words)
def test_a_word_that_is_let_in_changes_something(said):
    *before, last = said or [word("Ann:different")]
    now = standing(before)
    if refusal(now, last) is None:
        assert standing([*before, last]) != now
