"""A Hangul syllable and its parts: initial consonant, vowel, final consonant.

Unicode Standard 15.0, section 3.12: a syllable is 0xAC00 + (initial * 21 + vowel) * 28 + final.
"""

from typing import Final

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
IOTIZED: Final = "ㅑㅒㅕㅖㅛㅠㅣ"  # before these the South drops an initial ㄹ or ㄴ

_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3

# What a final sounds like at the end of a syllable, in the one letter that names are spelled by.
SOUND: Final = {
    "ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄼ": "ㄹ", "ㄽ": "ㄹ",
    "ㄾ": "ㄹ", "ㅀ": "ㄹ", "ㄻ": "ㅁ", "ㄿ": "ㅂ", "ㅄ": "ㅂ", "ㅍ": "ㅂ", "ㄷ": "ㅅ", "ㅆ": "ㅅ",
    "ㅈ": "ㅅ", "ㅊ": "ㅅ", "ㅌ": "ㅅ", "ㅎ": " ",
}  # fmt: skip


def is_syllable(char: str) -> bool:
    """Whether `char` is one whole Hangul syllable."""
    return _FIRST <= ord(char) <= _LAST


def split(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final (a space where there is none) of one syllable."""
    place = ord(syllable) - _FIRST
    return INITIALS[place // 588], VOWELS[place % 588 // 28], FINALS[place % 28]


def join(initial: str, vowel: str, final: str = " ") -> str:
    """The syllable of these parts."""
    place = (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final)
    return chr(_FIRST + place)


def sounding(syllable: str) -> str:
    """The syllable with its final as it is heard, so that 값 and 갑 are one."""
    initial, vowel, final = split(syllable)
    return join(initial, vowel, SOUND.get(final, final))


def head_variants(syllable: str) -> dict[str, float]:
    """How else a name's syllable is written in Hangul, and how often: the initial-sound law.

    The South writes 이, 여, 노 where the North writes 리, 녀, 로 (Hangul Orthography, articles
    10-12; the North keeps the initial).
    """
    initial, vowel, final = split(syllable)
    soft = vowel in IOTIZED
    if initial == "ㅇ" and soft:
        return {join("ㄹ", vowel, final): 0.3, join("ㄴ", vowel, final): 0.05}
    if initial == "ㄹ":
        return {join("ㅇ" if soft else "ㄴ", vowel, final): 0.15}
    if initial == "ㄴ":
        return {join("ㅇ" if soft else "ㄹ", vowel, final): 0.2}
    return {}
