"""What no text of a request may hold, and how deep its JSON may go: looked at before any parser.

NUL and half a surrogate pair are refused: databases and encoders stumble over them in ways of their
own. So is nesting beyond what any document here has, which costs parsers their stack.
"""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

MAX_DEPTH: Final = 32
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|$)', re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))


def fault_in_json(body: bytes) -> str | None:
    """What is wrong with a body of JSON before it is parsed; None where nothing is."""
    return _fault_in_text(body) or _fault_in_escapes(body) or _fault_in_depth(body)


def fault_in_url(raw: bytes) -> str | None:
    """What is wrong with a path or a query, percent-encoded; None where nothing is."""
    return _fault_in_text(unquote_to_bytes(raw.replace(b"+", b" ")))


def _fault_in_text(text: bytes) -> str | None:
    if b"\0" in text:
        return "holds a NUL"
    try:
        text.decode()
    except UnicodeDecodeError:
        return "is not UTF-8"
    return None


def _fault_in_escapes(body: bytes) -> str | None:
    """Escapes are read as a parser would: two backslashes are one, and no escape begins there."""
    if b"\\u" not in body:
        return None
    high = -1  # where the low half of a pair must begin
    for escape in _ESCAPE.finditer(body):
        code = int(escape[1], 16) if escape[1] else -1
        low = 0xDC00 <= code < 0xE000
        if code == 0:
            return "holds a NUL"
        if low != (high == escape.start()) or (high >= 0 and not low):
            return "holds half a surrogate pair"
        high = escape.end() if 0xD800 <= code < 0xDC00 else -1
    return "holds half a surrogate pair" if high >= 0 else None


def _fault_in_depth(body: bytes) -> str | None:
    depth = 0
    for bracket in _STRING.sub(b"", body).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            return f"is nested more than {MAX_DEPTH} deep"
    return None
