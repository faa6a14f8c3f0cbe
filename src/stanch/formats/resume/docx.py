"""DOCX (ECMA-376) to lines, by python-docx.

Refused: macros, embedded objects, ActiveX, whatever is fetched from elsewhere when it is opened
(links that a reader clicks are not), packages of more than 1,000 parts or 64 MiB unpacked, and
those that unpack to more than a hundred times their size.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from docx import Document

from stanch.formats.resume.text import Resume, author, bounded

MOST_PARTS: Final = 1_000
MOST_UNPACKED: Final = 64 << 20
_RATIO: Final = 100
_SMALL: Final = 1 << 20  # below this a part may be packed as tightly as it likes
_ACTIVE: Final = {
    "vbaproject": "macros",
    "vbadata": "macros",
    "activex": "ActiveX controls",
    "embeddings": "embedded files",
    "oleobject": "embedded files",
    "afchunk": "embedded files",
}
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def read(data: bytes) -> Resume:
    """The text of a DOCX. Raises ValueError with a short reason."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
        document: Any = Document(io.BytesIO(data))
        said = document.core_properties
        authors = dict.fromkeys(
            each for name in (said.author, said.last_modified_by) for each in author(name, "")
        )
        return Resume(bounded(_lines(document)), tuple(authors))
    except _Refused as error:
        raise ValueError(str(error)) from None
    except ValueError as error:
        known = str(error).startswith("has ")
        raise ValueError(str(error) if known else "is a damaged DOCX") from None
    except Exception:  # zipfile, lxml and python-docx raise much, each in its own way
        raise ValueError("is a damaged DOCX") from None


class _Refused(Exception):
    """A reason of our own, among those of the libraries."""


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        yield from _block(block, 0)
    for section in document.sections:
        for part in (section.header, section.footer):
            for paragraph in part.paragraphs:
                yield from paragraph.text.splitlines()


def _block(block: Any, depth: int) -> Iterator[str]:
    if hasattr(block, "rows"):
        seen = set()
        for row in block.rows if depth < 5 else ():
            for cell in row.cells:
                if cell._tc not in seen:  # a merged cell comes once for each place it takes
                    seen.add(cell._tc)
                    for each in cell.iter_inner_content():
                        yield from _block(each, depth + 1)
    else:
        yield from block.text.splitlines()


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise _Refused(f"has more than {MOST_PARTS:,} parts")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _Refused(f"unpacks to more than {MOST_UNPACKED >> 20} MiB")
    for part in parts:
        if part.file_size > _SMALL and part.file_size > _RATIO * max(part.compress_size, 1):
            raise _Refused(f"unpacks to more than {_RATIO} times its size")
        if part.flag_bits & 1:
            raise _Refused("is encrypted")
        name = part.filename.casefold()
        for mark, what in _ACTIVE.items():
            if mark in name:
                raise _Refused(f"carries {what}")
    _check_types(package)
    for part in parts:
        if part.filename.casefold().endswith(".rels"):
            _check_links(_parsed(package, part.filename))


def _check_types(package: zipfile.ZipFile) -> None:
    types = [each.get("ContentType", "") for each in _parsed(package, "[Content_Types].xml")]
    if any("macroenabled" in each.casefold() for each in types):
        raise _Refused("carries macros")
    if _TYPE not in types:
        raise _Refused("is no document of Word")


def _check_links(links: Element) -> None:
    for link in links:
        external = link.get("TargetMode", "").casefold() == "external"
        if external and not link.get("Type", "").casefold().endswith("/hyperlink"):
            raise _Refused("fetches something from elsewhere")


def _parsed(package: zipfile.ZipFile, name: str) -> Element:
    try:
        found: Element = fromstring(package.read(name))
        return found
    except DefusedXmlException:
        raise _Refused("declares entities in its XML") from None
    except (KeyError, ParseError):
        raise _Refused("is no document of Word, or a damaged one") from None
