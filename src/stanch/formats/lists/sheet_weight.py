"""How large a sheet becomes once it is unpacked: known before anything is given room.

A workbook of a few kilobytes can say that its one cell stands in row 1,048,576 and column 16,384,
that a row is repeated a million times, or that a million cells hold the same long text. Whoever
reads such sheets as tables gives room to all of it. So each part is read once, as XML without DTDs,
and its cells are counted the way a reader lays them out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from stanch.formats.lists.sheet_dates import DateFormats

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 1_000
MAX_CELLS: Final = 4_000_000  # of the rectangle that a table fills, empty ones included
MAX_TEXT: Final = 64 << 20  # characters of all cells together

_PLACE = re.compile(r"([A-Z]{1,7})([1-9][0-9]{0,9})")


@dataclass(slots=True)
class Weight:
    """What all parts of one workbook come to. `bear` refuses what is too much."""

    cells: int = 0
    text: int = 0
    strings: list[int] = field(default_factory=list)  # how long each shared text is
    uses: Counter[int] = field(default_factory=Counter)  # how often each shared text is used
    dates: DateFormats = field(default_factory=DateFormats)

    def bear(self) -> None:
        """Raises ValueError where the workbook is larger than any list."""
        shared = sum(
            self.strings[index] * times
            for index, times in self.uses.items()
            if index < len(self.strings)
        )
        if self.text + shared > MAX_TEXT:
            raise ValueError(f"holds more than {MAX_TEXT >> 20} million characters")

    def add_box(self, rows: int, columns: int) -> None:
        """One table of this many rows and columns."""
        if rows > MAX_ROWS:
            raise ValueError(f"has a sheet of more than {MAX_ROWS:,} rows")
        if columns > MAX_COLUMNS:
            raise ValueError(f"has a sheet of more than {MAX_COLUMNS:,} columns")
        self.cells += rows * columns
        if self.cells > MAX_CELLS:
            raise ValueError(f"has more than {MAX_CELLS:,} cells")

    def add_string(self, at: int, length: int) -> None:
        """One shared text. Where two parts claim to hold them, the longer one counts."""
        if at == len(self.strings):
            self.strings.append(length)
        else:
            self.strings[at] = max(self.strings[at], length)


def weigh(part: str, chunks: Iterator[bytes], weight: Weight) -> Iterator[bytes]:
    """Pass on the bytes of one part, adding what it holds to `weight`.

    Raises ValueError with a short reason where the part is not XML, has a DTD, or is too large.
    """
    parser = DefusedXMLParser(target=_Scale(part, weight), forbid_dtd=True)
    try:
        for chunk in chunks:
            parser.feed(chunk)
            yield chunk
        parser.close()
    except DefusedXmlException:
        raise ValueError("has a DTD or entities in it, which no sheet needs") from None
    except ParseError as error:
        raise ValueError(f"has a part that is not whole XML: {error.msg}") from None
    except LookupError:
        raise ValueError("has a part in an unknown encoding") from None


class _Scale:
    """Hears the tags of XLSX (row, c, si) and ODS (table-row, table-cell) by their local names."""

    def __init__(self, part: str, weight: Weight) -> None:
        self._part = part
        self._styles = -1  # of cells so far; -1 outside of their list
        self._weight = weight
        self._row = self._column = 0  # where we are, from 1
        self._rows = self._columns = 0  # the last ones that hold anything
        self._repeat = [1, 1]  # of the row and the cell that we are in (ODS)
        self._shared = False  # the cell holds the number of a shared text
        self._length = 0  # characters of the cell or text that we are in
        self._number = ""
        self._strings = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Go into an element."""
        name = tag.rpartition("}")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self._repeat[1] = _count(attributes, "number-columns-repeated")
            self._length = 0
            if any(key.endswith("}value-type") for key in attributes):
                self._fill(self._row, self._column + self._repeat[1])
        elif name == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "table-row":
            self._repeat[0] = _count(attributes, "number-rows-repeated")
            self._row += self._repeat[0]
            self._column = 0
        elif name == "table":
            self._settle()
        elif name == "si":
            self._length = 0
        elif name == "cellXfs":
            self._styles = 0
        elif name == "xf" and self._styles >= 0:
            self._weight.dates.style(self._styles, attributes.get("numFmtId", ""))
            self._styles += 1
        elif name in ("numFmt", "sheet", "Relationship"):
            self._weight.dates.hear(self._part, name, attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])
        else:
            self._column += 1
        self._shared = attributes.get("t") == "s"
        style = attributes.get("s", "")
        if style in self._weight.dates.coarse:
            self._weight.dates.cell(self._part, (self._row, self._column), style)
        self._length, self._number = 0, ""

    def data(self, text: str) -> None:
        """Take text."""
        self._length += len(text)
        if self._shared:
            self._number = (self._number + text)[:20]

    def end(self, tag: str) -> None:
        """Leave an element."""
        name = tag.rpartition("}")[2]
        if name == "c" and self._length:
            self._fill(self._row, self._column)
            if self._shared and _digits(self._number.strip()):
                self._weight.uses[int(self._number)] += 1
            self._weight.text += self._length
            self._shared = False
        elif name in ("table-cell", "covered-table-cell"):
            self._column += self._repeat[1]
            if self._length:
                self._fill(self._row, self._column)
                self._weight.text += self._length * self._repeat[0] * self._repeat[1]
        elif name == "si":
            self._weight.add_string(self._strings, self._length)
            self._strings += 1
        elif name == "table":
            self._settle()
        elif name == "cellXfs":
            self._styles = -1
        if self._weight.text > MAX_TEXT:
            self._weight.bear()

    def _fill(self, row: int, column: int) -> None:
        self._rows, self._columns = max(self._rows, row), max(self._columns, column)

    def _settle(self) -> None:
        """A table begins or ends: what has been laid out so far stands."""
        self._weight.add_box(self._rows, self._columns)
        self._row = self._column = self._rows = self._columns = 0

    def close(self) -> None:
        """The part has ended."""
        self._settle()


def _digits(text: str | None) -> bool:
    return bool(text) and len(text or "") < 12 and (text or "").isascii() and (text or "").isdigit()


def _number(text: str) -> int:
    """A count or place. What is none is refused: a reader might take it for a huge one."""
    if not _digits(text):
        raise ValueError(f"has a place or count in it that is none: {text[:20]!r}")
    return int(text)


def _place(text: str) -> tuple[int, int]:
    """Row and column of a cell: "B3" is 3, 2."""
    place = _PLACE.fullmatch(text)
    if not place:
        raise ValueError(f"has a cell at a place that is none: {text[:20]!r}")
    return int(place[2]), _column(place[1])


def _count(attributes: dict[str, str], name: str) -> int:
    for key, value in attributes.items():
        if key.rpartition("}")[2] == name:
            return max(1, _number(value))
    return 1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
