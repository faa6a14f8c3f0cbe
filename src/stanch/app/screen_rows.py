"""The tables that a screening writes: hits, and rows that could not be used."""

from typing import Final

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
