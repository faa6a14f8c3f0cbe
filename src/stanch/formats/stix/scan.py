"""Where each object of a bundle stands in its text, without believing any of it.

An object that is no JSON, or nested too deep, is stepped over by its brackets, so that what stands
behind it is still read. Strings and brackets are found by one linear pass; no recursion follows
the nesting of what was sent.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

MAX_DEPTH: Final = 64
_SPACE: Final = re.compile(r"[ \t\n\r]*")
# Possessive, and a text that never ends reaches to the end: each sign is looked at once.
_TOKEN: Final = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[][{}]', re.DOTALL)
MAX_BROKEN: Final = 100  # each costs a count of lines, so that many would cost hours


@dataclass(frozen=True, slots=True)
class Piece:
    """One element of `objects`: its text, and its value or why it has none."""

    raw: str
    value: Any = None
    reason: str = ""


@dataclass(slots=True)
class Scanned:
    """A bundle's own properties and the pieces of its `objects`; `broken` says why it ended."""

    properties: dict[str, Any] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    broken: str = ""


def scan(text: str) -> Scanned:
    """The pieces of a bundle or of an envelope. Raises ValueError where it is no JSON object."""
    cursor = _Cursor(text)
    cursor.expect("{", "is no JSON object")
    found = Scanned()
    try:
        _members(cursor, found)
    except ValueError as error:
        if not found.pieces:
            raise
        found.broken = str(error)
    return found


def depth_of(raw: str) -> int:
    """How deep brackets lie in a text of JSON."""
    deepest = level = 0
    for token in _TOKEN.finditer(raw):
        mark = token[0]
        if mark in ("{", "["):
            level += 1
            deepest = max(deepest, level)
        elif mark in ("}", "]"):
            level -= 1
    return deepest


class _Cursor:
    """A place in a text of JSON."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def take(self, mark: str) -> bool:
        if self.peek() != mark:
            return False
        self.at += 1
        return True

    def expect(self, mark: str, reason: str = "") -> None:
        if not self.take(mark):
            raise ValueError(reason or f"is no JSON: {mark!r} is missing at character {self.at:,}")

    def value(self) -> Any:
        self.peek()
        found, self.at = _decoded(self.text, self.at)
        return found

    def piece(self) -> Piece:
        """The next value, or what stands there up to where its brackets close."""
        self.peek()
        start = self.at
        try:
            value, self.at = _decoded(self.text, start)
        except ValueError as error:
            self.at = _end_of(self.text, start)
            return Piece(self.text[start : self.at], reason=str(error))
        raw = self.text[start : self.at]
        if raw.count("{") + raw.count("[") > MAX_DEPTH and depth_of(raw) > MAX_DEPTH:
            return Piece(raw, reason=_DEEP)
        if "\\u" in raw and not _is_text(value):
            return Piece(raw, reason="holds half a surrogate pair, which is no character")
        return Piece(raw, value)


def _members(cursor: _Cursor, found: Scanned) -> None:
    seen: set[str] = set()
    while not cursor.take("}"):
        if seen:
            cursor.expect(",")
        key = cursor.value()
        if not isinstance(key, str) or key in seen:
            raise ValueError("is no JSON: a key is no text or stands twice")
        seen.add(key)
        cursor.expect(":")
        if key == "objects" and cursor.take("["):
            _elements(cursor, found.pieces)
        else:
            found.properties[key] = cursor.value()
    if cursor.peek():
        raise ValueError("is no JSON: something stands behind its end")


def _elements(cursor: _Cursor, pieces: list[Piece]) -> None:
    broken = 0
    while not cursor.take("]"):
        if pieces:
            cursor.expect(",")
        pieces.append(cursor.piece())
        broken += bool(pieces[-1].reason)
        if broken > MAX_BROKEN:
            raise ValueError(f"more than {MAX_BROKEN} of its objects cannot be read")


_DEEP: Final = f"is nested more than {MAX_DEPTH} levels deep"


def _decoded(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except RecursionError:
        raise ValueError(_DEEP) from None
    except json.JSONDecodeError as error:
        raise ValueError(f"is no JSON: {error.msg} at character {error.pos:,}") from None


def _end_of(text: str, start: int) -> int:
    """Where the brackets that open at a place close. Raises ValueError where they never do."""
    level = 0
    for token in _TOKEN.finditer(text, start):
        mark = token[0]
        level += (mark in ("{", "[")) - (mark in ("}", "]"))
        if level == 0 and token.start() == start and mark not in ("{", "["):
            break
        if level <= 0:
            return token.end()
    raise ValueError(f"is no JSON: what begins at character {start:,} never ends")


def _is_text(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("names a key twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"holds {text}, which is no number of JSON")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
