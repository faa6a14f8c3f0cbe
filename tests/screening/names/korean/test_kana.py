"""Kana in Latin letters, as the tables of Korean spellings expect them."""

import pytest

from stanch.screening.names.fold import fold
from stanch.screening.names.korean.kana import is_kana, spelled


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("キム・ジョンウン", "kimu jonun"), ("きむ", "kimu"), ("リョンヘ", "ryonhe"),
        ("クァク", "kwaku"), ("ファ", "fa"), ("チェ", "che"), ("ウォン", "won"), ("ティ", "ti"),
        ("ヒョン", "hyon"), ("ジュ", "ju"), ("シュ", "shu"), ("チャ", "cha"), ("ヴァ", "va"),
        ("ツァ", "tsa"), ("カー", "ka"), ("ハッキョ", "hakyo"), ("ｷﾑ", "kimu"), ("ガ", "ga"),
        ("ｶﾞ", "ga"), ("ん", "n"), ("kim 39", "kim 39"), ("", ""),
    ],
)  # fmt: skip
def test_spelled(kana, latin):
    assert spelled(kana) == latin


def test_every_sign_is_known():
    """All Hiragana and Katakana but those that no modern word has."""
    old = set("ヽヾゝゞゟヿヷヸヹヺヵヶゕゖ・゛゜")
    signs = [chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))]
    for sign in signs:
        assert is_kana(sign)
        if sign not in old:
            assert all("a" <= letter <= "z" for letter in spelled(sign)), sign


def test_folding_leaves_kana_as_it_is_spelled():
    assert [spelled(word) for word in fold("ｷﾑ ジョンウン").words] == ["kimu", "jonun"]
