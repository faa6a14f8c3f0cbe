"""`trace`: MOVES, PURSES and seeds in; flows, holdings and bounds out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from stanch.tracing.batch import batches
from stanch.tracing.books import open_book
from stanch.tracing.seeds import ActiveSeed, SeedDesk
from stanch.tracing.stops import Limits
from stanch.tracing.terrain import ATTENTION, SEEN, STOP, Terrain
from stanch.tracing.walk import Walk

Moves = Callable[[], Iterable[pa.RecordBatch]]

# Under these rules it matters when money came that the ledger does not show coming.
SENSITIVE = frozenset({"haircut@1", "fifo@1"})


@dataclass(frozen=True, slots=True)
class TraceRequest:
    """What to follow and how far. `method` is one of model.kinds.METHODS."""

    method: str
    seeds: tuple[ActiveSeed, ...]
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished trace. `walk` treats unknown opening balances as the method does, as the oldest
    money of a purse; `late` as money that came only when it was paid out. `late` is None where
    both are the same.
    """

    walk: Walk
    late: Walk | None


def trace(terrain: Terrain, moves: Moves, request: TraceRequest) -> Outcome:
    """Follow the seeds through all of `moves`.

    `terrain` must carry STOP and SPRING flags; seeds and wide purses are flagged here. Raises
    nothing of its own: the input was checked when the ledger was built.
    """
    for seed in request.seeds:
        terrain.flags[seed.purse] &= ~np.uint8(STOP)  # the thief's account is never the end
        terrain.flags[seed.purse] |= ATTENTION
    terrain.flags[terrain.wide] |= ATTENTION
    walk = _walked(terrain, moves, request)
    late = None
    if request.method in SENSITIVE and _reached_unknown(terrain):
        late = _walked(terrain.late(), moves, request)
    return Outcome(walk, late)


def _walked(terrain: Terrain, moves: Moves, request: TraceRequest) -> Walk:
    book = open_book(request.method, terrain)
    walk = Walk(terrain, book, SeedDesk.of(request.seeds), request.limits)
    walk.run(batches(moves()))
    return walk


def _reached_unknown(terrain: Terrain) -> bool:
    """Whether stolen money met money of unknown origin."""
    reached = (terrain.flags & SEEN != 0) & (terrain.flags & STOP == 0)
    unknown = (terrain.opening[:, 0] | terrain.opening[:, 1]) != 0
    return bool((reached & unknown).any()) or any(reached[p] for p in terrain.opening_wide)
