"""Letters that nobody sees, or that turn what stands beside them."""

import unicodedata
from typing import Final

# Controls, formats (they turn the direction of a text), lone surrogates, what Unicode gives no
# letter to, and what parts lines.
_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and signs by their category, and blank all the same: the grapheme joiner, fillers of
# Hangul, vowels of Khmer that are never written, the empty pattern of Braille.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def hidden(letter: str) -> bool:
    """Whether a reader does not see the letter, or not where it stands.

    >>> hidden("\\u202e"), hidden("\\u3164"), hidden("가")
    (True, True, False)
    """
    return letter in _BLANK or unicodedata.category(letter) in _CATEGORIES
