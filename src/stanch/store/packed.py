"""Gzip files whose bytes depend on their content alone: no name, no time in the header."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stanch.errors import InputError

_DAMAGE: Final = (EOFError, zlib.error, gzip.BadGzipFile)


@contextmanager
def packing(file: Path) -> Iterator[gzip.GzipFile]:
    """A new file that packs what is written to it."""
    with (
        file.open("xb") as below,
        gzip.GzipFile(filename="", mode="wb", fileobj=below, compresslevel=6, mtime=0) as stream,
    ):
        yield stream


def lines(file: Path) -> Iterator[bytes]:
    """The lines of a packed file, without their ends. Raises InputError where it is damaged."""
    try:
        with gzip.open(file, "rb") as stream:
            for line in stream:
                yield line.rstrip(b"\n")
    except _DAMAGE:
        raise InputError(str(file), "is damaged") from None
    except OSError as error:
        raise InputError(str(file), f"cannot be read ({error.strerror})") from None
