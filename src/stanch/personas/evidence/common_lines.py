"""Lines and employers that two records share though many have them (indicator 11).

Reads lines that more records hold than `rare_lines` reads, and employers of a history: true of
colleagues and of everybody who took one template, so it ties nobody. It is looked at only between
records that other evidence brought together. Weight: the number that a pair shares, under a Poisson
variable whose mean is exact for this intake (over all pairs, from how many hold each value), so
that what everybody has is worth nothing.

False positives: real colleagues and classmates, who share several employers; that is why the same
firms in the same order with other words is the least of what ties two resumes.
"""

from typing import Final

import numpy as np

from stanch.model.personas import kinds
from stanch.personas.evidence import rare_lines
from stanch.personas.evidence.indicator import OPERATOR, TEXT, Counts, Found, Indicator, Records
from stanch.personas.evidence.shared import runs
from stanch.personas.evidence.sight import Keys, Sight

INDICATOR: Final = Indicator("common_lines@1", TEXT, OPERATOR, stated=6)
EMPLOYERS: Final = Indicator("employers@1", TEXT, OPERATOR, stated=8)
SHARE: Final = 100  # a value that more than one in so many hold is a template's, and says nothing
COUNTED: Final = 8


def find(sight: Sight, a: Records, b: Records) -> tuple[tuple[Found, int], ...]:
    """What given pairs share, and in how many meetings of two records such values stand in all."""
    return (
        _shared(INDICATOR, sight, (kinds.LINE, rare_lines.MOST), (a, b)),
        _shared(EMPLOYERS, sight, (kinds.EMPLOYER, 0), (a, b)),
    )


def _shared(
    indicator: Indicator, sight: Sight, of: tuple[str, int], pairs: tuple[Records, Records]
) -> tuple[Found, int]:
    kind, above = of
    keys = sight.keys(kind).once()
    start, length = runs(keys.key)
    kept = (length > max(above, 1)) & (length <= max(sight.people // SHARE, 2))
    held = np.repeat(np.where(kept, length, 0), length)
    met = int((length[kept] * (length[kept] - 1) // 2).sum())
    rank = np.repeat(np.arange(len(start)), length)
    return _met(indicator, Keys(keys.record, rank.astype(np.uint64), keys.place, held), pairs), met


def _met(indicator: Indicator, keys: Keys, pairs: tuple[Records, Records]) -> Found:
    """`keys` has ranks of values for keys, and holders for times."""
    rows = np.flatnonzero(keys.time)
    owner, rank, held = keys.record[rows], keys.key[rows].astype(np.int64), keys.time[rows]
    order = np.lexsort((rank, owner))
    owner, rank, held = owner[order], rank[order], held[order]
    a, b = pairs
    begin, end = np.searchsorted(owner, a), np.searchsorted(owner, a, side="right")
    count = end - begin
    pair = np.repeat(np.arange(len(a)), count)
    at = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count) + begin[pair]
    top = int(rank.max()) + 1 if len(rank) else 1
    held_by = owner.astype(np.int64) * top + rank
    wanted = b[pair].astype(np.int64) * top + rank[at]
    place = np.searchsorted(held_by, wanted)
    same = np.zeros(len(wanted), dtype=np.bool_)
    inside = place < len(held_by)
    same[inside] = held_by[place[inside]] == wanted[inside]
    n: Counts = np.bincount(pair[same], minlength=len(a)).astype(np.int64)
    holders = np.full(len(a), np.iinfo(np.int64).max)
    np.minimum.at(holders, pair[same], held[at[same]])
    some = n > 0
    tier = np.minimum(n[some], COUNTED)
    return Found(indicator, a[some], b[some], n[some], holders[some], tier)
