"""The own rows of every purse that stolen money can reach: what pairing looks ahead in."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stanch.model.kinds import FEES
from stanch.tracing.batch import WITH_TX, Moves, batches
from stanch.tracing.terrain import Terrain

Leg = tuple[int, int]  # row, amount


# One transfer of a purse that moves something to or from another: row, the other purse, amount,
# transaction, whether the purse pays, whether it only pays the fee of its transaction.
OwnRow = tuple[int, int, int, int, bool, bool]


@dataclass(slots=True)
class OwnRows:
    """All transfers of one purse in order, and the legs that pairing speaks of."""

    opening: int = 0  # how far its payments exceed what it was seen to hold
    steps: list[tuple[int, int, bool]] = field(default_factory=list)  # row, amount, whether out
    income: list[Leg] = field(default_factory=list)
    spending: list[Leg] = field(default_factory=list)  # amounts with the fee of the transaction
    payment: dict[int, tuple[int, int]] = field(default_factory=dict)  # row -> recipient, amount
    fee_of: dict[int, int] = field(default_factory=dict)  # row of a fee -> row of its payment

    @classmethod
    def of(cls, rows: list[OwnRow], opening: int) -> "OwnRows":
        """Sort the rows into income and spending; a fee counts with the payment it was for."""
        own = cls(opening)
        fees: dict[int, list[Leg]] = {}
        for row, _, amount, tx, _, fee in rows:
            if fee:
                fees.setdefault(tx, []).append((row, amount))
        for row, other, amount, tx, out, fee in rows:
            own.steps.append((row, amount, out))
            if not out:
                own.income.append((row, amount))
            elif not fee:
                own.payment[row] = other, amount
                size = amount
                if fees and tx in fees:
                    for at, cost in fees.pop(tx):
                        own.fee_of[at] = row
                        size += cost
                own.spending.append((row, size))
        return own


class History:
    """Looks up OwnRows; holds the rows of reached purses as arrays."""

    def __init__(self, terrain: Terrain, reached: npt.NDArray[np.bool_]) -> None:
        """Speak of purses for which `reached` is true; `read` gives it their rows."""
        self._terrain, self.reached = terrain, reached
        self._columns: list[npt.NDArray[np.generic]] = []
        self._wide: dict[int, int] = {}

    def read(self, moves: Moves) -> "History":
        """Read MOVES once and keep the rows of reached purses, indexed by purse."""
        parts: list[tuple[npt.NDArray[np.generic], ...]] = []
        for batch in batches(moves(WITH_TX)):
            moved = (batch.src != batch.dst) & (batch.lo | batch.hi != 0)
            moved[list(batch.wide)] = batch.src[list(batch.wide)] != batch.dst[list(batch.wide)]
            mine = np.flatnonzero(moved & (self.reached[batch.src] | self.reached[batch.dst]))
            rows = mine.astype(np.int64) + batch.base
            self._wide |= {batch.base + at: v for at, v in batch.wide.items()}
            columns = (batch.src, batch.dst, batch.lo, batch.hi, batch.tx)
            parts.append((rows, *(column[mine] for column in columns)))
        self._columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        src, dst = self._columns[1], self._columns[2]
        ends = np.concatenate([src, dst])
        places = np.tile(np.arange(len(src)), 2)
        kept = self.reached[ends]
        order = np.lexsort((places[kept], ends[kept]))
        self._places = places[kept][order]
        size = len(self.reached)
        self._first = np.searchsorted(ends[kept][order], np.arange(size + 1))
        return self

    def of(self, purse: int) -> OwnRows:
        """The own rows of one reached purse."""
        return OwnRows.of(self._rows(purse), self._terrain.opening_of(purse))

    def _rows(self, purse: int) -> list[OwnRow]:
        places = self._places[self._first[purse] : self._first[purse + 1]]
        columns = [column[places].tolist() for column in self._columns]
        forms = self._terrain.form[self._columns[2][places]].tolist()
        return [
            (
                row,
                dst if src == purse else src,
                (lo | hi << 64 if hi else lo) or self._wide[row],
                tx,
                src == purse,
                src == purse and form == FEES,
            )
            for row, src, dst, lo, hi, tx, form in zip(*columns, forms, strict=True)
        ]
