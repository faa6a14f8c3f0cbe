"""A pack as bytes of a document, and as files."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.csv_file import whole_file
from stanch.errors import TooManyError, UsageError
from stanch.i18n.pack import LANGUAGES
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import encoded
from stanch.reports.pack.pack import Pack
from stanch.reports.pack.preview import Looked, preview

# Setting a PDF takes a core for seconds: a server does one at a time, and nobody waits in line.
_ONE: Final = threading.Lock()
_WAIT: Final = 5  # seconds


@dataclass(frozen=True, slots=True)
class Out:
    """Where the documents go, in which language, and where fonts are."""

    language: str
    pdf: Path | None
    html: Path | None
    fonts: tuple[Path, ...] = ()


def write(pack: Pack, out: Out) -> None:
    """Write the documents, each whole or not at all. Raises as the two below, OutputError."""
    parts = [
        (out.pdf, as_pdf(pack, out.language, out.fonts) if out.pdf else b""),
        (out.html, as_html(pack, out.language) if out.html else b""),
    ]
    for path, data in parts:
        if path is not None:
            with whole_file(path) as draft:
                draft.write_bytes(data)


def as_pdf(pack: Pack, language: str, fonts: tuple[Path, ...] = ()) -> bytes:
    """The PDF. Raises UsageError for a language, for Typst or for fonts that are not there,
    InputError for many letters that no font has, TooManyError while another one is being set.
    """
    _check(language)
    try:
        from stanch.reports.pack.pdf import pdf
    except ModuleNotFoundError as error:
        raise UsageError(f"needs {error.name}: pip install 'stanch[desk,pack]'") from None
    if not _ONE.acquire(blocking=False):
        raise TooManyError("packs at one time", _WAIT)
    try:
        return pdf(compose(pack, language), fonts)
    finally:
        _ONE.release()


def as_html(pack: Pack, language: str) -> bytes:
    """The page. Raises UsageError for a language that there is none of."""
    _check(language)
    return encoded(compose(pack, language))


def as_preview(pack: Pack, language: str, looked: Looked) -> bytes:
    """A page to be looked at, of the document or of rows that it rests on. Raises UsageError for a
    language that there is none of, NotFoundError for rows that are not there.
    """
    _check(language)
    return preview(pack, language, looked)


def _check(language: str) -> None:
    if language not in LANGUAGES:
        raise UsageError(f"--lang {language}: is none of {', '.join(LANGUAGES)}")
