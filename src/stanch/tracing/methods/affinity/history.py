"""The own rows of every purse that stolen money can reach: what pairing looks ahead in."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from stanch.model.kinds import FEES
from stanch.tracing.batch import WITH_TX, Moves, batches
from stanch.tracing.terrain import Terrain

Leg = tuple[int, int]  # row, amount


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One transfer of a purse. `fee` says that it only pays the fee of its transaction."""

    row: int
    src: int
    dst: int
    amount: int
    tx: int
    fee: bool


@dataclass(slots=True)
class OwnRows:
    """All transfers of one purse in order, and the legs that pairing speaks of."""

    purse: int
    rows: list[OwnRow]
    income: list[Leg] = field(default_factory=list)
    spending: list[Leg] = field(default_factory=list)  # amounts with the fee of the transaction
    recipient: dict[int, int] = field(default_factory=dict)  # row of a payment -> purse paid
    fee_of: dict[int, int] = field(default_factory=dict)  # row of a fee -> row of its payment
    opening: int = 0  # how far its payments exceed what it was seen to hold

    def __post_init__(self) -> None:
        """Sort the rows into income and spending; a fee counts with the payment it was for."""
        fees: dict[int, list[Leg]] = {}
        for each in self.rows:
            if each.src == self.purse and each.fee:
                fees.setdefault(each.tx, []).append((each.row, each.amount))
        for each in self.rows:
            if not each.amount or each.src == each.dst:
                continue
            if each.dst == self.purse:
                self.income.append((each.row, each.amount))
            elif not each.fee:
                fee = fees.pop(each.tx, [])
                self.fee_of.update((row, each.row) for row, _ in fee)
                self.spending.append((each.row, each.amount + sum(cost for _, cost in fee)))
                self.recipient[each.row] = each.dst


class History:
    """Looks up OwnRows; holds the rows of reached purses as arrays."""

    def __init__(self, terrain: Terrain, reached: npt.NDArray[np.bool_]) -> None:
        """Speak of purses for which `reached` is true; `read` gives it their rows."""
        self._terrain, self._reached = terrain, reached
        self._columns: list[npt.NDArray[np.generic]] = []
        self._wide: dict[int, int] = {}

    def read(self, moves: Moves) -> "History":
        """Read MOVES once and keep the rows of reached purses, indexed by purse."""
        parts: list[tuple[npt.NDArray[np.generic], ...]] = []
        for batch in batches(moves(WITH_TX)):
            mine = np.flatnonzero(self._reached[batch.src] | self._reached[batch.dst])
            rows = mine.astype(np.int64) + batch.base
            self._wide |= {batch.base + at: v for at, v in batch.wide.items()}
            columns = (batch.src, batch.dst, batch.lo, batch.hi, batch.tx)
            parts.append((rows, *(column[mine] for column in columns)))
        self._columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        src, dst = self._columns[1], self._columns[2]
        ends = np.concatenate([src, dst])
        places = np.tile(np.arange(len(src)), 2)
        kept = self._reached[ends]
        order = np.lexsort((places[kept], ends[kept]))
        self._purses, self._places = ends[kept][order], places[kept][order]
        return self

    def of(self, purse: int) -> OwnRows:
        """The own rows of one reached purse."""
        first, last = np.searchsorted(self._purses, [purse, purse + 1])
        places = np.unique(self._places[first:last])
        fees = self._terrain.form[self._columns[2][places]] == FEES
        columns = [column[places].tolist() for column in self._columns]
        rows = [
            OwnRow(row, src, dst, self._wide.get(row, lo | hi << 64), tx, bool(fee))
            for row, src, dst, lo, hi, tx, fee in zip(*columns, fees, strict=True)
        ]
        return OwnRows(purse, rows, opening=self._terrain.opening_of(purse))
