"""`trace`: MOVES, PURSES and seeds in; flows, holdings and bounds out."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from stanch.model.collector import without_collector
from stanch.tracing.batch import COLUMNS, Moves, batches
from stanch.tracing.book import Book
from stanch.tracing.books import open_book
from stanch.tracing.methods.affinity.book import AffinityBook, Measure
from stanch.tracing.methods.affinity.history import History
from stanch.tracing.methods.affinity.pairs import Plans
from stanch.tracing.seeds import ActiveSeed, Allowance, SeedDesk
from stanch.tracing.stops import Limits
from stanch.tracing.terrain import ATTENTION, SEEN, STOP, Terrain
from stanch.tracing.walk import Walk

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
    """A finished trace. In `walk`, money that the ledger does not show coming is there when a
    payment needs it; in `early` it was there from the start. `early` is None where both are the
    same.
    """

    walk: Walk
    early: Walk | None


def trace(terrain: Terrain, moves: Moves, request: TraceRequest) -> Outcome:
    """Follow the seeds through all of `moves`.

    `terrain` must carry STOP and SPRING flags; seeds and wide purses are flagged here. Raises
    nothing of its own: the input was checked when the ledger was built.
    """
    for seed in request.seeds:
        terrain.flags[seed.purse] &= ~np.uint8(STOP)  # the thief's account is never the end
        terrain.flags[seed.purse] |= ATTENTION
    terrain.flags[terrain.wide] |= ATTENTION
    if request.method == "affinity@1":
        return Outcome(_with_affinity(terrain, moves, request), None)
    land = terrain.late()
    walk = _walked(open_book(request.method, land), land, moves, request)
    early = None
    if request.method in SENSITIVE and _reached_unknown(terrain):
        land = terrain.afresh()
        early = _walked(open_book(request.method, land), land, moves, request)
    return Outcome(walk, early)


def _walked(book: Book, terrain: Terrain, moves: Moves, request: TraceRequest) -> Walk:
    walk = Walk(terrain, book, SeedDesk.of(request.seeds), request.limits)
    walk.run(batches(moves(COLUMNS)))
    return walk


def _with_affinity(terrain: Terrain, moves: Moves, request: TraceRequest) -> Walk:
    """Find what could be reached, walk once to measure, and once more to infer from that."""
    with without_collector():
        return _walked_twice(terrain, moves, request)


def _walked_twice(terrain: Terrain, moves: Moves, request: TraceRequest) -> Walk:
    plans = Plans(History(terrain, _reach(terrain, moves, request)).read(moves))
    book = AffinityBook(terrain, plans, _measured(terrain.afresh(), plans, moves, request))
    walk = _walked(book, terrain, moves, request)
    walk.inferred = book.inferred()
    return walk


def _measured(terrain: Terrain, plans: Plans, moves: Moves, request: TraceRequest) -> Measure:
    """What the first walk of `affinity@1` learns; the rest of it is forgotten."""
    book = AffinityBook(terrain, plans)
    _walked(book, terrain, moves, request)
    return book.measure


def _reach(terrain: Terrain, moves: Moves, request: TraceRequest) -> npt.NDArray[np.bool_]:
    """Purses that any stolen money could get to, found by poison; incidents do not matter."""
    land = replace(terrain.afresh(), incidents=1)
    seeds = tuple(ActiveSeed(seed.purse, 0, seed.start, Allowance(None)) for seed in request.seeds)
    _walked(open_book("poison@1", land), land, moves, TraceRequest("poison@1", seeds))
    reached: npt.NDArray[np.bool_] = land.flags & SEEN != 0
    return reached


def _reached_unknown(terrain: Terrain) -> bool:
    """Whether stolen money met money of unknown origin."""
    if not terrain.opening.any() and not terrain.opening_wide:
        return False
    reached = (terrain.flags & SEEN != 0) & (terrain.flags & STOP == 0)
    unknown = (terrain.opening[:, 0] | terrain.opening[:, 1]) != 0
    return bool((reached & unknown).any()) or any(reached[p] for p in terrain.opening_wide)
