"""Maritime Mobile Service Identities: Recommendation ITU-R M.585.

Nine digits. A ship's begin with the three of the country that gave them (201 to 775), and change
when the ship changes its flag.
"""

from stanch.screening.identifiers import text

_TITLE = text.titled(r"mmsi", r"maritime\s+mobile\s+service\s+identity")


def normalize(value: str) -> str:
    """Nine digits; empty where there are not exactly nine.

    >>> normalize("MMSI: 445 123 000")
    '445123000'
    """
    digits = text.number(value, _TITLE)
    return digits if len(digits) == 9 and digits.isdigit() else ""


def is_valid(value: str) -> bool:
    """Whether a ship may have it.

    >>> is_valid("445123000"), is_valid("945123000")
    (True, False)
    """
    digits = normalize(value)
    return bool(digits) and 201 <= int(digits[:3]) <= 775
