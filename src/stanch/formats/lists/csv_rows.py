"""Rows of a CSV file from strangers, in bounded memory: a bad row costs itself and no other.

Lines are read one by one and never whole where they are endless; a quote that is never closed, a
row of a million columns or bytes that are no text are rows with a `fault`. Text is UTF-8, or the
`other` encoding that the caller names where the first lines are not UTF-8 (Excel in Korea writes
CP949, in Japan CP932). Marks of direction and other invisible letters stay in the text.
"""

import csv
from collections.abc import Iterator
from typing import Final

from stanch.formats.lists.listfile import ListFile
from stanch.formats.lists.table import Row, Sheet

MAX_LINE: Final = 4 << 20  # bytes; the longest row known (EU, reasons) has 20,000
MAX_RECORD: Final = 16 << 20  # bytes of the lines that one row spans
MAX_CELL: Final = 128 << 10  # characters
MAX_COLUMNS: Final = 1_000
MAX_ROWS: Final = 1_000_000
MAX_BYTES: Final = 512 << 20

_HEAD: Final = 1 << 16
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")  # UTF-16


def csv_sheet(file: ListFile, other: str = "", mark: str = "") -> Sheet:
    """A CSV file as a table. `mark` parts its columns; empty: as the first line has it.

    Raises ValueError where the file holds nothing, is no text, or breaks a bound, and while its
    rows are read.
    """
    head = file.stream.read(_HEAD)
    file.stream.seek(0)
    if not head.strip():
        raise ValueError("is empty")
    if head.startswith(_MARKS):
        raise ValueError("is UTF-16 text, not UTF-8")
    if b"\x00" in head:
        raise ValueError("is no text")
    encoding = _encoding(head, other)
    first = head.decode(encoding, "replace").lstrip("\ufeff").partition("\n")[0]
    counts = {each: first.count(each) for each in ",;\t"}
    return Sheet(
        file.name, "", _rows(_Lines(file, encoding), mark or max(counts, key=counts.__getitem__))
    )


def _encoding(head: bytes, other: str) -> str:
    """UTF-8, unless the first lines are not and `other` can be read."""
    whole = head[: head.rfind(b"\n") + 1] or head[:-4]
    for encoding in ("utf-8", other):
        try:
            whole.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return encoding
    return "utf-8"


class _Lines:
    """Lines as text. Bytes that are no text become lone surrogates, and so can be found again."""

    def __init__(self, file: ListFile, encoding: str) -> None:
        self.count = 0
        self.since = 0  # bytes since the row began
        self._bytes = 0
        self._stream = file.stream
        self._encoding = encoding

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(MAX_LINE + 1)
        if not line:
            raise StopIteration
        if len(line) > MAX_LINE:
            raise ValueError(f"has a line of more than {MAX_LINE >> 20} MiB")
        self.since += len(line)
        self._bytes += len(line)
        if self.since > MAX_RECORD or self._bytes > MAX_BYTES:
            raise ValueError("is larger than any list, or has a quote that is never closed")
        self.count += 1
        text = line.decode(self._encoding, "surrogateescape")
        return text.removeprefix("\ufeff") if self.count == 1 else text


def _rows(lines: _Lines, mark: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=mark)
    number = 0
    while True:
        row, lines.since = lines.count + 1, 0
        try:
            cells = _next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(row, (), _fault(str(error), lines.count))
            reader = csv.reader(lines, delimiter=mark)
            continue
        number += 1
        if number > MAX_ROWS:
            raise ValueError(f"has more than {MAX_ROWS:,} rows")
        if len(cells) > MAX_COLUMNS:
            yield Row(row, (), f"has more than {MAX_COLUMNS:,} columns")
        elif any(cells):
            yield _checked(row, cells)


def _next(reader: Iterator[list[str]]) -> list[str]:
    """The next row. How long a cell may be is one setting of a process, which others change."""
    before = csv.field_size_limit(MAX_CELL)
    try:
        return next(reader)
    finally:
        csv.field_size_limit(before)


def _checked(number: int, cells: list[str]) -> Row:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return Row(number, (), "is not UTF-8 text")
    return Row(number, tuple(cells))


def _fault(error: str, last: int) -> str:
    if "field limit" in error or "field larger" in error:
        return f"has a cell that is too long: a quote is opened here and not closed by row {last}"
    return "is not CSV: a line ends within it"
