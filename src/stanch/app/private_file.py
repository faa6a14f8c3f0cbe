"""Files with a secret in them: their owner alone can read them, from their first moment on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from stanch.errors import OutputError, UsageError


@contextmanager
def private_file(file: Path) -> Iterator[BinaryIO]:
    """A new file, which is there before the block begins and gone again where the block raises:
    whoever asks for a secret that is told once has a place for it.

    Raises UsageError where something stands there, OutputError where it cannot be written.
    """
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise UsageError(f"{file}: stands there already, and is not replaced") from None
    except OSError as error:
        raise OutputError(f"{file}: cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        file.unlink(missing_ok=True)
        raise OutputError(f"{file}: cannot be written: {error.strerror}") from None
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def read_private(file: Path, instead: str, most: int = 1 << 16) -> bytes:
    """A file's bytes, up to `most`. Raises UsageError where it cannot be read, or others can read
    it; `instead` says what to do then, such as "ask for a new key".
    """
    try:
        with file.open("rb") as stream:
            shared = os.fstat(stream.fileno()).st_mode & 0o077
            data = stream.read(most)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None
    if shared:
        raise UsageError(f"{file}: others can read it; chmod 600 it, and {instead}")
    return data
