"""Files that strangers sent, read in a process of their own.

Parsers of PDF, XML and pictures are large, partly in C, and read what an enemy wrote. So they run
where nothing is to be had: without files to write, with bounded memory, and killed when a file
takes too long. What breaks there costs one file its value and nothing else. The limits of the
readers themselves (pages, pixels, ratios) come first and give better reasons; these are for what
nobody thought of. Input: a line of JSON and as many bytes as it says; output: a line of JSON.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

STATM: Final = Path("/proc/self/statm")
MOST_MEMORY: Final = 1 << 30  # bytes beyond what the process needs to begin
RESUME, PHOTO, DOCUMENT = "resume", "photo", "document"


def read(kind: str, data: bytes) -> dict[str, list[str]]:
    """Values by kind. Raises ValueError with a reason. The readers' libraries are loaded late."""
    return _READERS[kind](data)


def _resume(data: bytes) -> dict[str, list[str]]:
    from stanch.formats import resume

    found = resume.read(data)
    return {"line": list(found.lines), "file_author": list(found.authors)}


def _photo(data: bytes) -> dict[str, list[str]]:
    from stanch.formats import photo

    found = photo.read(data)
    return {
        "photo": [found.pdq],
        "photo_turned": list(found.turned),
        "photo_crop": list(found.crops),
        "photo_phash": [found.phash],
        "photo_file": [found.sha256],
        "file_author": list(found.cameras),
        "provenance": [found.provenance] if found.provenance else [],
    }


def _document(data: bytes) -> dict[str, list[str]]:
    from stanch.formats import photo

    found = photo.read(data)
    return {
        "document_image": [found.pdq],
        "photo_file": [found.sha256],
        "file_author": list(found.cameras),
        "provenance": [found.provenance] if found.provenance else [],
    }


_READERS: Final[dict[str, Callable[[bytes], dict[str, list[str]]]]] = {
    RESUME: _resume,
    PHOTO: _photo,
    DOCUMENT: _document,
}


def _confine() -> None:
    """Load what is needed, then let go of what is not."""
    import stanch.formats.photo
    import stanch.formats.resume  # noqa: F401 - loaded before memory is bounded

    limits = {resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    if STATM.exists():  # elsewhere than on Linux no size is told, and none is bounded
        pages = int(STATM.read_text().split()[0])
        limits[resource.RLIMIT_AS] = pages * os.sysconf("SC_PAGE_SIZE") + MOST_MEMORY
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return {"values": read(asked["kind"], data)}
    except ValueError as error:
        return {"reason": str(error)}
    except (MemoryError, RecursionError):
        return {"reason": "needs more memory than a file may"}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nothing more is asked."""
    while line := requests.readline():
        asked = json.loads(line)
        data = requests.read(asked["bytes"])
        answers.write(json.dumps(_answer(asked, data)).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    _confine()
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    serve(sys.stdin.buffer, sys.stdout.buffer)
