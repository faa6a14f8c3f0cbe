"""The sentence of a trace: ledger, labels, seeds -> terrain -> walk -> endpoints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.errors import UsageError
from stanch.ledger.reader import Ledger
from stanch.model.amounts import major_to_smallest
from stanch.model.kinds import CATEGORIES, METHODS, NULL_ADDRESSES
from stanch.pipeline.seeds import SeedSet
from stanch.tracing.batch import Moves
from stanch.tracing.endpoints import Conservation, Endpoints, conservation, endpoints
from stanch.tracing.stops import Limits
from stanch.tracing.survey import Accounts, survey
from stanch.tracing.terrain import Terrain
from stanch.tracing.trace import Outcome, TraceRequest, trace
from stanch.tracing.unknown import leave_to_seeds

BATCH_ROWS = 1 << 20
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a trace goes: hops from the seed, a last moment, a least amount in major units."""

    hops: int | None = None
    until: datetime | None = None
    least: str | None = None


NO_LIMITS = Reach()


@dataclass(frozen=True, slots=True)
class Case:
    """What one trace is made of. `labels` are LABELS; `suspects` account ids to stop at."""

    ledger: Ledger
    seeds: SeedSet
    method: str
    labels: pa.Table
    suspects: npt.NDArray[np.int64]
    reach: Reach = NO_LIMITS


@dataclass(frozen=True, slots=True)
class Followed:
    """A finished trace: the walk, its endpoints and the check of its books.

    `terrain` carries what was reached; `ends` is endpoints by key, `books` one line for each
    incident and asset; `rows` how many MOVES were read.
    """

    case: Case
    terrain: Terrain
    outcome: Outcome
    ends: Endpoints
    books: list[Conservation]
    rows: int

    def moves(self, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        """The MOVES that the trace saw, again."""
        return _until(self.case.ledger, columns, self.rows)


def follow(case: Case) -> Followed:
    """Trace a case. Raises UsageError for a method that does not exist."""
    if case.method not in METHODS:
        raise UsageError(f"unknown method {case.method}; there are {', '.join(METHODS)}")
    ledger = case.ledger
    assets = ledger.assets()
    terrain, fates = survey(
        ledger.purses(), assets, _accounts(case), incidents=len(case.seeds.incidents)
    )
    until = case.reach.until
    rows = ledger.rows if until is None else ledger.first_row_after(until)
    moves: Moves = lambda columns: _until(ledger, columns, rows)  # noqa: E731
    leave_to_seeds(terrain, case.seeds.active, moves)
    limits = Limits(case.reach.hops, _least(case.reach.least, assets))
    outcome = trace(terrain, moves, TraceRequest(case.method, case.seeds.active, limits))
    ends = endpoints(outcome, terrain, fates, len(assets))
    return Followed(case, terrain, outcome, ends, conservation(outcome, terrain, ends), rows)


def _accounts(case: Case) -> Accounts:
    names = case.ledger.accounts().column("account").combine_chunks()
    category = np.full(len(names), UNKNOWN, np.int8)
    known = pc.index_in(case.labels["account"], value_set=names).to_numpy(zero_copy_only=False)
    place = pc.index_in(case.labels["category"], value_set=pa.array(CATEGORIES))
    category[known.astype(np.int64)] = place.to_numpy(zero_copy_only=False)
    suspected = np.zeros(len(names), bool)
    suspected[case.suspects] = True
    return Accounts(category, _null(names), suspected)


def _null(names: pa.Array) -> npt.NDArray[np.bool_]:
    """Which accounts are addresses that nobody holds: units sent there are burned."""
    null: npt.NDArray[np.bool_] = np.zeros(len(names), bool)
    for address in NULL_ADDRESSES:
        null |= pc.ends_with(names, f":{address}").to_numpy(zero_copy_only=False)
    null &= pc.starts_with(names, "eip155:").to_numpy(zero_copy_only=False)
    return null


def _least(text: str | None, assets: pa.Table) -> dict[int, int]:
    """Least amount by asset id; an asset whose decimals nobody knows counts in smallest units."""
    if text is None:
        return {}
    try:
        return {
            place: major_to_smallest(text, decimals or 0)
            for place, decimals in enumerate(assets.column("decimals").to_pylist())
        }
    except ValueError as error:
        raise UsageError(f"--min-amount: {error}") from None


def _until(ledger: Ledger, columns: tuple[str, ...], rows: int) -> Iterator[pa.RecordBatch]:
    left = rows
    for batch in ledger.moves(columns, BATCH_ROWS):
        if left <= 0:
            return
        yield batch if len(batch) <= left else batch.slice(0, left)
        left -= len(batch)
