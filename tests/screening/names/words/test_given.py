from collections import defaultdict

import pytest

from stanch.screening.names import table
from stanch.screening.names.fold import fold
from stanch.screening.names.words.given import COGNATE, SPELLING, Given

ROWS = list(table.rows("stanch.screening.names.words", "given.tsv"))
GIVEN = Given.load()


def test_rows_are_in_order_and_none_stands_twice() -> None:
    assert sorted(ROWS) == ROWS
    assert len({tuple(row) for row in ROWS}) == len(ROWS) > 800


def test_spellings_are_one_folded_latin_word_each() -> None:
    for _, *spellings in ROWS:
        for word in spellings:
            assert fold(word).words == (word,)
            assert word.isascii()


def test_no_spelling_stands_twice_in_a_family() -> None:
    families = defaultdict(list)
    for family, *spellings in ROWS:
        families[family] += spellings
    assert all(len(set(words)) == len(words) > 1 for words in families.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("aleksandr", "oleksandr"),
        ("mohammed", "muhammad"),
        ("yusuf", "youssef"),
        ("volodymyr", "vladimir"),
        ("hussein", "hossein"),
        ("abdulaziz", "abdelaziz"),
        ("sergeevich", "serhiyovych"),
        ("qaddafi", "gaddafi"),
        ("osama", "usama"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert GIVEN.relation(one, other) == GIVEN.relation(other, one) == SPELLING
    assert set(GIVEN.spellings(one)) & set(GIVEN.spellings(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("william", "bill"),
        ("robert", "bob"),
        ("john", "juan"),
        ("ivan", "jean"),
        ("joseph", "yusuf"),
        ("aleksandr", "sasha"),
        ("benjamin", "bibi"),
        ("mikhail", "miguel"),
    ],
)
def test_the_same_name_in_another_language_or_short(one: str, other: str) -> None:
    assert GIVEN.relation(one, other) == GIVEN.relation(other, one) == COGNATE
    assert set(GIVEN.kin(one)) & set(GIVEN.kin(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alexander", "alexandra"),
        ("hassan", "hussein"),
        ("oleg", "olga"),
        ("muhammad", "mahmud"),
        ("sergei", "sergeevich"),
        ("boris", "benjamin"),
        ("chol", "su"),
        ("kim", "kim"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert GIVEN.relation(one, other) == ""
