"""CSV files that commands write: whole or not at all."""

import csv
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stanch.errors import OutputError


def lines(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as CSV: UTF-8, a line feed behind each."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", "backslashreplace")


@contextmanager
def whole_file(out: Path) -> Iterator[Path]:
    """A draft beside `out` that takes its place when the block ends well, and else goes away.

    Raises OutputError where it cannot be written.
    """
    draft = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        try:
            draft.touch()  # a process that was killed may have left one
            yield draft
            with draft.open("rb") as stream:
                os.fsync(stream.fileno())
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror}") from error
