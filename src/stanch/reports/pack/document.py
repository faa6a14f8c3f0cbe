"""A pack in one language, as parts that both renderers know: text is text and never markup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `to` is an anchor of the document that it leads to, `url` a page elsewhere."""

    text: str
    to: str = ""
    url: str = ""
    faint: bool = False
    bold: bool = False


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of one cell; figures stand at the right. Behind them are `anchors`, thousands it may
    be, each a link with itself as its text.
    """

    lines: tuple[Spans, ...]
    figure: bool = False
    anchors: tuple[str, ...] = ()


Row = tuple[Cell, ...]


@runtime_checkable
class Drawn(Protocol):
    """Rows that remember what they look like in HTML, and are not made again for it."""

    def html(self, draw: Callable[[Row, str], str]) -> str:
        """All rows as `draw` draws each, with its anchor."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; a row of one cell is a heading across.

    `widths` are shares of the page, `anchors` one for each row or none; `whole` says that the last
    row is the sum.
    """

    head: tuple[Cell, ...]
    rows: Sequence[Row]
    widths: tuple[float, ...]
    anchors: tuple[str, ...] = ()
    whole: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    spans: Spans
    faint: bool = False
    kind: str = "para"


@dataclass(frozen=True, slots=True)
class Head:
    """A heading inside a section."""

    text: str
    kind: str = "head"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as SVG, and what it shows in one sentence."""

    svg: str
    said: str
    kind: str = "chart"


Block = Table | Para | Head | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part with its heading; annexes begin on a page of their own."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One large figure of the first page."""

    name: str
    text: str
    exact: str
    to: str


@dataclass(frozen=True, slots=True)
class Document:
    """All of it. `day` is the document's date, in its metadata too. `notice` stands over a page
    that is looked at on a desk; what is saved or printed has none.
    """

    language: str
    title: str
    subtitle: str
    marking: str
    day: date
    about: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    contents: str
    page: str
    sections: tuple[Section, ...]
    notice: Spans = ()


def text(words: str, to: str = "") -> Cell:
    """A cell of one line."""
    return Cell(((Span(words, to),),))


def figure(words: str, to: str = "") -> Cell:
    """A cell with a figure."""
    return Cell(((Span(words, to),),), figure=True)
