"""Telephone numbers: ITU-T E.164, at most fifteen digits with the country's code first.

`+`, `00` and gaps carry nothing, nor does a zero in brackets. A number without its country's code
is kept as it is and matches only the same digits.
"""

import re

from stanch.screening.identifiers import text

_TITLE = re.compile(
    r"^(?:alt\.\s*)?(?:(?:tele|cell|mobile\s+)?phone|tel|mobile|fax|cell)"
    r"(?:\s*(?:number|no\.?|#))?\s*[:.=-]?\s*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\s*(?:;?\s*ext(?:ension)?\.?|x)\s*=?\s*\d{1,6}$", re.IGNORECASE)
_SHAPE = re.compile(r"\d{7,15}")


def normalize(value: str) -> str:
    """Digits alone; empty where they are fewer than seven, more than fifteen, or not digits only.

    >>> normalize("tel:+98 (21) 8852-6300"), normalize("0049 (0)30 1234567")
    ('982188526300', '49301234567')
    """
    bare = _EXTENSION.sub("", _TITLE.sub("", text.plain(value), count=1))
    digits = text.compact(bare.replace("(0)", "").replace("+", ""))
    digits = digits.removeprefix("00")
    return digits if digits.isascii() and _SHAPE.fullmatch(digits) else ""


def is_valid(value: str) -> bool:
    """Whether it has the length of a telephone number."""
    return bool(normalize(value))
