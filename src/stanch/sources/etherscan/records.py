"""Rows of an export file as records by column name, whatever the file's form.

Three forms: CSV with the API's names, CSV as the web pages export it, and the API's JSON
(`{"status": "1", "result": [...]}`, the bare list, or one object a line).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain as joined
from pathlib import Path
from typing import Final

from stanch.errors import InputError
from stanch.sources.etherscan.json_rows import json_rows
from stanch.sources.reading import Broken, Line, open_bytes, open_csv

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One record and its place in the file."""

    row: int
    record: Record


@dataclass(frozen=True, slots=True)
class Records:
    """A file's column names and its rows."""

    columns: frozenset[str]
    rows: Iterator[Row | Broken]


_JSON: Final = (b"{", b"[")


def open_records(path: Path) -> Records:
    """Open a CSV or JSON export. Raises InputError where it is neither."""
    if _starts_as_json(path):
        return _from_json(path)
    opened = open_csv(path)
    names = opened.header

    def rows() -> Iterator[Row | Broken]:
        for each in opened.rows:
            if isinstance(each, Line):
                yield Row(each.row, dict(zip(names, each.fields, strict=True)))
            else:
                yield each

    return Records(frozenset(names), rows())


def _starts_as_json(path: Path) -> bool:
    with open_bytes(path) as file:
        try:
            return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in _JSON
        except (EOFError, OSError):
            return False  # the CSV reader says what is wrong with it


def _from_json(path: Path) -> Records:
    """The columns are those of the first record; the API gives each record all of them."""
    rows = json_rows(path)
    broken: list[Broken] = []
    for each in rows:
        if not isinstance(each, Broken):
            numbered = enumerate(joined(broken, [each], rows), start=1)
            return Records(frozenset(each), (_row(place, one) for place, one in numbered))
        broken.append(each)
    if broken:
        raise InputError(path.name, f"has no record that can be read: {broken[-1].reason}")
    return Records(frozenset(), iter(()))


def _row(place: int, each: Record | Broken) -> Row | Broken:
    return each if isinstance(each, Broken) else Row(place, each)
