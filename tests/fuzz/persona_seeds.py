"""Where fuzzing the readers of an intake begins, and what each of them is."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from stanch.formats import photo, resume
from stanch.formats.document import mrz
from stanch.sources.personas import reader
from stanch.sources.personas.columns import ColumnMap
from tests import persona_files as files

_FOLDER = Path(tempfile.mkdtemp(prefix="stanch-fuzz-"))


def _rows(data: bytes) -> None:
    (_FOLDER / "rows").write_bytes(data)
    for each in reader.read(_FOLDER / "rows", ColumnMap()):
        str(each)


def _zone(data: bytes) -> None:
    mrz.parse(data.decode("latin-1")).as_json()


ROWS = b"id,email,ips,login,received\nA,a@b.de,198.51.100.7@2026-01-02;1.2.3.4,21.9,2026-01-01\n"
LINE = b'{"id":"a","ips":[{"ip":"198.51.100.7","time":1}],"employment":[{"employer":"x"}]}\n'
ZONE = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
READERS: dict[str, tuple[Callable[[bytes], object], list[bytes]]] = {
    "pdf": (resume.read, [files.pdf(["Led the API", "in Go"]),
                          files.pdf(["x y z"], "/OpenAction << /S /JavaScript /JS (a) >>")]),
    "docx": (resume.read, [files.docx(["Led the API in Go"])]),
    "photo": (photo.read, [files.saved(files.picture(side=64), form) for form in
                           ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP")]),
    "rows": (_rows, [ROWS, LINE]),
    "mrz": (_zone, [ZONE]),
}  # fmt: skip
