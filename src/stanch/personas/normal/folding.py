"""Text in the one form in which it is compared: NFKC, lower case, one space between words."""

import re
import unicodedata

_NO_WORD = re.compile(r"[^\w]+")


def folded(text: str) -> str:
    """Words and numbers, without marks between them.

    >>> folded("076 Crystal Flat,  Suite #279")
    '076 crystal flat suite 279'
    """
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
