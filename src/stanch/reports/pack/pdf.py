"""A pack as PDF: accessible (PDF/UA-1) and made to last (PDF/A-2a), by Typst.

The document reaches the template as data, so that text stays text whatever is in it. Under these
standards a PDF embeds its fonts and has its text as text. A letter that no font has would be an
empty box; its code stands in its place, so that one odd letter keeps the pack from nobody.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from stanch.errors import InputError
from stanch.reports.pack.document import Cell, Document, Section, Span, Table
from stanch.reports.pack.fonts import FAMILIES, found

STANDARDS: Final = ["a-2a", "ua-1"]
_COMPILE: Final[Callable[..., bytes]] = typst.compile  # its own types know of one source file
_LETTER = re.compile(r"the text `(.+?)` could not be displayed", re.DOTALL)
_SIGNS = re.compile("[\U0001f000-\U0001ffff]")  # where one is odd, its neighbours are as a rule
_ROUNDS: Final = 16  # each finds the letters of one text; a pack of so many more is refused


def pdf(document: Document, folders: Sequence[Path] = ()) -> bytes:
    """The document. The same document and fonts give the same bytes.

    Raises UsageError where fonts are missing, InputError where many texts have letters that none
    of them has.
    """
    fonts, data, odd = found(folders, document.language), _data(document), set[str]()
    for _ in range(_ROUNDS):
        try:
            return _set(_coded(data, odd), document, fonts)
        except typst.TypstError as error:
            letters = "".join(_LETTER.findall(str(error)))
            new = {letter for letter in letters if not letter.isascii()} - odd
            if not new:
                raise
            odd |= new | set(_SIGNS.findall(data.decode()))
    raise InputError("pack", _missing("".join(sorted(odd))))


def _set(data: bytes, document: Document, fonts: typst.Fonts) -> bytes:
    template = (files("stanch.reports.pack") / "templates" / "pack.typ").read_bytes()
    day = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    return _COMPILE(
        {"main": template, "/pack.json": data},
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
        timestamp=day,
    )


def _coded(data: bytes, odd: set[str]) -> bytes:
    """With the code of each odd letter in its place: [U+1F680]."""
    codes = {ord(letter): f"[U+{ord(letter):04X}]" for letter in odd}
    return data.decode().translate(codes).encode() if codes else data


def _data(document: Document) -> bytes:
    said = asdict(replace(document, sections=tuple(map(_whole, document.sections))))
    day = document.day
    said["day"] = {"year": day.year, "month": day.month, "day": day.day}
    said["families"] = FAMILIES[document.language]
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def _whole(section: Section) -> Section:
    """With all rows made, and their lists of anchors as links."""
    return replace(
        section,
        blocks=tuple(
            replace(each, rows=tuple(tuple(map(_links, row)) for row in each.rows))
            if isinstance(each, Table)
            else each
            for each in section.blocks
        ),
    )


def _links(cell: Cell) -> Cell:
    if not cell.anchors:
        return cell
    spans = [span for each in cell.anchors for span in (Span(" "), Span(each, each))]
    return Cell((*cell.lines, tuple(spans[1:])), cell.figure)


def _missing(letters: str) -> str:
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:8])
    return f"no font has {letters!r} ({codes} ...): name a folder with one that has: --fonts DIR"
