"""The records in a JSON file, one at a time, however large the file.

A record is an object with a `hash` or `transactionHash`, alone or in a list; an answer is an
object whose `result` is a list of records. Answers and records may follow one another.
Numbers are kept as the text they were, because money is never a float.
"""

import codecs
import json
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder
from pathlib import Path
from typing import Any, Final

from stanch.errors import InputError
from stanch.sources.reading import CHUNK, DAMAGE, Broken, damage_reason, open_bytes

_DECODER: Final = JSONDecoder(parse_float=str, parse_int=str)
RECORD: Final = frozenset({"hash", "transactionHash"})

_SPACE: Final = " \t\r\n\ufeff"
_LOST: Final = "the JSON is broken here; what follows is lost"


class _Torn(Exception):
    """The text ends, or is no JSON, where a value should be."""


def json_rows(path: Path) -> Iterator[dict[str, str] | Broken]:
    """Every record as text by name. What cannot be read is a `Broken`, counted in records.

    Raises InputError where the file is but a message, such as that a limit was reached.
    """
    text = _Text(path)
    count = 0
    try:
        for value in _records(text, path.name):
            count += 1
            yield _as_text(value, count)
    except _Torn:
        yield Broken(count + 1, damage_reason(text.damage) if text.damage else _LOST)
        return
    if text.damage:
        yield Broken(count + 1, damage_reason(text.damage))


def _as_text(value: Any, row: int) -> dict[str, str] | Broken:
    if not isinstance(value, dict):
        return Broken(row, "is not a JSON object")
    record = {
        name: "" if each is None else each if isinstance(each, str) else json.dumps(each)
        for name, each in value.items()
    }
    if any("\udc80" <= char <= "\udcff" for each in record.values() for char in each):
        return Broken(row, "is not UTF-8 text")
    return record


def _records(text: "_Text", file: str) -> Iterator[Any]:
    """The records of each value at the top of the file."""
    while char := text.peek():
        if char == "[":
            yield from _elements(text)
        elif char == "{":
            yield from _members(text, file)
        else:
            raise _Torn


def _elements(text: "_Text") -> Iterator[Any]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        yield text.value()
        if text.peek() == "]":
            text.take("]")
            return
        text.take(",")


def _members(text: "_Text", file: str) -> Iterator[Any]:
    """The elements of `result` in an answer, or the object itself where it is a record."""
    members: dict[str, Any] = {}
    answer = False
    text.take("{")
    while text.peek() != "}":
        name = str(text.value())
        text.take(":")
        if name == "result" and text.peek() == "[":
            answer = True
            yield from _elements(text)
        else:
            members[name] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if answer:
        return
    if not RECORD.intersection(members):
        said = members.get("result") or members.get("error") or members.get("message")
        raise InputError(file, f"holds no transfers but the message: {said}")
    yield members


class _Text:
    """The file's text, read as far as it is needed. `damage` says how its gzip stream broke."""

    def __init__(self, path: Path) -> None:
        self.bytes = open_bytes(path)
        self.decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.buffer = ""
        self.at = 0
        self.ended = False
        self.damage: Exception | None = None

    def peek(self) -> str:
        """The next character that is not space, or nothing at the end."""
        while True:
            while self.at < len(self.buffer) and self.buffer[self.at] in _SPACE:
                self.at += 1
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self._more(CHUNK):
                return ""

    def take(self, char: str) -> None:
        """Step over a character that has to come now."""
        if self.peek() != char:
            raise _Torn
        self.at += 1

    def value(self) -> Any:
        """The next JSON value. A value that ends where the text so far ends may yet go on."""
        if not self.peek():
            raise _Torn
        step = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self.buffer, self.at)
                if end < len(self.buffer) or not self._more(step):
                    self.at = end
                    return value
            except (JSONDecodeError, RecursionError):
                if not self._more(step):
                    raise _Torn from None
            step *= 2

    def _more(self, size: int) -> bool:
        """Read on, letting go of what was used. False at the end."""
        if self.ended:
            return False
        data = b""
        try:
            data = self.bytes.read1(size)
        except DAMAGE as error:
            self.damage = error
        self.ended = not data
        if self.ended:
            self.bytes.close()
        fresh = self.decoder.decode(data, final=self.ended)
        self.buffer, self.at = self.buffer[self.at :] + fresh, 0
        return bool(fresh) or not self.ended
