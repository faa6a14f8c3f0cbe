"""Call signs of ships and aircraft: Radio Regulations of the ITU, Article 19.

Three to seven letters and digits; the first ones belong to a country (HM to North Korea). A call
sign is given again when a ship leaves its flag, so it is weak evidence by itself.
"""

import re

from stanch.screening.identifiers import text

_TITLE = re.compile(r"^(?:vessel\s+)?(?:radio\s+)?call[\s-]*sign\b[\s:.#=-]*", re.IGNORECASE)
_SHAPE = re.compile(r"(?=.*[A-Z])[A-Z0-9]{3,7}")


def normalize(value: str) -> str:
    """Letters in upper case and digits alone; empty where it can be no call sign.

    >>> normalize("Vessel Call Sign HM-ZF3")
    'HMZF3'
    """
    sign = text.compact(_TITLE.sub("", text.plain(value), count=1))
    return sign if _SHAPE.fullmatch(sign) else ""


def is_valid(value: str) -> bool:
    """Whether it has the form of a call sign."""
    return bool(normalize(value))
