"""Words of Hangul in Latin letters."""

import pytest

from stanch.screening.names.korean.romanise import romanised


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("합장강", "hapjanggang"), ("구룡강", "kuryonggang"), ("조선", "joson"), ("무역", "muyok"),
        ("평양", "phyongyang"), ("은행", "unhaeng"), ("회사", "hoesa"), ("설악산", "soraksan"),
        ("값", "kap"), ("백호", "paekho"), ("", ""), ("삼성a", "samsonga"), ("a1", "a1"),
        ("강a강", "kangakang"),
    ],
)  # fmt: skip
def test_romanised(hangul, latin):
    assert romanised(hangul) == latin


def test_every_syllable_has_letters():
    for code in range(0xAC00, 0xD7A4):
        latin = romanised(chr(code))
        assert latin.isascii()
        assert latin.isalpha()
