"""From identifiers that are the same to hits: one for each entry, with all that speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyarrow as pa

from stanch.model.hits import Evidence, Hit

METHOD: Final = "identifier@1"


@dataclass(frozen=True, slots=True)
class Found:
    """The row of an entry, and why one of a subject's identifiers is one of its own."""

    entry: int
    evidence: tuple[Evidence, ...]


def probability(points: float) -> float:
    """Decibans as a probability between 0 and 1.

    >>> probability(0.0), round(probability(30.0), 3)
    (0.5, 0.999)
    """
    return float(1 / (1 + 10 ** (-points / 10)))


def hits_of(subject: str, found: Sequence[Found], entries: pa.Table) -> tuple[Hit, ...]:
    """Hits of one subject, best first, then by list and entry."""
    by_entry: dict[int, dict[Evidence, None]] = {}
    for each in found:
        by_entry.setdefault(each.entry, {}).update(dict.fromkeys(each.evidence))
    hits = [_hit(subject, entries, row, tuple(said)) for row, said in by_entry.items()]
    hits.sort(key=lambda hit: (-hit.points, hit.list, hit.entry))
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits, 1))


def _hit(subject: str, entries: pa.Table, row: int, evidence: tuple[Evidence, ...]) -> Hit:
    said = {name: entries[name][row].as_py() for name in entries.column_names}
    points = sum(each.points for each in evidence)
    return Hit(
        subject=subject,
        rank=0,
        list=said["list"],
        version=said["version"],
        entry=said["id"],
        schema=said["schema"],
        name=said["name"],
        programs=tuple(said["programs"]),
        score=probability(points),
        points=points,
        evidence=evidence,
        method=METHOD,
    )
