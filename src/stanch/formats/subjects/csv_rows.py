"""Parties in CSV (RFC 4180): comma, semicolon, tab or bar between cells, a header on top."""

import csv
from collections.abc import Iterator
from typing import BinaryIO, Final

from stanch.formats.subjects import columns
from stanch.formats.subjects.lines import MAX_LINE, Line, lines
from stanch.formats.subjects.record import Reader, RefusedSubject
from stanch.model.hits import Subject

MAX_COLUMNS: Final = 2_000
MAX_LINES: Final = 50  # that one row may span, by line breaks in quotes
_SEPARATORS: Final = ",;\t|"
_OPEN: Final = "unexpected end of data"  # what csv says of a quote that is not closed

Row = tuple[int, list[str] | None, str]


def parse(stream: BinaryIO, reader: Reader) -> Iterator[Subject | RefusedSubject]:
    """Subjects of a file, row by row; a row has the number of the line on which it begins.

    Raises ValueError with a short reason where there is no usable header.
    """
    found = lines(stream)
    separator, titles = _header(found)
    for number, cells, reason in _rows(found, separator):
        if cells is None:
            yield reader.refused(number, reason)
        elif any(cell.strip() for cell in cells[len(titles) :]):
            yield reader.refused(number, f"has more than the {len(titles)} cells of the header")
        elif any(cells):
            pairs = ((title, (cell,)) for title, cell in zip(titles, cells, strict=False))
            yield reader.subject(number, pairs)


def _header(found: Iterator[Line]) -> tuple[str, list[str]]:
    number, text, reason = next(found, (1, "", ""))
    if text is None:
        raise ValueError(f"line {number}, where the header should be, {reason}")
    separator = max(_SEPARATORS, key=text.count)
    if text.count(separator) >= MAX_COLUMNS:
        raise ValueError(f"has more than {MAX_COLUMNS:,} columns")
    try:
        titles = next(csv.reader([text], delimiter=separator), [])
    except csv.Error as error:
        raise ValueError(f"has a header that is no CSV: {error}") from None
    meanings = {columns.meaning(title) for title in titles}
    named = meanings & {columns.NAME, columns.FAMILY, columns.ALIAS, columns.IDENTIFIERS}
    if not named and not any(columns.IDENTIFIER in each for each in meanings):
        raise ValueError("has no column with a name (name, query, full_name) or an identifier")
    return separator, titles


def _rows(found: Iterator[Line], separator: str) -> Iterator[Row]:
    """Rows, put together where a quote spans lines.

    A quote that nothing closes spoils the row on which it opens, and no more: the lines that
    were read on for its sake are rows again.
    """
    waiting: list[Line] = []
    while line := waiting.pop(0) if waiting else next(found, None):
        number, text, reason = line
        if text is None:
            yield number, None, reason
            continue
        cells, reason = _cells(text, separator)
        taken: list[Line] = []
        while cells is None and reason == _OPEN and len(taken) < MAX_LINES:
            more = waiting.pop(0) if waiting else next(found, None)
            if more is None:
                break
            taken.append(more)
            if more[1] is None or len(text) > MAX_LINE:
                break
            text = f"{text}\n{more[1]}"
            cells, reason = _cells(text, separator)
        if cells is None:
            waiting = taken + waiting
            reason = "opens a quote that is not closed" if reason == _OPEN else reason
        yield number, cells, reason


def _cells(text: str, separator: str) -> tuple[list[str] | None, str]:
    try:
        return next(csv.reader([text], delimiter=separator, strict=True), []), ""
    except csv.Error as error:
        return None, _OPEN if _OPEN in str(error) else f"is no CSV: {error}"
