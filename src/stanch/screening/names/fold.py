"""A name's text made comparable: what readers cannot see or would not tell apart is gone.

Full-width forms, accents, case, apostrophes and punctuation go; zero-width characters, direction
marks and look-alike letters of another script go too and are reported, since people use them to
hide. Text stays in its own script: crossing scripts is the work of the readings.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from anyascii import anyascii

MOST: Final = 400  # characters of a name that are looked at; the longest listed name has 330
MOST_WORDS: Final = 24

# Greek, Cyrillic, Armenian and Hebrew, Arabic, Indic scripts, Thai, Georgian, Ethiopic, Khmer.
_COMMON_BLOCKS: Final = (3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 18, 23, 30)
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘`´ʻʼʹʺ′\"“”«»"))
# The breve of McCune-Reischauer as lists type it, often with a blank beside it: Cho 'n, Myo' ng.
_BREVE: Final = re.compile(r"(?<=[ou]) ?['’‘] ?(?=(?:ng|[nlkmprt])(?![a-z]))")
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
     "ə": "a"}
)  # fmt: skip
_DOTTED: Final = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?:\.|\b))")
_SELECTOR: Final = re.compile("[\ufe00-\ufe0f]")  # of a variant of the sign before it
_ELL: Final = re.compile(r"(?<![^\W_])l(?=n-|[A-Z])")  # a small l that stands for a capital I
_DIGIT: Final = re.compile(r"(?<=[a-z])[013459](?=[a-z])")  # Ig0r Sech1n
_DIGIT_LOOKS: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "9": "g"}
_PLAIN: Final = re.compile(rf"[A-Za-z -]{{1,{MOST}}}")  # nothing to be done but lower case
_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0900-\u109f\u1780-\u17d3])+|\d+")  # with vowel signs

# Letters of Cyrillic and Greek that look like a Latin one (Unicode TR 39, confusables; lower case).
_LOOKS: Final = dict(
    zip("аеорсухіјѕԁһӏъвнкмтгпαορνικτυχεηβγ", "aeopcyxijsdhlbbhkmtrnaopviktuxenby", strict=True)
)
_CYRILLIC: Final = dict(zip("aeopcyxijs", "аеорсухіјѕ", strict=True))  # and the other way round


@dataclass(frozen=True, slots=True)
class Folded:
    """A name's words in order; `hidden` and `lookalikes` are the characters that were taken out or
    put in another script's place.
    """

    words: tuple[str, ...]
    hidden: str = ""
    lookalikes: str = ""


@lru_cache(1 << 12)
def fold(text: str) -> Folded:
    """The words of `text`, folded, at most MOST_WORDS of them."""
    if _PLAIN.fullmatch(text) and not _ELL.search(text):
        return Folded(tuple(text.lower().replace("-", " ").split()[:MOST_WORDS]))
    text = unicodedata.normalize("NFKC", text[:MOST])
    hidden = ""
    if not text.isprintable() or _SELECTOR.search(text):
        hidden = "".join(char for char in text if _is_hidden(char))
        text = "".join(char for char in text if not _is_hidden(char))
    ells = len(_ELL.findall(text))
    text = _ELL.sub("I", text) if ells else text
    text = _BREVE.sub("", text.replace("&", " and ").casefold()).translate(_APOSTROPHES)
    text = _DOTTED.sub(r"\1", _bare(text).translate(_LETTERS))
    digits = "".join(_DIGIT.findall(text))
    text = _DIGIT.sub(lambda found: _DIGIT_LOOKS[found[0]], text) if digits else text
    words, swapped = [], "l" * ells + digits
    for word in _WORD.findall(text)[:MOST_WORDS]:
        plain, seen = _one_script(word)
        words.append(plain)
        swapped += seen
    return Folded(tuple(words), hidden, swapped)


def script_of(word: str) -> str:
    """latin, hangul, han, kana, cyrillic, digits or other: by the first letter of a folded word."""
    char = word[0]
    if char < "\u0250":
        return "digits" if char.isdigit() else "latin"
    if "\uac00" <= char <= "\ud7a3":
        return "hangul"
    if "\u3041" <= char <= "\u30fc":
        return "kana"
    if "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char >= "\U00020000":
        return "han"
    return "cyrillic" if "\u0400" <= char <= "\u052f" else "other"


@cache
def warmed() -> None:
    """Load the transliterations of the world's common scripts, which takes milliseconds each."""
    for block in _COMMON_BLOCKS:
        anyascii(chr(block << 8 | 0x30))


@lru_cache(1 << 12)
def latin(word: str) -> str:
    """Any folded word in plain Latin letters (Arabic, Greek, Devanagari ... sign by sign)."""
    if word.isascii():
        return word
    return "".join(char for char in anyascii(word).casefold() if char.isalnum())


def _is_hidden(char: str) -> bool:
    """Zero-width, direction and other format characters, controls, and variation selectors."""
    if _SELECTOR.match(char):
        return True
    return unicodedata.category(char) in {"Cf", "Cc"} and char not in "\t\n\r"


def _bare(text: str) -> str:
    """Without accents; the voicing marks of kana and the parts of Hangul are no accents."""
    if text.isascii():
        return text
    return "".join(map(_bare_letter, text))


@lru_cache(1 << 12)
def _bare_letter(char: str) -> str:
    if char < "\u0530" or "\u1e00" <= char < "\u2000":
        parts = unicodedata.normalize("NFD", char)
        return "".join(part for part in parts if not unicodedata.combining(part))
    return "" if unicodedata.category(char) == "Mn" and char < "\u0900" else char


def _one_script(word: str) -> tuple[str, str]:
    """A word of mixed Latin and look-alike letters in the script that most of it is in."""
    if word.isascii() or not any(char in _LOOKS for char in word):
        return word, ""
    letters = [char for char in word if char.isascii()]
    foreign = [char for char in word if not char.isascii()]
    cyrillic = len(letters) < len(foreign) and min(foreign) >= "\u0400"
    if letters and cyrillic and all(char in _CYRILLIC for char in letters):
        return "".join(_CYRILLIC.get(char, char) for char in word), "".join(letters)
    if letters and all(char in _LOOKS for char in foreign):
        return "".join(_LOOKS.get(char, char) for char in word), "".join(foreign)
    return word, ""
