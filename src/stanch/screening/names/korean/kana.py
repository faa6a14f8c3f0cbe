"""Katakana and Hiragana spelled in Latin letters, sign by sign, as `spellings.tsv` expects them.

After Hepburn, with the foreign combinations that Korean names need (クァ kwa, ファ fa, ウォ wo,
チェ che). Long marks are dropped, ッ doubles nothing: neither tells two Korean names apart.
"""

import unicodedata
from typing import Final

_ROWS: Final = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ_スセソ", "z": "ザ_ズゼゾ",
    "t": "タ__テト", "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒ_ヘホ", "b": "バビブベボ",
    "p": "パピプペポ", "m": "マミムメモ", "r": "ラリルレロ", "w": "ワヰ_ヱヲ",
}  # fmt: skip
_SINGLE: Final = {
    "シ": "shi", "ジ": "ji", "チ": "chi", "ツ": "tsu", "フ": "fu", "ン": "n", "ヤ": "ya",
    "ユ": "yu", "ヨ": "yo", "ヴ": "vu", "ッ": "", "ー": "", "・": " ",
}  # fmt: skip
_SMALL_SPELLED: Final = ("a", "i", "u", "e", "o", "ya", "yu", "yo", "wa")
_SMALL: Final = dict(zip("ァィゥェォャュョヮ", _SMALL_SPELLED, strict=True))
_SIGNS: Final = _SINGLE | {
    sign: head + vowel
    for head, row in _ROWS.items()
    for sign, vowel in zip(row, "aiueo", strict=True)
    if sign != "_"
}


def is_kana(char: str) -> bool:
    """Whether `char` is a sign of Hiragana or Katakana, or their long mark."""
    return "\u3041" <= char <= "\u30fc"


def spelled(text: str) -> str:
    """`text` in Latin letters; what is no kana stays as it is."""
    out = ""
    for char in unicodedata.normalize("NFKC", text):
        sign = chr(ord(char) + 0x60) if "\u3041" <= char <= "\u3096" else char
        if small := _SMALL.get(sign):
            out = _joined(out, small)
        else:
            out += _SIGNS.get(sign, sign)
    return out


def _joined(before: str, small: str) -> str:
    """A small sign takes the place of the vowel before it: キョ is kyo, クァ is kwa."""
    head, vowel = before[:-1], before[-1:]
    if head.endswith(("sh", "ch", "j")) and small[0] == "y":
        return head + small[1:]
    if small[0] == "y":
        return head + small
    if vowel == "u" and not head.endswith(("f", "v", "ts")):
        return head + "w" + small
    return head + small
