"""A pack as PDF: accessible (PDF/UA-1) and made to last (PDF/A-2a), by Typst.

The document reaches the template as data, so that text stays text whatever is in it. Under these
standards a PDF embeds its fonts, has its text as text, and a letter that no font has is an error
and not a box.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from stanch.errors import InputError
from stanch.reports.pack.document import Document
from stanch.reports.pack.fonts import FAMILIES, found

STANDARDS: Final = ["a-2a", "ua-1"]
_COMPILE: Final[Callable[..., bytes]] = typst.compile  # its own types know of one source file
_LETTER = re.compile(r"the text `(.+?)` could not be displayed", re.DOTALL)


def pdf(document: Document, folders: Sequence[Path] = ()) -> bytes:
    """The document. The same document and fonts give the same bytes.

    Raises UsageError where fonts are missing, InputError for a letter that none of them has.
    """
    fonts = found(folders, document.language)
    template = (files("stanch.reports.pack") / "templates" / "pack.typ").read_bytes()
    sources = {"main": template, "/pack.json": _data(document)}
    day = datetime(document.day.year, document.day.month, document.day.day, tzinfo=UTC)
    try:
        made = _COMPILE(
            sources,
            format="pdf",
            font_paths=fonts,
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=day,
        )
    except typst.TypstError as error:
        letters = _LETTER.search(str(error))
        if letters is None:
            raise
        raise InputError("pack", _missing(letters[1].strip('"'))) from None
    return made


def _data(document: Document) -> bytes:
    said = asdict(document)
    day = document.day
    said["day"] = {"year": day.year, "month": day.month, "day": day.day}
    said["families"] = FAMILIES[document.language]
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def _missing(letters: str) -> str:
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in letters[:8])
    return f"no font has {letters!r} ({codes}): name a folder with a font that has it: --fonts DIR"
