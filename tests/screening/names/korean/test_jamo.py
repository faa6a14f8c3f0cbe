"""Every Hangul syllable has its parts, and the parts make the syllable."""

import unicodedata

import pytest

from stanch.screening.names.korean import jamo

ALL = [chr(code) for code in range(0xAC00, 0xD7A4)]


def test_all_syllables_are_their_parts():
    assert len(ALL) == 11_172
    for syllable in ALL:
        assert jamo.is_syllable(syllable)
        assert jamo.join(*jamo.split(syllable)) == syllable


def test_the_parts_are_those_of_unicode():
    for syllable in ALL:
        parts = unicodedata.normalize("NFD", syllable)
        places = ord(parts[0]) - 0x1100, ord(parts[1]) - 0x1161
        final = ord(parts[2]) - 0x11A7 if len(parts) == 3 else 0
        assert jamo.split(syllable) == (
            jamo.INITIALS[places[0]], jamo.VOWELS[places[1]], jamo.FINALS[final]
        )  # fmt: skip


def test_a_final_is_heard_as_one_of_eight():
    for syllable in ALL:
        heard = jamo.sounding(syllable)
        assert jamo.split(heard)[2] in " ㄱㄴㄹㅁㅂㅅㅇ"
        assert jamo.sounding(heard) == heard
        assert jamo.split(heard)[:2] == jamo.split(syllable)[:2]


@pytest.mark.parametrize(("one", "two"), [("값", "갑"), ("밖", "박"), ("닭", "닥"), ("좋", "조")])
def test_heard_as(one, two):
    assert jamo.sounding(one) == two


@pytest.mark.parametrize(
    ("syllable", "others"),
    [("이", "리니"), ("리", "이"), ("노", "로"), ("로", "노"), ("녀", "여"), ("여", "려녀"),
     ("김", ""), ("오", "")],
)  # fmt: skip
def test_the_initial_sound_law(syllable, others):
    assert set(jamo.head_variants(syllable)) == set(others)


@pytest.mark.parametrize("char", ["ㄱ", "a", "金", "キ", "\uabff", "\ud7a4"])
def test_what_is_no_syllable(char):
    assert not jamo.is_syllable(char)
