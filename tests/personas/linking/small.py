"""Small intakes as linking sees them, from plain values."""

from collections.abc import Mapping, Sequence

import numpy as np

from stanch.model.personas import kinds
from stanch.model.personas.values import NO_TIME
from stanch.personas.evidence.sight import Keys, Near, Paid, Sight

NONE = np.zeros(0, dtype=np.uint64)


def keys(rows: Sequence[tuple[int, int]], places: Sequence[int] | None = None) -> Keys:
    """From (record, key)."""
    record = np.array([each for each, _ in rows], dtype=np.int32)
    key = np.array([each for _, each in rows], dtype=np.uint64)
    place = np.array(places if places is not None else range(len(rows)), dtype=np.int32)
    order = np.lexsort((place, record, key))
    time = np.full(len(rows), NO_TIME)
    return Keys(record[order], key[order], place[order], time)


def near(rows: Sequence[tuple[int, str]], times: Sequence[int] | None = None) -> Near:
    """From (record, value)."""
    record = np.array([each for each, _ in rows], dtype=np.int32)
    time = np.array(times or [NO_TIME] * len(rows), dtype=np.int64)
    return Near(record, [value for _, value in rows], time)


def sight(
    people: int,
    held: Mapping[str, Keys | Sequence[tuple[int, int]]],
    paid: Sequence[tuple[int, int]] = (),
    services: Sequence[int] = (),
    seen: Mapping[str, Near] | None = None,
) -> Sight:
    """An intake of `people` records."""
    tables = {kind: rows if isinstance(rows, Keys) else keys(rows) for kind, rows in held.items()}
    src = np.array([each for each, _ in paid], dtype=np.uint64)
    dst = np.array([each for _, each in paid], dtype=np.uint64)
    return Sight(
        people,
        lambda kind: tables.get(kind, keys([])),
        lambda kind: (seen or {}).get(kind, near([])),
        Paid(src, dst, np.array(services, dtype=np.uint64)),
    )


ALL = kinds.KEYED
