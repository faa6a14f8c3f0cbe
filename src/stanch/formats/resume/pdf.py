"""PDF (ISO 32000) to lines, by pypdf.

Refused: what runs or carries something (JavaScript, launching, forms that send, embedded files,
rich media, XFA), encryption, more than 50 pages, streams that unpack to more than 16 MiB.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any, Final

from pypdf import PdfReader, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from stanch.formats.resume.text import Resume, author, bounded

MOST_PAGES: Final = 50
MOST_OBJECTS: Final = 100_000
_MOST_UNPACKED: Final = 16 << 20
_ACTIONS: Final = {
    "/JavaScript": "JavaScript",
    "/Launch": "an action that starts a program",
    "/SubmitForm": "a form that sends",
    "/ImportData": "an action that reads files",
    "/Rendition": "media that plays",
    "/GoToE": "embedded files",
}
_KEYS: Final = {
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/EmbeddedFiles": "embedded files",
    "/EF": "embedded files",
    "/XFA": "a form of the kind XFA",
    "/RichMediaContent": "media that plays",
}

_LIMITS: Final[dict[str, Any]] = {
    "array_based_stream_maximum_output_length": _MOST_UNPACKED,
    "lzw_maximum_output_length": _MOST_UNPACKED,
    "run_length_maximum_output_length": _MOST_UNPACKED,
    "zlib_maximum_output_length": _MOST_UNPACKED,
    "stream_decoding_work_maximum_length": 4 * _MOST_UNPACKED,
    "stream_parsing_work_maximum_count": 500_000,
}
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings quote the file


def read(data: bytes) -> Resume:
    """The text of a PDF. Raises ValueError with a short reason."""
    try:
        with apply_configuration(**_LIMITS):
            return _read(data)
    except _Refused as error:
        raise ValueError(str(error)) from None
    except ValueError as error:
        known = str(error).startswith("has ")
        raise ValueError(str(error) if known else "is a damaged PDF") from None
    except Exception:  # pypdf raises whatever a broken file makes Python raise
        raise ValueError("is a damaged PDF") from None


def _read(data: bytes) -> Resume:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise _Refused("is encrypted")
    _check(reader)
    if len(reader.pages) > MOST_PAGES:
        raise _Refused(f"has more than {MOST_PAGES} pages")
    said: Any = reader.metadata or {}
    lines = bounded(_lines(reader))
    return Resume(lines, author(said.get("/Author"), said.get("/Producer")))


class _Refused(Exception):
    """A reason of our own, among those of the library."""


def _lines(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        yield from page.extract_text().splitlines()


def _check(reader: PdfReader) -> None:
    """Look at every object that can be reached."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if (place := (each.idnum, each.generation)) in seen:
                continue
            seen.add(place)
            each = each.get_object()
        count += 1
        if count > MOST_OBJECTS:
            raise _Refused(f"has more than {MOST_OBJECTS:,} objects")
        if isinstance(each, DictionaryObject):
            _check_one(each)
            waiting.extend(dict.values(each))
        elif isinstance(each, ArrayObject):
            waiting.extend(list.__iter__(each))


def _check_one(each: DictionaryObject) -> None:
    for key, what in _KEYS.items():
        if key in each:
            raise _Refused(f"carries {what}")
    action = each.get("/S")
    if isinstance(action, str) and action in _ACTIONS:
        raise _Refused(f"carries {_ACTIONS[action]}")
