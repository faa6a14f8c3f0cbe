"""Applications from CSV and from JSON lines."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson

from stanch.errors import InputError
from stanch.sources.personas.batch import Read, Refused
from stanch.sources.personas.columns import KNOWN, RECORD_ID, ColumnMap, folded
from stanch.sources.personas.rows import Gathering, Row, cells_of
from stanch.sources.reading import DAMAGE, Broken, damage_reason, open_bytes, open_csv

MOST_CELL: Final = 1 << 20  # characters of a cell
MOST_LINE: Final = 16 << 20  # bytes of a line of JSON


def read_csv(path: Path, file: str, columns: ColumnMap) -> Read:
    """Batches of a CSV. Raises InputError where it has no header that can be read."""
    csv.field_size_limit(max(csv.field_size_limit(), MOST_CELL))
    opened = open_csv(path)
    meanings = _meanings(file, opened.header, columns)
    return Gathering(file, columns).batches(
        Refused(file, each.row, each.reason)
        if isinstance(each, Broken)
        else (each.row, cells_of(meanings, each.fields))
        for each in opened.rows
    )


def _meanings(file: str, titles: list[str], columns: ColumnMap) -> dict[str, list[int]]:
    found = columns.meanings(file, titles)
    if RECORD_ID not in found:
        raise InputError(file, "has no column record_id, and no mapping names one")
    return found


def read_lines(path: Path, file: str, columns: ColumnMap) -> Read:
    """Batches of a file with one JSON object a line."""
    return Gathering(file, columns).batches(_objects(path, file, columns))


def _objects(path: Path, file: str, columns: ColumnMap) -> Iterator[Row | Refused]:
    with open_bytes(path) as stream:
        number = 0
        while True:
            number += 1
            try:
                line = stream.readline(MOST_LINE + 1)
            except DAMAGE as error:
                yield Refused(file, number, damage_reason(error))
                return
            if not line:
                return
            if len(line) > MOST_LINE:
                yield Refused(file, number, f"is longer than {MOST_LINE:,} bytes")
                _pass_over(stream)
                continue
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield _object(line, number, file, columns)


def _pass_over(stream: Any) -> None:
    while (line := stream.readline(MOST_LINE)) and not line.endswith(b"\n"):
        pass


def _object(line: bytes, number: int, file: str, columns: ColumnMap) -> Row | Refused:
    try:
        said = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        text = str(error)
        what = "is not UTF-8 text" if "utf-8" in text.lower() else "is no JSON"
        return Refused(file, number, what)
    if not isinstance(said, dict):
        return Refused(file, number, "is no JSON object")
    cells: dict[str, list[Any]] = {}
    for title, cell in islice(said.items(), 1000):
        if meaning := columns.columns.get(title, KNOWN.get(folded(title), "")):
            cells.setdefault(meaning, []).append(cell)
    return number, cells
