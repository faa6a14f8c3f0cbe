"""Small ledgers for tests, written as lists of (from, to, amount[, asset[, tx]])."""

from collections.abc import Sequence

import numpy as np

from stanch.model.kinds import ACCOUNT
from stanch.tracing.batch import MoveBatch
from stanch.tracing.seeds import ActiveSeed, SeedDesk
from stanch.tracing.sink import limbs
from stanch.tracing.stops import Limits
from stanch.tracing.terrain import ATTENTION, Terrain
from stanch.tracing.walk import Walk

Row = tuple[int, int, int]  # purse, purse, amount
TOO_WIDE = 1 << 127


def openings(rows: Sequence[Row], exempt: frozenset[int] = frozenset()) -> dict[int, int]:
    """Least opening balance of each purse."""
    sums: dict[int, int] = {}
    least: dict[int, int] = {}
    for src, dst, amount in rows:
        if src == dst:
            continue
        sums[src] = sums.get(src, 0) - amount
        least[src] = min(least.get(src, 0), sums[src])
        sums[dst] = sums.get(dst, 0) + amount
    return {p: -v for p, v in least.items() if v and p not in exempt}


def terrain(rows: Sequence[Row], purses: int, incidents: int, wide: bool = False) -> Terrain:
    """Purses 0..n-1, each an account of its own in one asset, with least openings."""
    opening = openings(rows)
    values = [opening.get(p, 0) for p in range(purses)]
    return Terrain(
        account=np.arange(purses, dtype=np.int32),
        asset=np.zeros(purses, np.int32),
        form=np.full(purses, ACCOUNT, np.int8),
        opening=limbs(values),
        wide=np.full(purses, wide),
        flags=np.full(purses, ATTENTION if wide else 0, np.uint8),
        incidents=incidents,
        opening_wide={p: v for p, v in enumerate(values) if v >= 1 << 128},
    )


def batch(rows: Sequence[Row], group: Sequence[int] | None = None, base: int = 0) -> MoveBatch:
    """The rows as arrays."""
    amounts = limbs([amount for _, _, amount in rows])
    return MoveBatch(
        base=base,
        src=np.array([row[0] for row in rows], dtype=np.uint32),
        dst=np.array([row[1] for row in rows], dtype=np.uint32),
        lo=np.ascontiguousarray(amounts[:, 0]),
        hi=np.ascontiguousarray(amounts[:, 1]),
        group=np.array(group or [0] * len(rows), dtype=np.uint8),
        tx=np.arange(len(rows), dtype=np.int64),
        wide={i: row[2] for i, row in enumerate(rows) if row[2] >= 1 << 128},
    )


def walk(
    book_maker, land: Terrain, rows: Sequence[Row], seeds: Sequence[ActiveSeed], **more
) -> Walk:
    """Walk the rows in one batch and return the walk."""
    for seed in seeds:
        land.flags[seed.purse] |= ATTENTION
    trip = Walk(land, book_maker(land), SeedDesk.of(tuple(seeds)), more.get("limits", Limits()))
    trip.run([batch(rows, more.get("group"))])
    return trip


def flows(trip: Walk) -> list[tuple[int, int, int, str]]:
    """All flows as (row, incident, traced, rule)."""
    from stanch.tracing.sink import RULES

    out = []
    for chunk in trip.sink:
        for place in range(len(chunk.row)):
            lo, hi = chunk.traced[place]
            amount = chunk.wide[place][0] if place in chunk.wide else int(lo) | int(hi) << 64
            rule = RULES[chunk.rule[place]]
            if amount:
                out.append((int(chunk.row[place]), int(chunk.incident[place]), amount, rule))
    return out


def held(trip: Walk) -> dict[tuple[int, int], int]:
    """Stolen money by (purse, incident)."""
    holdings = trip.book.holdings()
    return {
        (int(p), int(k)): holdings.amount_at(place)
        for place, (p, k) in enumerate(zip(holdings.purse, holdings.incident, strict=True))
    }
