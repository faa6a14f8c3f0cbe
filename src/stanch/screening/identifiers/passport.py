"""Numbers of passports and other travel documents: ICAO Doc 9303, part 4.

A machine-readable passport has up to nine letters and digits; older ones have fewer, and lists
print what was stamped. A check digit stands in the machine-readable zone only, which lists do not
print. Each country has numbers of its own, so two passports of one number may be two people's.
"""

import re

from stanch.screening.identifiers import text

_TITLE = text.titled(
    r"(?:(?:diplomatic|service|official|ordinary|travel|seafarer'?s?|[a-z]{2,20}ese|[a-z]{2,20}an)\s+)?"
    r"(?:passports?|pass|ppt|passeport|pasaporte|reisepass|travel\s+document)",
    "паспорт",
    "여권(?:번호)?",
    "旅券(?:番号)?",
    "护照(?:号码?)?",
    "護照(?:號碼?)?",
)
_SHAPE = re.compile(r"[A-Z0-9]{5,12}")


def normalize(value: str) -> str:
    """Letters in upper case and digits alone; empty where it can be no passport's number.

    >>> normalize("Passport No. 71-0588176"), normalize("여권번호 ５６３４１００８１")
    ('710588176', '563410081')
    """
    return text.number(value, _TITLE)


def is_valid(value: str) -> bool:
    """Whether it has the length of a passport's number."""
    return bool(_SHAPE.fullmatch(normalize(value)))
