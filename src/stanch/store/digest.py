"""What a file is, told by its bytes alone."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from stanch.errors import UsageError


@dataclass(frozen=True, slots=True)
class Digest:
    """Name without folders, SHA-256 in hex, and size in bytes: the same on every machine."""

    name: str
    sha256: str
    size: int


def digest(file: Path) -> Digest:
    """Read `file` whole. Raises UsageError where it is missing, a folder, or not readable."""
    try:
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            return Digest(file.name, sha256, stream.tell())
    except FileNotFoundError:
        raise UsageError(f"{file}: no such file") from None
    except IsADirectoryError:
        raise UsageError(f"{file}: is a folder; name the files in it") from None
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


def files_digests(paths: Iterable[Path]) -> list[dict[str, str | int]]:
    """Digests of files, and of every file below folders, in a fixed order, ready for JSON.

    A file below a folder is named from that folder on. Raises UsageError as `digest` does.
    """
    found = []
    for path in paths:
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else []
        for file in files or [path]:
            name = file.relative_to(path.parent).as_posix() if files else file.name
            found.append(asdict(digest(file)) | {"name": name})
    return found
