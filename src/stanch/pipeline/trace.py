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
from stanch.pipeline.directory import Directory, place_of
from stanch.pipeline.seeds import SeedSet
from stanch.tracing.batch import without_wide
from stanch.tracing.endpoints import Conservation, Endpoints, conservation, endpoints
from stanch.tracing.stops import Limits
from stanch.tracing.survey import Accounts, survey
from stanch.tracing.terrain import Terrain
from stanch.tracing.trace import Outcome, TraceRequest, trace
from stanch.tracing.unknown import leave_to_seeds

BATCH_ROWS = 122_880  # one row group: what is read stays in the processor's cache
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
    """What one trace is made of; `suspects` are account ids to stop at."""

    ledger: Ledger
    seeds: SeedSet
    method: str
    directory: Directory
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
    check_method(case.method)
    ledger = case.ledger
    assets = ledger.assets()
    terrain, fates = survey(
        ledger.purses(), assets, _accounts(case), incidents=len(case.seeds.incidents)
    )
    until = case.reach.until
    rows = ledger.rows if until is None else ledger.first_row_after(until)
    wide = bool(terrain.wide.any())

    def moves(columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        return _until(ledger, columns if wide else without_wide(columns), rows)

    leave_to_seeds(terrain, case.seeds.active, moves)
    limits = Limits(case.reach.hops, _least(case.reach.least, assets))
    outcome = trace(terrain, moves, TraceRequest(case.method, case.seeds.active, limits))
    ends = endpoints(outcome, terrain, fates, len(assets))
    return Followed(case, terrain, outcome, ends, conservation(outcome, terrain, ends), rows)


def check_method(method: str) -> None:
    """Raise UsageError, naming those that exist, if `method` is not one of METHODS."""
    if method not in METHODS:
        raise UsageError(f"unknown method {method}; there are {', '.join(METHODS)}")


def _accounts(case: Case) -> Accounts:
    directory = case.directory
    count = len(directory.accounts)
    category = np.full(count, UNKNOWN, np.int8)
    place = pc.index_in(directory.labels["category"], value_set=pa.array(CATEGORIES))
    known = directory.label_at >= 0
    category[known] = place.to_numpy()[directory.label_at[known]]
    suspected = np.zeros(count, bool)
    suspected[case.suspects] = True
    return Accounts(category, _null(case), suspected)


def _null(case: Case) -> npt.NDArray[np.bool_]:
    """Which accounts are addresses that nobody holds: units sent there are burned."""
    accounts = case.directory.accounts
    null = np.zeros(len(accounts), bool)
    chains = [chain for chain in case.ledger.chains() if chain.startswith("eip155:")]
    for account in (f"{chain}:{address}" for chain in chains for address in NULL_ADDRESSES):
        place = place_of(accounts, account)
        if place is not None:
            null[place] = True
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
