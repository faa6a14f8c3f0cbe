"""Lists inside one cell: "(a) 1955, (b) circa 1952", "a) German; b) Moroccan", "(1) X (2) Y"."""

import re
from typing import Final

LONGEST: Final = 20_000  # characters; in longer cells nobody looks for a list

_MARK = re.compile(r"(?:^|[\s,;.、])[(（]?(?:[a-z]|i{2,3}|iv|vi{0,3}|[1-9]\d?)[)）]\s*")
_ENDS: Final = " \t\r\n,;、"


def enumerated(text: str) -> list[str]:
    """The members of an enumeration, or the text alone where it is none."""
    if (")" not in text and "）" not in text) or len(text) > LONGEST:
        return [text.strip()]
    parts = [part.strip(_ENDS) for part in _MARK.split(text)]
    return [part for part in parts if part] or [text.strip()]
