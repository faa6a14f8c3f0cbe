"""Amounts as exact decimal texts, and as the numbers that some dialects ask for."""

import re
from decimal import Decimal
from typing import Any, Final

_EXACT: Final = re.compile(r"(?:0|[1-9][0-9]{0,59})(?:\.[0-9]{1,60})?", re.ASCII)


def is_exact(text: str) -> bool:
    """Whether it is a decimal text, neither negative nor with an exponent."""
    return _EXACT.fullmatch(text) is not None


def number(text: str) -> float | None:
    """The amount as a JSON number, where reading it gives the same text back; else None.

    >>> number("0.84"), number("1234567.000000000000000001")
    (0.84, None)
    """
    if not is_exact(text):
        return None
    found = float(text)
    return found if exact(found) == text else None


def exact(value: Any) -> str:
    """A JSON number as the shortest decimal text that means it; a text as it stands; else empty.

    >>> exact(7.28e-06), exact(3.0), exact("0.10")
    ('0.00000728', '3', '0.10')
    """
    if isinstance(value, str):
        return value if is_exact(value) else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    try:
        text = f"{Decimal(repr(value)):f}"
    except ArithmeticError:
        return ""
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if is_exact(text) else ""
