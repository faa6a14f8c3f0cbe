"""The compiled alignment counts as the rules say: random sides go through both."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.screening.index.vocabulary import as_bytes
from stanch.screening.kernels import align
from stanch.screening.kernels.edit import room
from tests.reference.name_pairs import Pairing, Word

ROWS = room()
KINDS = (
    align.CORE, align.CORE, align.CORE, align.GENERIC, align.PLACE, align.LEGAL, align.PARTICLE,
    align.NUMBER, align.INITIAL, align.TITLE,
)  # fmt: skip


@st.composite
def words(draw: st.DrawFn) -> Word:
    kind = draw(st.sampled_from(KINDS))
    size = 1 if kind == align.INITIAL else 7
    text = draw(st.text("kimnag", min_size=1, max_size=size))
    return Word(text, kind, draw(st.sampled_from((0.25, 0.5, 1.5, 3.0, 8.0, 12.0, 15.0))))


SIDES = st.lists(words(), min_size=1, max_size=6)
GAINS = st.sampled_from((0.0, 0.0, 0.0, 0.25, 4.0, 8.0, 12.0, 15.0))


def side(given_words: list[Word]):
    return (
        np.array([word.worth for word in given_words], np.float32),
        np.array([word.kind for word in given_words], np.uint8),
        *as_bytes([word.text for word in given_words]),
    )


def aligned(mine: list[Word], theirs: list[Word], gain):
    pair, taken = np.empty(len(mine), np.int8), np.zeros(len(theirs), np.uint8)
    table = np.array(gain, np.float32).reshape(len(mine), len(theirs))
    found = align.align(table, side(mine), side(theirs), pair, taken, ROWS)
    return found, pair, taken


@settings(max_examples=500)
@given(SIDES, SIDES, st.data())
def test_as_the_rules_say(mine, theirs, data):
    row = st.lists(GAINS, min_size=len(theirs), max_size=len(theirs))
    gain = data.draw(st.lists(row, min_size=len(mine), max_size=len(mine)))
    (points, _, complete), _, _ = aligned(mine, theirs, gain)
    plain = Pairing(mine, theirs, gain)
    assert (pytest.approx(points, abs=1e-3), complete) == plain.points()


@st.composite
def cut_otherwise(draw: st.DrawFn) -> tuple[list[Word], list[Word]]:
    """The same letters, parted in other places."""
    letters = draw(st.text("kimnag", min_size=6, max_size=20))
    sides = []
    for _ in range(2):
        ends = sorted(draw(st.sets(st.integers(1, len(letters) - 1), max_size=3)))
        starts = [0, *ends]
        parts = [letters[a:b] for a, b in zip(starts, [*ends, len(letters)], strict=True)]
        sides.append([Word(part, align.CORE, 12.0) for part in parts])
    return sides[0], sides[1]


@settings(max_examples=300)
@given(cut_otherwise())
def test_so_with_words_that_are_cut_otherwise(sides):
    gain = same(*sides)
    (points, _, complete), _, _ = aligned(*sides, gain)
    assert (pytest.approx(points, abs=1e-3), complete) == Pairing(*sides, gain).points()


def core(*texts: str) -> list[Word]:
    return [Word(text, align.INITIAL if len(text) == 1 else align.CORE, 12.0) for text in texts]


def same(mine: list[Word], theirs: list[Word]) -> list[list[float]]:
    return [[one.worth if one.text == two.text else 0.0 for two in theirs] for one in mine]


def points(mine: list[Word], theirs: list[Word]) -> float:
    return float(aligned(mine, theirs, same(mine, theirs))[0][0])


def test_the_same_words_in_any_order():
    one, two = core("igor", "sechin"), core("sechin", "igor")
    assert points(one, two) == 2 * 12 + align.COMPLETE + align.IDENTICAL


def test_a_word_that_one_side_lacks_costs_less_than_one_that_contradicts():
    whole, part, other = core("igor", "sechin"), core("sechin"), core("vlad", "sechin")
    assert points(other, whole) < points(part, whole) < points(whole, whole)


def test_an_initial_stands_for_a_word_and_not_for_another():
    assert points(core("w", "smith"), core("william", "smith")) > points(
        core("g", "smith"), core("william", "smith")
    )


def test_two_letters_stand_for_two_words():
    _, pair, taken = aligned(
        core("jc", "martin"),
        core("jean", "claude", "martin"),
        same(core("jc", "martin"), core("jean", "claude", "martin")),
    )
    assert pair.tolist() == [-2, 2]
    assert taken.tolist() == [1, 1, 1]


def test_words_that_are_joined_or_split():
    one, two = core("chongchon", "gang"), core("chong", "chongang")
    (_, agreed, complete), pair, taken = aligned(one, two, same(one, two))
    assert pair.tolist() == [-3, -3]
    assert taken.all()
    assert complete
    assert agreed == align.MOST_JOINED_WORTH - align.JOIN_COST


def test_three_words_are_one():
    one, two = core("chong", "chon", "gang"), core("chongchongang")
    assert aligned(one, two, same(one, two))[1].tolist() == [-3, -3, -3]
    assert aligned(two, one, same(two, one))[2].tolist() == [1, 1, 1]


def test_numbers_are_not_run_together():
    one = [Word("12", align.NUMBER, 4.0), Word("34", align.NUMBER, 4.0)]
    two = [Word("1234", align.NUMBER, 4.0)]
    assert points(one, two) < 0.0


def test_another_number_and_another_legal_form_contradict():
    one, two = core("bureau"), core("bureau")
    alone = points(one, two)
    for kind, texts in ((align.NUMBER, ("38", "39")), (align.LEGAL, ("=a", "=b"))):
        mine, theirs = ([*one, Word(text, kind, 0.3)] for text in texts)
        assert points(mine, theirs) < alone - 5.0


def test_agreement_does_not_outvote_a_contradiction():
    shared = core("one", "two", "three", "four", "five")
    assert points([*shared, *core("abba")], [*shared, *core("zorro")]) < points(shared, shared) / 2
    mine, theirs = [*shared, *core("abba")], [*shared, *core("zorro")]
    assert points(mine, theirs) <= align.AGREED


def test_who_says_president_leaves_the_given_name_out():
    title = [Word("president", align.TITLE, 0.3)]
    name = core("bashar", "assad")
    assert points(title + core("assad"), name) > points(core("assad"), name)
