"""Files of indicators: one a line, or CSV with a column `indicator` (or `value`) and, if one
likes, one that is called `kind`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from stanch.formats.subjects.columns import folded
from stanch.formats.subjects.lines import lines

VALUES: Final = ("indicator", "value", "address", "wallet", "email", "account")
KINDS: Final = ("kind", "type")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator as it is written, its kind where one stands beside it, on which line; or why
    there is none.
    """

    row: int
    value: str
    kind: str = ""
    reason: str = ""


def parse(stream: BinaryIO) -> Iterator[IndicatorRow]:
    """Every line that is not empty, without the header.

    Raises ValueError with a short reason where the file is of another encoding.
    """
    layout: tuple[int, int | None] | None = None
    for number, text, reason in lines(stream):
        if text is None:
            yield IndicatorRow(number, "", reason=reason)
            continue
        if not text.strip():
            continue
        if number == 1:
            layout = _layout(text)
            if layout is not None or folded(text[:100]) in VALUES:
                continue
        yield _cells(number, text, layout) if layout else IndicatorRow(number, text.strip())


def _layout(first: str) -> tuple[int, int | None] | None:
    """The columns of value and kind in a header; None where the first line is none."""
    if "," not in first:
        return None
    titles = [folded(title[:100]) for title in next(csv.reader([first]), [])]
    value = next((titles.index(name) for name in VALUES if name in titles), None)
    kind = next((titles.index(name) for name in KINDS if name in titles), None)
    return None if value is None else (value, kind)


def _cells(number: int, text: str, layout: tuple[int, int | None]) -> IndicatorRow:
    try:
        cells = next(csv.reader([text], strict=True), [])
    except csv.Error as error:
        return IndicatorRow(number, "", reason=f"is no CSV: {error}")
    value, kind = (cells[at].strip() if at is not None and at < len(cells) else "" for at in layout)
    return IndicatorRow(number, value, kind, "" if value else "has no indicator")
