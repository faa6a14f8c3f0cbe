"""Numbers of identity cards and of citizens: each country has a standard of its own.

Letters and digits in groups that each country separates in its own way: `660000 73767` in
Belgium, `2.194.575` in Paraguay. No check digit is looked at: lists print numbers that fail
theirs, and those must be found too.
"""

import re

from stanch.screening.identifiers import text

_TITLE = text.titled(
    r"(?:(?:national|personal|state)\s+)*(?:foreign\s+)?(?:identification|identity|id)(?:\s+card)?",
    r"c[eé]dula(?:\s+de\s+ciudadan[ií]a)?",
    r"d\.?n\.?i\.?",
    r"c\.?u\.?r\.?p\.?",
    r"residen(?:cy|t)(?:\s+registration)?",
    "주민등록번호",
    "身份证(?:号码?)?",
)
_SHAPE = re.compile(r"[A-Z0-9]{4,24}")


def normalize(value: str) -> str:
    """Letters in upper case and digits alone; empty where it can be no such number.

    >>> normalize("National ID No. 660000 73767"), normalize("Cedula No. 2.194.575")
    ('66000073767', '2194575')
    """
    return text.number(value, _TITLE)


def is_valid(value: str) -> bool:
    """Whether it has a length that some country's number has."""
    return bool(_SHAPE.fullmatch(normalize(value)))
