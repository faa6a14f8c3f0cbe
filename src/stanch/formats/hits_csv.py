"""The hits that a screening wrote, read back: CSV with the columns below, in any order.

`version`, that of the list, may be missing. Further columns are read over. `score` is a number
between 0 and 1; `evidence` is in words.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

COLUMNS: Final = ("query_id", "rank", "list", "entity_id", "name", "score", "evidence")
_MORE: Final = ("version",)
MAX_FIELD: Final = 100_000  # characters; no evidence is that long


@dataclass(frozen=True, slots=True)
class HitRow:
    """One row: `row` is its place in the file, the head being row 1."""

    row: int
    query_id: str
    rank: int
    list: str
    entity_id: str
    name: str
    score: float
    evidence: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class RefusedHit:
    """A row that is no hit, and why."""

    row: int
    reason: str


def parse(lines: Iterable[str]) -> Iterator[HitRow | RefusedHit]:
    """Read a file of hits, given line by line with their line ends.

    Raises ValueError with a short reason where the file as a whole is no such file.
    """
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(lines)
    try:
        head = [cell.strip().lstrip("\ufeff") for cell in next(reader, [])]
        if missing := [name for name in COLUMNS if name not in head]:
            raise ValueError(f"has no column {missing[0]}: is it what `stanch screen` wrote?")
        places = [head.index(name) for name in COLUMNS]
        places += [head.index(name) for name in _MORE if name in head]
        for row, cells in enumerate(reader, 2):
            if cells:
                yield _hit(row, cells, places)
    except csv.Error as error:
        raise ValueError(f"is no CSV: {error}") from None


def _hit(row: int, cells: list[str], places: list[int]) -> HitRow | RefusedHit:
    if max(places) >= len(cells):
        return RefusedHit(row, f"has {len(cells)} cells, too few")
    query, rank, list_id, entity, name, score, *rest = (cells[place] for place in places)
    if not (query and list_id and entity):
        return RefusedHit(row, "does not say who met which entry of which list")
    try:
        hit = HitRow(row, query, int(rank), list_id, entity, name, float(score), *rest)
    except ValueError:
        return RefusedHit(row, "rank or score is no number")
    if not 0 <= hit.score <= 1:
        return RefusedHit(row, "score is not between 0 and 1")
    return hit
