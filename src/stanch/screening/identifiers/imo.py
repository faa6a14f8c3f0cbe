"""IMO numbers of ships and of companies: IMO resolutions A.1117(30) and MSC.160(78).

Seven digits that stay with a hull for life. A ship's last digit is the units of the sum of the
first six times 7, 6, 5, 4, 3, 2. A company's is eleven less the sum of its first six times
8, 6, 4, 2, 9, 7, modulo eleven, of which again the units count.
"""

from stanch.screening.identifiers import text

_TITLE = text.titled(
    r"(?:vessel\s+registration\s+identification\s+|identification\s+number\s+|company\s+number\s+|"
    r"vessel\s+)?imo(?:\s+(?:ship|company))?"
)


def normalize(value: str) -> str:
    """Seven digits; empty where there are not exactly seven. The check digit may be wrong.

    >>> normalize("IMO 9179701"), normalize("imo no: 917-9701"), normalize("917970")
    ('9179701', '9179701', '')
    """
    digits = text.number(value, _TITLE)
    return digits if len(digits) == 7 and digits.isdigit() else ""


def is_valid(value: str) -> bool:
    """Whether the check digit is that of a ship or of a company.

    >>> is_valid("9179701"), is_valid("9179702")
    (True, False)
    """
    digits = normalize(value)
    return bool(digits) and (_ship(digits) or _company(digits))


def _ship(digits: str) -> bool:
    return text.weighted(digits[:6], (7, 6, 5, 4, 3, 2)) % 10 == int(digits[6])


def _company(digits: str) -> bool:
    rest = text.weighted(digits[:6], (8, 6, 4, 2, 9, 7)) % 11
    return (11 - rest) % 10 == int(digits[6])
