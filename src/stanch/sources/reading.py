"""Opening text files, plain or gzip, so that damage costs the damaged rows and no others.

Rows are counted as an editor counts lines: the first line of the file is row 1. What cannot be
read is a `Broken` with the row and a reason: text that is not UTF-8, a quote never closed, a
gzip stream that ends too early or fails its checksum.
"""

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final, NamedTuple

from stanch.errors import InputError

GZIP: Final = b"\x1f\x8b"
DAMAGE: Final = (EOFError, zlib.error, gzip.BadGzipFile)
CHUNK: Final = 1 << 16

_BYTE_ORDER_MARK = "\ufeff"


class Line(NamedTuple):
    """One row of a CSV file: its place and its fields."""

    row: int
    fields: list[str]


class Broken(NamedTuple):
    """A row that cannot be read, or the place behind which nothing can be."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file that was opened: the names in its first row, and the rows that follow."""

    header: list[str]
    rows: Iterator[Line | Broken]


def open_bytes(path: Path) -> BufferedReader | gzip.GzipFile:
    """The file's bytes, unpacked where they begin as gzip does, whatever the name says."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(path.name, f"cannot be opened ({error.strerror})") from None
    if file.peek(2)[:2] == GZIP:
        return gzip.GzipFile(fileobj=file)
    return file


def damage_reason(error: Exception) -> str:
    """What became of a gzip stream, in plain English."""
    if isinstance(error, EOFError):
        return "the gzip file ends too early; what follows is lost"
    return "the gzip file is damaged here; what follows is lost or cannot be trusted"


def open_csv(path: Path) -> CsvFile:
    """The header and the rows of a CSV file; commas, semicolons or tabs part its columns.

    Raises InputError where there is no header to read.
    """
    lines = _Lines(path)
    first = next(lines, None)
    if first is None or lines.broken:
        raise InputError(path.name, _no_header(lines))
    first = first.removeprefix(_BYTE_ORDER_MARK)
    mark = next((each for each in ",;\t" if each in first), ",")
    try:
        header = [name.strip() for name in next(csv.reader([first], delimiter=mark), [])]
    except csv.Error:
        raise InputError(path.name, "its first row is not CSV: a line ends within it") from None
    if not any(header):
        raise InputError(path.name, "its first row names no columns")
    return CsvFile(header, _rows(lines, mark, len(header)))


def _no_csv(error: str, row: int) -> str:
    if "field limit" in error:
        return f"a quote is opened here and not closed by row {row}"
    return "is not CSV: a line ends within it"


def _no_header(lines: "_Lines") -> str:
    if lines.broken:
        return "its first row is not UTF-8 text"
    return damage_reason(lines.damage) if lines.damage else "the file is empty"


class _Lines:
    """The file's lines as text. `broken` says that one since `start` was not UTF-8."""

    def __init__(self, path: Path) -> None:
        self.bytes = open_bytes(path)
        self.count = 0
        self.broken = False
        self.damage: Exception | None = None

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.bytes.closed:
            raise StopIteration
        try:
            line = self.bytes.readline()
        except DAMAGE as error:
            self.damage = error
            line = b""
        if not line:
            self.bytes.close()
            raise StopIteration
        self.count += 1
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.broken = True
            return line.decode(errors="replace")


def _rows(lines: _Lines, mark: str, width: int) -> Iterator[Line | Broken]:
    """Every row behind the header that is not blank."""
    reader = csv.reader(lines, delimiter=mark)
    while True:
        row, lines.broken = lines.count + 1, False
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Broken(row, _no_csv(str(error), lines.count))
            reader = csv.reader(lines, delimiter=mark)
            continue
        if lines.broken:
            yield Broken(row, "is not UTF-8 text")
        elif len(fields) == width:
            yield Line(row, fields)
        elif fields:
            yield Broken(row, f"has {len(fields)} fields where the header has {width}")
    if lines.damage:
        yield Broken(lines.count + 1, damage_reason(lines.damage))
