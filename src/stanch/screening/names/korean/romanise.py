"""Hangul in Latin letters, for words that are no personal name: what an organisation is called.

After the rules of the DPRK (1992; UNGEGN report of 2006), whose habits lists follow, with voiced
consonants inside a word as McCune-Reischauer has them: 합장강 Hapjanggang, 구룡강 Kuryonggang.
"""

from typing import Final

from stanch.screening.names.korean import jamo

_INITIAL_LETTERS: Final = (
    "k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "_", "j", "jj", "ch", "kh", "th",
    "ph", "h",
)  # fmt: skip
_VOWEL_LETTERS: Final = (
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "u", "ui", "i",
)  # fmt: skip
_INITIALS: Final = dict(zip(jamo.INITIALS, _INITIAL_LETTERS, strict=True))
_VOWELS: Final = dict(
    zip(
        jamo.VOWELS,
        _VOWEL_LETTERS,
        strict=True,
    )
)
_FINALS: Final = {
    " ": "",
    "ㄱ": "k",
    "ㄴ": "n",
    "ㄹ": "l",
    "ㅁ": "m",
    "ㅂ": "p",
    "ㅅ": "t",
    "ㅇ": "ng",
}
_VOICED: Final = {"k": "g", "t": "d", "p": "b"}
_VOICING: Final = " ㄴㄹㅁㅇ"


def romanised(word: str) -> str:
    """A word of Hangul syllables in Latin letters; what else stands in it stays as it is."""
    out, before = "", ""
    for syllable in word:
        if not jamo.is_syllable(syllable):  # 삼성a
            out, before = out + syllable, ""
            continue
        initial, vowel, final = jamo.split(jamo.sounding(syllable))
        head = _INITIALS[initial].replace("_", "")
        if before and before in _VOICING:
            head = _VOICED.get(head, head)
        if initial == "ㅇ" and before == "ㄹ":
            out = out[:-1] + "r"
        out += head + _VOWELS[vowel] + _FINALS[final]
        before = final
    return out
