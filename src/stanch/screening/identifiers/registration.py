"""Numbers of companies in the register of a country or of one of its courts.

No standard covers them all; ISO 5009 and the list of registers of GLEIF name who gives them.
Short ones are common (`53175` in Turkey), so the country counts as much as the number.
"""

import re

from stanch.screening.identifiers import text

_TITLE = text.titled(
    r"(?:(?:commercial|business|company|public|trade|central|uk|registered)\s+)*"
    r"(?:registration|registry|regist(?:er|ration)\s+system|company|business|enterprise|"
    r"licen[cs]e|charity|registered)(?:\s+document)?(?:\s+identification)?(?:\s+id)?",
    r"c\.?r\.?",
    r"matricula\s+mercantil",
    r"folio\s+mercantil",
    r"ogrn|огрн",
    r"d-?u-?n-?s",
)
_SHAPE = re.compile(r"[A-Z0-9]{3,24}")


def normalize(value: str) -> str:
    """Letters in upper case and digits alone; empty where it can be no such number.

    >>> normalize("Registration Number 1037739013388 (Russia) issued 1946"), normalize("HRB 1234")
    ('1037739013388', 'HRB1234')
    """
    return text.number(value, _TITLE)


def is_valid(value: str) -> bool:
    """Whether it has a length that some register gives."""
    return bool(_SHAPE.fullmatch(normalize(value)))
