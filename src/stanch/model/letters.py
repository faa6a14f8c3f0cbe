"""Letters that nobody sees, or that turn what stands beside them."""

import unicodedata
from typing import Final

# Controls, formats (they turn the direction of a text), lone surrogates, what Unicode gives no
# letter to, and what parts lines.
_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and signs by their category, and blank all the same: the grapheme joiner, fillers of
# Hangul, vowels of Khmer that are never written, the empty pattern of Braille.
_LATIN: Final = 0x24F  # the last of its letters with marks of Europe
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


# Seen by nobody, and needed: Persian, Indic scripts and emoji are written with them.
JOINERS: Final = "\u200c\u200d"


def joins(text: str, place: int) -> bool:
    """Whether at a place of a text stands a joiner between two letters that it shapes. Latin
    letters, blanks and digits it does not: there it would only tell two texts apart that look
    alike.

    >>> joins("می\u200cخواهم", 2), joins("a\u200cb", 1)
    (True, False)
    """
    if text[place] not in JOINERS or not 0 < place < len(text) - 1:
        return False
    beside = text[place - 1], text[place + 1]
    return all(ord(each) > _LATIN and unicodedata.category(each)[0] in "LMS" for each in beside)


def hidden(letter: str) -> bool:
    """Whether a reader does not see the letter, or not where it stands.

    >>> hidden("\\u202e"), hidden("\\u3164"), hidden("가")
    (True, True, False)
    """
    return letter in _BLANK or unicodedata.category(letter) in _CATEGORIES
