"""Files that name parties, opened: with errors that say which file, and what is wrong with it."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from stanch.errors import InputError, UsageError
from stanch.formats.subjects import Parsed, parse
from stanch.model.hits import Subject

DAMAGED: Final = (EOFError, zlib.error, gzip.BadGzipFile)  # what reading a broken file raises


def subjects_in(file: Path) -> Iterator[Subject]:
    """The parties in a file that can be screened; bad rows are passed over.

    Raises UsageError where there is no such file, InputError where it cannot be used.
    """
    with opened(file) as stream:
        for each in parsed(file, stream):
            if isinstance(each, Subject):
                yield each


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """A file's bytes, unpacked where it ends in `.gz`. Raises UsageError."""
    try:
        with file.open("rb") as stream:
            if file.suffix == ".gz":
                yield io.BufferedReader(gzip.GzipFile(fileobj=stream))
            else:
                yield stream
    except FileNotFoundError:
        raise UsageError(f"{file}: no such file") from None
    except IsADirectoryError:
        raise UsageError(f"{file}: is a folder; name the files in it") from None
    except PermissionError:
        raise UsageError(f"{file}: may not be read") from None


def parsed(file: Path, stream: BinaryIO) -> Iterator[Parsed]:
    """All that `formats.subjects` reads. Raises InputError where the file cannot be used."""
    try:
        yield from parse(file.name.removesuffix(".gz"), stream)
    except ValueError as error:
        raise InputError(file.name, str(error)) from None
    except DAMAGED:
        raise InputError(file.name, "is a damaged gzip file") from None
