"""Sheets of XLSX and ODS workbooks from strangers, as rows of text in bounded memory.

A workbook is a zip of XML parts. Its directory is looked at first (number of parts, sizes, ratios),
then each part is weighed (`sheet_weight`), and only what was weighed is handed to the reader, as a
new zip: so a second directory, two parts of one name or a false size deceive nobody.

Cells become text: a whole number without its ".0", a date as ISO 8601 day or as much of it as the
cell shows, a formula as the value that was saved with it. A merged area says the same in each of
its cells. Macros, pictures and encrypted workbooks are not read.
"""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from stanch.formats.lists.listfile import ListFile
from stanch.formats.lists.sheet_dates import DateFormats, Place, shown
from stanch.formats.lists.sheet_weight import MAX_CELLS, Weight, weigh
from stanch.formats.lists.table import Row, Sheet

MAX_FILE: Final = 32 << 20  # bytes as they come; the largest list known (UK, ODS) has 6 million
MAX_PARTS: Final = 1_000
MAX_UNPACKED: Final = 256 << 20  # bytes of all XML parts together
MAX_RATIO: Final = 400  # unpacked to packed; sheets of lists reach 60
SMALL: Final = 1 << 20  # bytes; ratios of smaller parts do not matter

_CHUNK: Final = 1 << 16
_END: Final = b"PK\x05\x06"  # the zip's end record
_END64: Final = b"PK\x06\x07"
_MAX_DIRECTORY: Final = 1 << 20

Cell = object  # what the reader gives: text, numbers, dates


def is_workbook(file: ListFile) -> bool:
    """Whether a file begins as a zip. The stream stands at its beginning again."""
    start = file.stream.read(4)
    file.stream.seek(0)
    return start[:2] == b"PK"


def sheets(file: ListFile) -> Iterator[Sheet]:
    """The sheets of a workbook that hold anything, in their order.

    Raises ValueError with a short reason where the file is no workbook or breaks a bound.
    """
    data = file.stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise ValueError(f"has more than {MAX_FILE >> 20} MiB")
    clean, dates = _cleaned(data)
    with refusing():
        book = CalamineWorkbook.from_filelike(clean)
    for name in book.sheet_names:
        with refusing():
            sheet = book.get_sheet_by_name(name)
        if sheet.start is not None:
            yield Sheet(file.name, name, _rows(sheet, dates.of(name)))


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever goes wrong in the reader's compiled part is a ValueError with its reason."""
    try:
        yield
    except (CalamineError, OSError) as error:
        raise ValueError(f"is a workbook that cannot be read: {error}") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust; has no class that can be named
            raise
        raise ValueError("is a workbook that cannot be read") from None


def _cleaned(data: bytes) -> tuple[io.BytesIO, DateFormats]:
    """The XML parts of a workbook, weighed, in a zip of our own, and how its dates are shown."""
    _check_directory(data)
    clean, weight = io.BytesIO(), Weight()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as kept,
        ):
            for part in sorted(_parts(archive), key=_styles_first):
                with archive.open(part) as source, kept.open(part.filename, "w") as target:
                    for chunk in _weighed(source, part, weight):
                        target.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise ValueError(f"is a damaged zip: {error}") from None
    except (RuntimeError, UnicodeError, OSError) as error:  # encrypted; names that are no text
        raise ValueError(f"is a zip that cannot be read: {error}") from None
    weight.bear()
    clean.seek(0)
    return clean, weight.dates


def _check_directory(data: bytes) -> None:
    """Refuse before the directory is read: each of its entries costs more memory than bytes."""
    end = data.rfind(_END, max(0, len(data) - (1 << 16) - 22))
    if not data.startswith(b"PK") or end < 0 or len(data) < end + 22:
        raise ValueError("is no XLSX or ODS workbook")
    parts = int.from_bytes(data[end + 10 : end + 12], "little")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if parts > MAX_PARTS or size > _MAX_DIRECTORY or data[max(0, end - 20) :].startswith(_END64):
        raise ValueError(f"has more than {MAX_PARTS:,} parts")


def _parts(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The parts that a reader of sheets needs. Raises ValueError where sizes cannot be meant."""
    names: set[str] = set()
    unpacked = 0
    for part in archive.infolist():
        if part.filename in names:
            raise ValueError("has two parts of one name")
        names.add(part.filename)
        if part.file_size > max(SMALL, part.compress_size * MAX_RATIO):
            raise ValueError(f"has a part that unpacks to more than {MAX_RATIO} times its size")
        if part.filename == "mimetype" or part.filename.lower().endswith((".xml", ".rels")):
            unpacked += part.file_size
            if unpacked > MAX_UNPACKED:
                raise ValueError(f"unpacks to more than {MAX_UNPACKED >> 20} MiB")
            yield part


def _weighed(source: object, part: zipfile.ZipInfo, weight: Weight) -> Iterator[bytes]:
    chunks = iter(lambda: source.read(_CHUNK), b"")  # type: ignore[attr-defined]
    if part.filename == "mimetype":
        return chunks
    return weigh(part.filename, chunks, weight)


def _styles_first(part: zipfile.ZipInfo) -> bool:
    return not part.filename.endswith("styles.xml")


def _rows(sheet: CalamineSheet, coarse: dict[Place, str]) -> Iterator[Row]:
    """The rows that hold anything, numbered as the program that wrote them numbers them.

    `coarse` are the cells, by row and column from 1, that show a month or a year of their date.
    """
    left = sheet.start[1] if sheet.start else 0
    merged = _merged(sheet, left)
    values: dict[tuple[int, int], str] = {}  # what the merged areas say
    for at, raw in enumerate(sheet.iter_rows()):
        cells = [_text(value) for value in raw]
        for column, value in enumerate(raw if coarse else ()):
            precision = coarse.get((at + 1, left + column + 1))
            if precision and isinstance(value, datetime.date):
                cells[column] = shown(cells[column], precision)
        for column, corner in merged.get(at, {}).items():
            if column < len(cells):
                if corner == (at, column):
                    values[corner] = cells[column]
                cells[column] = cells[column] or values.get(corner, "")
        if any(cells):
            yield Row(at + 1, tuple(cells))


def _merged(sheet: CalamineSheet, left: int) -> dict[int, dict[int, tuple[int, int]]]:
    """For each row, its merged columns and the corner that speaks for them."""
    merged: dict[int, dict[int, tuple[int, int]]] = {}
    bottom, right = sheet.end or (0, 0)
    filled = 0
    for first, last in sheet.merged_cell_ranges or []:
        rows = range(first[0], min(last[0], bottom) + 1)
        columns = range(first[1], min(last[1], right) + 1)
        filled += len(rows) * len(columns)
        if filled > MAX_CELLS:
            raise ValueError(f"has merged areas of more than {MAX_CELLS:,} cells")
        for row in rows:
            places = merged.setdefault(row, {})
            for column in columns:
                places[column - left] = (first[0], first[1] - left)
    return merged


def _text(value: Cell) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)
