"""Which words are Mandarin in pinyin."""

import pytest

from stanch.screening.names.han.pinyin import is_pinyin, syllables


@pytest.mark.parametrize("word", ["wang", "xi", "xiaoming", "jinping", "zhuang", "zhongguo", "an"])
def test_pinyin(word):
    assert is_pinyin(word)


@pytest.mark.parametrize(
    "word", ["", "petrov", "cheol", "hyok", "smith", "n", "r", "yamada", "kim", "wangg"]
)
def test_none(word):
    assert not is_pinyin(word)


def test_all_syllables_are_read_by_some_character():
    assert 400 < len(syllables()) < 420
    assert {"a", "er", "lü", "nü"} & syllables() == {"a", "er"}
    assert all(word.isascii() and word.islower() for word in syllables())
    assert all(map(is_pinyin, syllables()))
