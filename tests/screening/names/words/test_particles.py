import pytest

from stanch.screening.names import table
from stanch.screening.names.fold import fold
from stanch.screening.names.words.particles import CLASSES, particles

ROWS = list(table.rows("stanch.screening.names.words", "particles.tsv"))


def test_classes_and_words_are_in_order_and_stand_once() -> None:
    assert [row[0] for row in ROWS] == list(CLASSES)
    assert all(sorted(row[1:]) == row[1:] for row in ROWS)
    forms = [form for row in ROWS for form in row[1:]]
    assert len(set(forms)) == len(forms) == len(particles())


def test_every_word_is_what_folding_leaves() -> None:
    assert all(fold(" ".join(words)).words == words for words in particles())


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("mr",), "title"),
        (("dr",), "degree"),
        (("haji",), "honorific"),
        (("bin",), "patronymic"),
        (("abu",), "kunya"),
        (("al",), "article"),
        (("von",), "particle"),
        (("iii",), "suffix"),
        (("also", "known", "as"), "alias"),
    ],
)
def test_known_words(words: tuple[str, ...], kind: str) -> None:
    assert particles()[words] == kind


@pytest.mark.parametrize("word", ["said", "amir", "mir", "kim", "ma", "su", "an"])
def test_words_that_are_names_are_none(word: str) -> None:
    assert (word,) not in particles()
