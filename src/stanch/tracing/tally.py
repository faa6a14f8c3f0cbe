"""What passed through each account: sums, hops and times over all flows of a walk."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from stanch.model.int128 import ZERO, add
from stanch.model.kinds import FEES, TRANSACTION
from stanch.tracing.batch import Moves
from stanch.tracing.sink import FlowChunk
from stanch.tracing.terrain import SEEN, Terrain
from stanch.tracing.walk import Walk

Lines = npt.NDArray[np.int32]

ROWS = ("src", "dst", "time")
FAR = np.iinfo(np.int32).max  # hop of an account that no flow has reached
IN, OUT, INFERRED_IN, INFERRED_OUT = 0, 2, 4, 6  # first limb of each sum


@dataclass(frozen=True, slots=True)
class Tally:
    """One line for each (account, asset) that stolen money reached, times incidents.

    `sums` is (lines, incidents, 8): limbs of traced in, traced out, inferred in, inferred out;
    `wide` maps (line, incident, column) to the sums of wide assets. `hop` is by line of
    `accounts`; `first` and `last` are microseconds since 1970, beyond each other where no flow
    came or went.
    """

    account: npt.NDArray[np.int64]
    asset: npt.NDArray[np.int64]
    sums: npt.NDArray[np.uint64]
    wide: dict[tuple[int, int, int], int]
    hop: npt.NDArray[np.int32]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]

    def value(self, line: int, incident: int, column: int) -> int:
        """One sum, in the asset's smallest unit."""
        lo, hi = self.sums[line, incident, column : column + 2]
        return (int(lo) | int(hi) << 64) + self.wide.get((line, incident, column), 0)


def tally(walk: Walk, terrain: Terrain, moves: Moves, assets: int) -> Tally:
    """Add up the flows of `walk`; `moves` is read once for the columns ROWS."""
    nobody = np.isin(terrain.form, (TRANSACTION, FEES))  # those have no account to be listed
    seen = np.flatnonzero((terrain.flags & SEEN != 0) & ~nobody)
    pair = terrain.account[seen].astype(np.int64) * assets + terrain.asset[seen]
    pairs, line = np.unique(pair, return_inverse=True)
    lines = np.full(len(terrain.account), -1, np.int32)
    lines[seen] = line
    count = terrain.incidents
    result = Tally(
        account=pairs // assets,
        asset=pairs % assets,
        sums=np.zeros((len(pairs), count, 8), np.uint64),
        wide={},
        hop=np.full((len(pairs), count), FAR, np.int32),
        first=np.full((len(pairs), count), np.iinfo(np.int64).max, np.int64),
        last=np.full((len(pairs), count), np.iinfo(np.int64).min, np.int64),
    )
    hops = _Hops(terrain, walk)
    for chunk, rows in chunks_with_rows(walk, moves):
        inferred = chunk.inferred if chunk.inferred is not None else np.zeros_like(chunk.traced)
        wide = terrain.wide[rows.src[chunk.row - rows.base]]
        traced, inferred = (
            np.where(wide[:, None], ZERO, each) for each in (chunk.traced, inferred)
        )
        _add(
            chunk.row - rows.base, chunk.incident, traced, inferred, rows.src, rows.dst,
            rows.time, lines, result.sums, result.first, result.last,
        )  # fmt: skip
        _reach(
            chunk.row - rows.base, chunk.incident, rows.src, rows.dst, hops.place, terrain.form,
            hops.hop,
        )  # fmt: skip
        _add_wide(chunk, rows, np.flatnonzero(wide), result, lines)
    result.hop[:] = hops.hop[hops.of_accounts(result.account)]
    return result


@dataclass(frozen=True, slots=True)
class MoveRows:
    """src, dst and time of consecutive MOVES from row `base` on."""

    base: int
    src: npt.NDArray[np.int32]
    dst: npt.NDArray[np.int32]
    time: npt.NDArray[np.int64]


def chunks_with_rows(walk: Walk, moves: Moves) -> Iterator[tuple[FlowChunk, MoveRows]]:
    """Flows beside the MOVES they belong to: each chunk is cut to one batch of rows."""
    base = 0
    chunks = iter(walk.sink)
    chunk = next(chunks, None)
    for batch in moves(ROWS):
        end = base + len(batch)
        while chunk is not None and chunk.row[0] < end:
            cut = int(np.searchsorted(chunk.row, end))
            rows = MoveRows(base, *(batch.column(c).to_numpy() for c in ROWS))
            yield chunk.cut(0, cut), rows
            chunk = chunk.cut(cut, len(chunk.row)) if cut < len(chunk.row) else next(chunks, None)
        base = end
        if chunk is None:
            return


class _Hops:
    """Fewest transfers from a seed, by account and incident."""

    def __init__(self, terrain: Terrain, walk: Walk) -> None:
        reached = terrain.flags & SEEN != 0
        self._accounts = np.unique(terrain.account[reached])
        slots = np.full(int(terrain.account.max(initial=0)) + 1, -1, np.int32)
        slots[self._accounts] = np.arange(len(self._accounts), dtype=np.int32)
        self.place = slots[terrain.account]  # by purse, -1 where no flow arrived
        self.hop = np.full((len(self._accounts), terrain.incidents), FAR, np.int32)
        for account, incident in walk.started:
            self.hop[slots[account], incident] = 0

    def of_accounts(self, accounts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Lines of `hop` that belong to account ids."""
        return np.searchsorted(self._accounts, accounts)


@njit(cache=True)
def _add(rows, incidents, traced, inferred, src, dst, time, lines, sums, first, last):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    for i in range(len(rows)):
        k, now = incidents[i], time[rows[i]]
        for side in range(2):
            line = lines[dst[rows[i]]] if side == 0 else lines[src[rows[i]]]
            if line < 0:
                continue
            cell = sums[line, k]
            at = side * 2
            cell[at], cell[at + 1] = add(cell[at], cell[at + 1], traced[i, 0], traced[i, 1])
            at += 4
            cell[at], cell[at + 1] = add(cell[at], cell[at + 1], inferred[i, 0], inferred[i, 1])
            first[line, k] = min(first[line, k], now)
            last[line, k] = max(last[line, k], now)


@njit(cache=True)
def _reach(rows, incidents, src, dst, place, form, hop):  # type: ignore[no-untyped-def]  # noqa: PLR0913
    for i in range(len(rows)):
        s, d, k = place[src[rows[i]]], place[dst[rows[i]]], incidents[i]
        if s >= 0 and d >= 0 and hop[s, k] != FAR:
            step = 0 if form[dst[rows[i]]] == TRANSACTION else 1
            hop[d, k] = min(hop[d, k], hop[s, k] + step)


def _add_wide(
    chunk: FlowChunk, rows: MoveRows, places: npt.NDArray[np.int64], into: Tally, lines: Lines
) -> None:
    """Add up in Python integers what limbs may not hold: flows of wide assets."""
    for place in places:
        at, incident = int(chunk.row[place]) - rows.base, int(chunk.incident[place])
        for line, column in ((lines[rows.dst[at]], IN), (lines[rows.src[at]], OUT)):
            for shift, value in ((0, chunk.value(place, 0)), (INFERRED_IN, chunk.value(place, 1))):
                if line >= 0 and value:
                    key = int(line), incident, column + shift
                    into.wide[key] = into.wide.get(key, 0) + value
