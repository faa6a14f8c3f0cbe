"""Ledgers for the tests of `affinity@1`, run through `trace` as the product runs them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from stanch.model.kinds import ACCOUNT, FEES
from stanch.model.tables import MOVES
from stanch.tracing.seeds import ActiveSeed, Allowance
from stanch.tracing.sink import LIMB, RULES, limbs
from stanch.tracing.stops import Limits
from stanch.tracing.terrain import STOP, Terrain
from stanch.tracing.trace import TraceRequest, trace
from stanch.tracing.unknown import leave_to_seeds
from stanch.tracing.walk import Walk
from tests.tracing.ledgers import openings

PURSES, STOPPED, EARNER = 8, 6, 7  # the last two: a service, and who earns the fees
INCIDENTS = 3
SMALL = st.sampled_from([0, 1, 2, 3, 5, 10, 10, 20, 30, 999, 1000, 1000, 1003, 2000, 3000, 3001])


@dataclass
class Case:
    """Rows (from, to, amount) among PURSES; seeds {purse: (incident, first row, limit)}."""

    rows: list[tuple[int, int, int]]
    seeds: dict[int, tuple[int, int, int | None]] = field(default_factory=dict)
    tx: list[int] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    asset: Sequence[int] = (0,) * PURSES
    account: Sequence[int] = tuple(range(PURSES))
    form: Sequence[int] = (*[ACCOUNT] * EARNER, FEES)
    wide: bool = False
    limits: Limits = field(default_factory=Limits)

    def active(self) -> tuple[ActiveSeed, ...]:
        return tuple(
            ActiveSeed(purse, incident, min(start, len(self.rows)), Allowance(limit))
            for purse, (incident, start, limit) in self.seeds.items()
        )

    def land(self) -> Terrain:
        opening = openings(self.rows)
        values = [opening.get(purse, 0) for purse in range(PURSES)]
        land = Terrain(
            account=np.array(self.account, np.int32),
            asset=np.array(self.asset, np.int32),
            form=np.array(self.form, np.int8),
            opening=limbs(values),
            wide=np.full(PURSES, self.wide),
            flags=np.zeros(PURSES, np.uint8),
            incidents=INCIDENTS,
            opening_wide={p: v for p, v in enumerate(values) if v >> 128},
        )
        land.flags[[STOPPED, EARNER]] |= STOP
        return land

    def moves(self, columns: Sequence[str], size: int) -> list[pa.RecordBatch]:
        amounts = [amount for _, _, amount in self.rows]
        values = {
            "src": [src for src, _, _ in self.rows],
            "dst": [dst for _, dst, _ in self.rows],
            "amount_lo": [a & LIMB if not a >> 128 else 0 for a in amounts],
            "amount_hi": [a >> 64 if not a >> 128 else 0 for a in amounts],
            "amount_wide": [a.to_bytes(32, "big") if a >> 128 else None for a in amounts],
            "group": self.group or [0] * len(amounts),
            "tx": self.tx or list(range(len(amounts))),
            "time": list(range(len(amounts))),
        }
        kept = [MOVES.field(column) for column in columns]
        arrays = [pa.array(values[each.name], each.type) for each in kept]
        table = pa.Table.from_arrays(arrays, schema=pa.schema(kept))
        return table.to_batches(max_chunksize=size)

    def walk(self, method: str = "affinity@1", size: int = 1 << 20) -> Walk:
        """The last walk of a trace that reads batches of `size` rows."""
        land = self.land()
        leave_to_seeds(land, self.active(), lambda columns: self.moves(columns, size))
        request = TraceRequest(method, self.active(), self.limits)
        return trace(land, lambda columns: self.moves(columns, size), request).walk


@dataclass(frozen=True)
class Seen:
    """What a walk wrote: (row, incident) -> amounts and rule; (purse, incident) -> amounts."""

    traced: dict[tuple[int, int], int]
    inferred: dict[tuple[int, int], int]
    claimed: dict[tuple[int, int], int]
    rule: dict[tuple[int, int], str]
    held: dict[tuple[int, int], int]
    guessed: dict[tuple[int, int], int]


def seen(walk: Walk) -> Seen:
    """Everything that a walk wrote, added up by row, purse and incident, without zeros."""
    sums: list[dict[tuple[int, int], int]] = [{}, {}, {}]
    rules: dict[tuple[int, int], str] = {}
    for chunk in walk.sink:
        for place in range(len(chunk.row)):
            key = int(chunk.row[place]), int(chunk.incident[place])
            columns = (chunk.traced, chunk.inferred, chunk.claimed)
            narrow = tuple(
                0 if c is None else int(c[place, 0]) | int(c[place, 1]) << 64 for c in columns
            )
            for target, value in zip(sums, chunk.wide.get(place, narrow), strict=True):
                if value:
                    target[key] = target.get(key, 0) + value
            rules.setdefault(key, RULES[chunk.rule[place]])
    holdings = walk.book.holdings()
    pairs = zip(holdings.purse.tolist(), holdings.incident.tolist(), strict=True)
    held = {pair: holdings.amount_at(place) for place, pair in enumerate(pairs)}
    return Seen(*sums, rules, held, walk.inferred)


@st.composite
def cases(draw: st.DrawFn, amount: st.SearchStrategy[int] = SMALL, most: int = 30) -> Case:
    """Rows with fees before or behind them; up to three seeds without a limit."""
    purse = st.integers(0, STOPPED)
    rows: list[tuple[int, int, int]] = []
    tx: list[int] = []
    legs = draw(
        st.lists(
            st.tuples(purse, purse, amount, st.sampled_from([0, 0, 0, 1, 2]), st.booleans()),
            min_size=1,
            max_size=most,
        )
    )
    for number, (src, dst, value, fee, first) in enumerate(legs):
        made = [(src, dst, value), *([(src, EARNER, fee)] if fee else [])]
        rows += reversed(made) if first else made
        tx += [number] * len(made)
    starts = st.one_of(st.just(0), st.integers(0, len(rows) - 1))
    seeds = draw(
        st.dictionaries(
            st.integers(0, STOPPED - 1),
            st.tuples(st.integers(0, INCIDENTS - 1), starts, st.none()),
            min_size=1,
            max_size=3,
        )
    )
    return Case(rows, seeds, tx)


# Just inside and just outside of both tolerances of 1000 and 2000, and parts that sum to them.
NEAR = st.sampled_from(
    [200, 250, 300, 332, 333, 334, 400, 499, 500, 501, 600, 996, 997, 998, 999, 1000, 1001, 1002,
     1003, 1004, 1997, 1998, 2000, 2003]
)  # fmt: skip


@st.composite
def hubs(draw: st.DrawFn) -> Case:
    """Everything at one account: a thief (0) and others pay it, it pays three accounts."""
    ways = st.sampled_from([(0, 1), (0, 1), (2, 1), (3, 1), (1, 3), (1, 4), (1, 4), (1, STOPPED)])
    few = draw(st.lists(NEAR, min_size=1, max_size=6))
    legs = st.tuples(ways, st.sampled_from(few))
    rows = [(*way, amount) for way, amount in draw(st.lists(legs, min_size=2, max_size=18))]
    return Case(rows, {0: (0, 0, None)})
