"""Where the order of rows is not settled by what is known of their place.

Rows come sorted by time, chain, block, tx_index, log_index (unknown first) and place in the
input. A tie is a run of rows that share all five, or a run in which some rows know the next of
them and others do not: those float among the rest, which keep their rank.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numba import njit

from stanch.ledger.precedence import FLOATING

UNKNOWN: Final = np.iinfo(np.int64).min
LEVELS: Final = ("block", "tx_index", "log_index")


@dataclass(frozen=True, slots=True)
class Ties:
    """`start` of each tie (a row alone is one too), and the `rank` of each row within its tie."""

    start: np.ndarray
    rank: np.ndarray


def find(rows: pa.Table) -> Ties:
    """Ties among sorted rows with the columns time, chain, block, tx_index and log_index."""
    size = len(rows)
    run = _changes(rows["time"].to_numpy()) | _changes(rows["chain"].to_numpy())
    start = run.copy()
    floats = np.zeros(size, bool)
    settled = np.zeros(size, bool)  # rows whose tie a coarser level has found
    for level in LEVELS:
        column = rows[level]
        values = column.cast(pa.int64()).fill_null(UNKNOWN).to_numpy()
        unknown = values == UNKNOWN
        mixed = _mixed(run, unknown) & ~settled
        floats |= mixed & unknown
        settled |= mixed
        run = run | _changes(values)
        start |= run & ~settled
    rank = np.cumsum(run)
    rank[floats] = FLOATING
    return Ties(np.flatnonzero(start), rank)


def _changes(values: np.ndarray) -> np.ndarray:
    """Rows that differ from the row before; the first row does."""
    return np.concatenate([[True], values[1:] != values[:-1]])[: len(values)]


def _mixed(run: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Rows of those runs in which some values are unknown and some are not."""
    starts = np.flatnonzero(run)
    sizes = np.diff(np.append(starts, len(run)))
    unknowns = np.add.reduceat(unknown, starts, dtype=np.int64)
    return np.repeat((unknowns > 0) & (unknowns < sizes), sizes)


def restless(ties: Ties, ends: np.ndarray, tx: np.ndarray, paid: np.ndarray) -> np.ndarray:
    """Numbers of the ties in which a purse pays before all has arrived, or a transaction is torn.

    `ends` are the purses of each row, (n, 2) int64 with NOBODY, `tx` a code for its transaction.
    `paid` is scratch space, one int64 for each purse, all -1.
    """
    found = _restless(np.append(ties.start, len(tx)), ends, tx, paid)
    paid[ends[:, 0]] = -1
    return np.flatnonzero(found)


@njit(cache=True)
def _restless(start: Any, ends: Any, tx: Any, paid: Any) -> Any:
    found = np.zeros(len(start) - 1, np.bool_)
    seen = np.full(len(tx), -1, np.int64)  # row that a transaction was last seen at, by code
    for tie in range(len(start) - 1):
        first, end = start[tie], start[tie + 1]
        if end - first == 1:
            continue
        for row in range(first, end):
            src, dst, code = ends[row, 0], ends[row, 1], tx[row]
            split = first <= seen[code] < row - 1
            early = dst >= 0 and dst != src and paid[dst] >= first
            if split or early:
                found[tie] = True
                break
            seen[code] = row
            if src >= 0:
                paid[src] = row
    return found
