"""Hits by name and hits by identifier of one subject, as one list: an entry stands in it once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stanch.model.hits import Hit
from stanch.screening.identifiers.hits import probability

SAME: Final = "identifier.same"


def merged(by_name: Sequence[Hit], by_identifier: Sequence[Hit]) -> list[Hit]:
    """Best first, then by list and entry, ranked from 1.

    A hit by name that already counts an identifier as the same is the whole truth. Else the
    identifiers' evidence is added to that of the name: both speak of one entry.
    """
    found = {(hit.list, hit.version, hit.entry): hit for hit in by_identifier}
    for hit in by_name:
        key = (hit.list, hit.version, hit.entry)
        if other := found.get(key):
            found[key] = _both(hit, other)
        else:
            found[key] = hit
    hits = sorted(found.values(), key=lambda hit: (-hit.points, hit.list, hit.entry))
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits, 1)]


def _both(by_name: Hit, by_identifier: Hit) -> Hit:
    if any(each.code == SAME for each in by_name.evidence):
        return by_name
    evidence = (*by_name.evidence, *by_identifier.evidence)
    points = sum(each.points for each in evidence)
    return replace(by_name, evidence=evidence, points=points, score=probability(points))
