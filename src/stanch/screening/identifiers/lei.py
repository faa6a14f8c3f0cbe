"""Legal Entity Identifiers: ISO 17442, checked by ISO 7064 MOD 97-10.

Eighteen letters and digits and two check digits; with A as 10 and Z as 35 the whole, read as one
number, leaves 1 when divided by 97.
"""

import re

from stanch.screening.identifiers import text

_TITLE = re.compile(r"^(?:lei|legal\s+entity\s+(?:identifier|number))(?:\s+code)?[\s:.#=-]+", re.I)
_SHAPE = re.compile(r"[A-Z0-9]{18}[0-9]{2}")


def normalize(value: str) -> str:
    """Twenty characters; empty where there are not. The check digits may be wrong.

    >>> normalize("LEI: 5493-001K JTIIG C8Y1R12")
    '5493001KJTIIGC8Y1R12'
    """
    code = text.compact(_TITLE.sub("", text.plain(value), count=1))
    return code if _SHAPE.fullmatch(code) else ""


def is_valid(value: str) -> bool:
    """Whether the check digits fit.

    >>> is_valid("5493001KJTIIGC8Y1R12"), is_valid("5493001KJTIIGC8Y1R13")
    (True, False)
    """
    code = normalize(value)
    return bool(code) and int("".join(str(int(char, 36)) for char in code)) % 97 == 1
