"""Business identifier codes of banks, "SWIFT codes": ISO 9362.

Four letters or digits of the bank, two letters of the country, two of the place, and three of
the branch, which `XXX` or nothing says is the head office. A listed bank covers its branches; a
listed branch does not cover the bank.
"""

import re

from stanch.screening.identifiers import text

_TITLE = re.compile(
    r"^(?:alt\.\s*)?(?:swift|bic)(?:\s*/\s*bic)?(?:\s+code)?(?:\s+no\.?)?[\s:.#=-]+", re.IGNORECASE
)
_SHAPE = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def normalize(value: str) -> str:
    """Eight or eleven characters, the head office without `XXX`; empty where it is no such code.

    >>> normalize("SWIFT/BIC kdbk kp py"), normalize("KDBKKPPYXXX")
    ('KDBKKPPY', 'KDBKKPPY')
    """
    code = text.compact(_TITLE.sub("", text.plain(value), count=1))
    return code.removesuffix("XXX") if _SHAPE.fullmatch(code) else ""


def wider(normal: str) -> tuple[str, ...]:
    """The bank of a branch.

    >>> wider("KDBKKPPYABC")
    ('KDBKKPPY',)
    """
    return (normal[:8],) if len(normal) > 8 else ()


def is_valid(value: str) -> bool:
    """Whether it has the form of such a code."""
    return bool(normalize(value))
