"""The least balance each purse must have had before the ledger begins.

One pass in canonical order. A payment beyond what a purse holds raises its opening balance by
what is lacking, which leaves it, at the end, at the largest deficit of its running sum. A payment
to oneself changes no sum. Purses that are never short (issuance, fees, null addresses) have none.

Sums are kept in 128 bits. An asset of which some purse could reach 2^127 is `wide`; its openings
are found in Python integers by `exactly`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit

from stanch.model.int128 import TOP, add, lt, sub
from stanch.model.tables import AMOUNT_MAX

# Columns of `Books.sums`: low and high limb each.
INFLOW, OUTFLOW, OPENING = 0, 2, 4

_LOW: Final = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Postings:
    """Rows to be booked: purses, asset ids and amounts as limbs, all of one length."""

    src: np.ndarray
    dst: np.ndarray
    asset: np.ndarray
    limbs: np.ndarray  # (n, 2) uint64

    def cut(self, start: int, end: int) -> "Postings":
        """Rows from `start` to `end`."""
        rows = slice(start, end)
        return Postings(self.src[rows], self.dst[rows], self.asset[rows], self.limbs[rows])

    def reorder(self, start: int, places: np.ndarray) -> None:
        """Put the rows `places` where the rows from `start` on stand."""
        for column in (self.src, self.dst, self.asset, self.limbs):
            column[start : start + len(places)] = column[places]


class Books:
    """Sums of what each purse received, paid, and must have had at first."""

    def __init__(self, short: np.ndarray, asset: np.ndarray) -> None:
        """`short` tells of each purse whether it can be short, `asset` is its asset id."""
        self.wide = np.zeros(int(asset.max(initial=-1)) + 1, bool)
        self._short, self._asset = short, asset
        self._sums = np.zeros((len(short), 6), np.uint64)

    def enter(self, rows: Postings) -> None:
        """Book rows that follow the ones booked before. Rows of wide assets are passed over."""
        _enter(rows.src, rows.dst, rows.limbs, (self._short, rows.asset), (self._sums, self.wide))

    def holds(self, purse: int) -> int:
        """What `purse` holds after the rows booked, its opening balance with it; 0 if wide."""
        if self.wide[self._asset[purse]]:
            return 0
        sums = self._sums[purse]
        return _join(sums, INFLOW) + _join(sums, OPENING) - _join(sums, OUTFLOW)

    def exactly(self, moves: Iterable[pa.RecordBatch]) -> dict[int, int]:
        """Openings, where not 0, of the purses of wide assets, from all of MOVES in order."""
        wide = self.wide[self._asset]
        balance: defaultdict[int, int] = defaultdict(int)
        opening: defaultdict[int, int] = defaultdict(int)
        for batch in moves if wide.any() else ():
            rows = batch.filter(pa.array(wide[batch["src"].to_numpy()]))
            for src, dst, amount in zip(
                rows["src"].to_pylist(), rows["dst"].to_pylist(), amounts(rows), strict=True
            ):
                if src == dst:
                    continue
                balance[src] -= amount
                if balance[src] < -opening[src] and self._short[src]:
                    opening[src] = -balance[src]
                balance[dst] += amount
        return {purse: amount for purse, amount in opening.items() if amount}

    def columns(self, exact: dict[int, int]) -> dict[str, pa.Array]:
        """The columns opening_lo, opening_hi, opening_wide of PURSES; `exact` as of `exactly`."""
        limbs = self._sums[:, OPENING : OPENING + 2].copy()
        limbs[self.wide[self._asset]] = 0
        large: dict[int, bytes] = {}
        for purse, amount in exact.items():
            if amount > AMOUNT_MAX:
                large[purse] = amount.to_bytes(max(32, (amount.bit_length() + 7) // 8), "big")
            else:
                limbs[purse] = amount & _LOW, amount >> 64
        purses = pa.array(sorted(large), pa.int64())
        values = pa.array([large[purse] for purse in sorted(large)], pa.binary())
        places = pc.index_in(pa.array(np.arange(len(limbs))), purses)
        return {
            "opening_lo": pa.array(limbs[:, 0]),
            "opening_hi": pa.array(limbs[:, 1]),
            "opening_wide": values.take(places),
        }


def amounts(moves: pa.RecordBatch) -> Iterator[int]:
    """Amounts of MOVES as Python integers."""
    columns = (moves[name].to_pylist() for name in ("amount_lo", "amount_hi", "amount_wide"))
    for lo, hi, wide in zip(*columns, strict=True):
        yield lo | hi << 64 if wide is None else int.from_bytes(wide, "big")


def _join(sums: np.ndarray, column: int) -> int:
    return int(sums[column]) | int(sums[column + 1]) << 64


@njit(cache=True)
def _enter(src: Any, dst: Any, limbs: Any, known: Any, state: Any) -> None:
    short, asset = known
    sums, wide = state
    for row in range(len(src)):
        coin = asset[row]
        if wide[coin]:
            continue
        payer, payee = src[row], dst[row]
        if payer == payee:
            continue
        lo, hi = limbs[row, 0], limbs[row, 1]
        olo, ohi = add(sums[payer, 2], sums[payer, 3], lo, hi)
        sums[payer, 2], sums[payer, 3] = olo, ohi
        if short[payer]:
            tlo, thi = add(sums[payer, 0], sums[payer, 1], sums[payer, 4], sums[payer, 5])
            if lt(tlo, thi, olo, ohi):
                sums[payer, 4], sums[payer, 5] = sub(olo, ohi, sums[payer, 0], sums[payer, 1])
        sums[payee, 0], sums[payee, 1] = add(sums[payee, 0], sums[payee, 1], lo, hi)
        wide[coin] = _reaches(sums[payer]) or _reaches(sums[payee])


@njit(cache=True, inline="always")
def _reaches(sums: Any) -> Any:
    """Whether what a purse received and had at first, or what it paid, reaches 2^127."""
    _, hi = add(sums[0], sums[1], sums[4], sums[5])
    return hi >= TOP or sums[3] >= TOP
