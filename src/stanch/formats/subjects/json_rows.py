"""Parties in JSON lines: an object a line, its keys named as `columns` says.

A value is text, a number, or a list of them. `identifiers` may also be a list of objects with
`kind`, `value` and `issuer`, or an object from kind to value. An entity of FollowTheMoney, with its
`properties`, is read the same way.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from stanch.formats.subjects import columns
from stanch.formats.subjects.lines import lines
from stanch.formats.subjects.record import Reader, RefusedSubject
from stanch.model.hits import Subject


def parse(stream: BinaryIO, reader: Reader) -> Iterator[Subject | RefusedSubject]:
    """Subjects of a file, line by line.

    Raises ValueError with a short reason where the first line holds no object.
    """
    for number, text, reason in lines(stream):
        if text is None:
            yield reader.refused(number, reason)
        elif text.strip():
            yield _row(number, text, reader)


def _row(number: int, text: str, reader: Reader) -> Subject | RefusedSubject:
    try:
        said = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return reader.refused(number, f"is no JSON: {error.msg}")
    if not isinstance(said, dict):
        return reader.refused(number, "is JSON but no object")
    properties = said.pop("properties", None)
    if isinstance(properties, dict):
        said = properties | said
    try:
        cells = [(title, _texts(title, value)) for title, value in said.items()]
    except ValueError as error:
        return reader.refused(number, str(error))
    return reader.subject(number, cells)


def _texts(title: str, value: Any) -> tuple[str, ...]:
    if columns.meaning(title) == columns.IDENTIFIERS:
        return tuple(_identifiers(value))
    values = value if isinstance(value, list) else [value]
    if any(isinstance(each, dict | list) for each in values):
        if columns.meaning(title):
            raise ValueError(f"{title[:40]} is not plain text")
        return ("(nested)",)
    return tuple(_text(each) for each in values)


def _text(value: Any) -> str:
    """A plain value as text; numbers that a table made of whole ones lose their `.0`."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _identifiers(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and "value" not in value:
        value = [{"kind": kind, "value": each} for kind, each in value.items()]
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            yield _text(each)
            continue
        parts = {
            key: _text(part) for key, part in each.items() if not isinstance(part, list | dict)
        }
        kind, issuer = parts.get("kind", parts.get("type", "")), parts.get("issuer", "")
        if ";" in parts.get("value", ""):
            raise ValueError("an identifier holds a semicolon")
        yield f"{kind}{'/' * bool(issuer)}{issuer}={parts.get('value', '')}"
