"""Parties to be screened, from CSV, JSON lines and Parquet: `parse` gives `Subject`s in order.

A row that cannot be used is a `RefusedSubject` with file, row and reason, and the rest goes on.
Columns that nobody reads come last, as `UnknownField`s: they are told, never guessed at. Names of
columns are in `columns`. Codecs without I/O of files: the caller opens the stream.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

from stanch.formats.subjects import csv_rows, json_rows, parquet_rows
from stanch.formats.subjects.record import Reader, RefusedSubject
from stanch.model.hits import Subject
from stanch.model.listed import UnknownField

__all__ = ["Parsed", "RefusedSubject", "parse"]

Parsed = Subject | RefusedSubject | UnknownField

_JSON: Final = (".jsonl", ".ndjson", ".json")
_PARQUET: Final = (".parquet", ".pq")


def parse(name: str, stream: BinaryIO) -> Iterator[Parsed]:
    """Read a file; its `name` says by its ending what it is, and anything else is CSV.

    Raises ValueError with a short reason where the file as a whole cannot be used.

    >>> import io
    >>> rows = parse("few.csv", io.BytesIO("id,name,born\\n7,김철수,1984".encode()))
    >>> [(each.id, each.names, each.births[0].first) for each in rows]
    [('7', ('김철수',), '1984-01-01')]
    """
    reader = Reader(name)
    ending = name.lower()
    if ending.endswith(_JSON):
        yield from json_rows.parse(stream, reader)
    elif ending.endswith(_PARQUET):
        yield from parquet_rows.parse(stream, reader)
    else:
        yield from csv_rows.parse(stream, reader)
    yield from reader.unknown()
