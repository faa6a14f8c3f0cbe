"""Numbers by which a country taxes: TIN, INN, VAT, R.F.C., EIN; the OECD lists them by country.

Source of the forms: OECD, Tax identification numbers (CRS implementation). Gaps carry nothing.
Check digits are not looked at, for the reason that national_id gives.
"""

import re

from stanch.screening.identifiers import text

_TITLE = text.titled(
    r"(?:tax(?:payer)?(?:'?s)?)(?:\s+(?:identification|registration))?(?:\s+id)?",
    r"(?:italian\s+)?fiscal\s+code",
    r"v\.?a\.?t\.?(?:\s+reg(?:istration)?)?",
    r"t\.?i\.?n\.?",
    r"inn|инн",
    r"r\.?f\.?c\.?",
    r"c\.?u\.?i\.?t\.?",
    r"(?:us\s+)?(?:fein|ein|ssn)",
    "사업자등록번호",
)
_SHAPE = re.compile(r"[A-Z0-9]{5,20}")


def normalize(value: str) -> str:
    """Letters in upper case and digits alone; empty where it can be no such number.

    >>> normalize("Tax ID No. 52-1943868"), normalize("C.U.I.T. 30-68074603-2")
    ('521943868', '30680746032')
    """
    return text.number(value, _TITLE)


def is_valid(value: str) -> bool:
    """Whether it has a length that some country's number has."""
    return bool(_SHAPE.fullmatch(normalize(value)))
