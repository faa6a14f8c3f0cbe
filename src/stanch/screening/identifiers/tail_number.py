"""Registration marks of aircraft: ICAO Annex 7.

Letters and digits; the first ones belong to a country (P to North Korea, EP to Iran). A mark is
given again when an aircraft is sold abroad.
"""

import re

from stanch.screening.identifiers import text

_TITLE = re.compile(
    r"^(?:aircraft\s+)?(?:tail|registration)(?:\s*(?:number|no\.?|mark))?\b[\s:.#=-]*",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"(?=.*[A-Z])[A-Z0-9]{3,8}")


def normalize(value: str) -> str:
    """Letters in upper case and digits alone; empty where it can be no such mark.

    >>> normalize("Aircraft Tail Number EP-MNA"), normalize("p 532")
    ('EPMNA', 'P532')
    """
    mark = text.compact(_TITLE.sub("", text.plain(value), count=1))
    return mark if _SHAPE.fullmatch(mark) else ""


def is_valid(value: str) -> bool:
    """Whether it has the form of a registration mark."""
    return bool(normalize(value))
