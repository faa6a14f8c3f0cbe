"""The tables that a screening writes: hits, and rows that could not be used."""

import csv
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stanch.errors import OutputError
from stanch.i18n import settle_words, words
from stanch.model.hits import Evidence, Hit

COLUMNS: Final = (
    "query_id", "rank", "list", "entity_id", "name", "score", "evidence",
    "version", "schema", "programs", "points", "settle", "method", "source",
)  # fmt: skip
REJECTED: Final = ("file", "row", "reason")
_BETWEEN: Final = "; "


def row(query: str, hit: Hit, source: str) -> tuple[str, ...]:
    """A hit as cells, in the order of COLUMNS. `query` is who was asked for."""
    return (
        query,
        str(hit.rank),
        hit.list,
        hit.entry,
        hit.name,
        f"{hit.score:.6f}",
        _BETWEEN.join(map(said, hit.evidence)),
        hit.version,
        hit.schema,
        _BETWEEN.join(hit.programs),
        f"{hit.points:.2f}",
        settling(hit),
        hit.method,
        source,
    )


def said(evidence: Evidence) -> str:
    """One reason in words, with its decibans."""
    return f"{words(evidence)} ({evidence.points:+.1f})"


def settling(hit: Hit) -> str:
    """What would settle it, in words."""
    return _BETWEEN.join(map(settle_words, hit.settle))


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
            draft.touch(exist_ok=False)
            yield draft
            with draft.open("rb") as stream:
                os.fsync(stream.fileno())
            draft.replace(out)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror}") from error
