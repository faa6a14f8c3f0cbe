"""Third step: one pass over the sorted rows, which settles ties and books every row.

It gives the rows in canonical order with the columns that MOVES needs; when it ends, `books`
knows the openings.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.ledger import swaps, ties
from stanch.ledger.arrival import arrange
from stanch.ledger.circle import NOBODY, Row
from stanch.ledger.limbs import Amounts, one_chunk
from stanch.ledger.moments import whole_moments
from stanch.ledger.openings import Books, Postings
from stanch.ledger.purses import Purses
from stanch.ledger.swaps import Trade
from stanch.model.kinds import KINDS
from stanch.model.tables import MOVES

_FEE = KINDS.index("fee")


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows in canonical order: as they came, with their number `row`; and as MOVES."""

    rows: pa.Table
    moves: pa.Table


class CanonicalPass:
    """What goes from one stretch of rows to the next: the books, and what was counted."""

    def __init__(self, purses: Purses, wide: np.ndarray) -> None:
        """Begin with empty books; `wide` are asset ids that are known to need Python integers."""
        self.books = Books(purses.held, purses.asset)
        self.books.wide[wide] = True
        self._purses = purses
        self._paid = np.full(len(purses.asset), -1, np.int64)
        self._rows = self._transactions = 0

    def settle(self, ordered: Iterable[pa.RecordBatch]) -> Iterator[Settled]:
        """Give the rows of `purses.IN_ORDER` in canonical order, a stretch of moments at a time."""
        for moments in whole_moments(ordered):
            rows = self._arranged(_Stretch.of(moments.combine_chunks()))
            number = np.arange(self._rows, self._rows + len(rows))
            yield Settled(rows.append_column("row", pa.array(number)), self._moves(rows))
            self._rows += len(rows)

    def _arranged(self, stretch: "_Stretch") -> pa.Table:
        """Put rows in canonical order, and book them."""
        order = np.arange(len(stretch.rows))
        booked = 0

        def book(end: int) -> None:
            nonlocal booked
            self.books.enter(stretch.postings.cut(booked, end))
            booked = end

        for start, tied in self._restless(stretch):

            def holds(purse: int, before: int = start) -> int:
                book(before)
                return self.books.holds(purse)

            places = start + np.array(arrange(tied, holds))
            order[start : start + len(tied)] = places
            stretch.postings.reorder(start, places)
        book(len(order))
        return stretch.rows.take(order) if (np.diff(order) < 0).any() else stretch.rows

    def _restless(self, stretch: "_Stretch") -> Iterator[tuple[int, list[Row]]]:
        """Start and rows of the ties that need another order."""
        found = ties.find(stretch.rows)
        if len(found.start) == len(stretch.rows):
            return
        codes = one_chunk(stretch.rows["tx"]).dictionary_encode().indices.to_numpy()
        post = stretch.postings
        ends = np.stack([self._or_nobody(post.src), self._or_nobody(post.dst)], axis=1)
        bounds = np.append(found.start, len(codes))
        for tie in ties.restless(found, ends, codes, self._paid):
            start, end = int(bounds[tie]), int(bounds[tie + 1])
            columns = (ends[:, 0], ends[:, 1], codes, found.rank)
            src, dst, tx, rank = (column[start:end].tolist() for column in columns)
            amounts = [stretch.amounts[row] for row in range(start, end)]
            yield start, list(map(Row, src, dst, amounts, tx, rank))

    def _or_nobody(self, purses: np.ndarray) -> np.ndarray:
        return np.where(self._purses.held[purses], purses, NOBODY).astype(np.int64)

    def _moves(self, rows: pa.Table) -> pa.Table:
        """MOVES of rows in canonical order."""
        stretch = _Stretch.of(rows)
        begins = _transactions(rows)
        post = stretch.postings
        fee = rows["kind"].to_numpy() == _FEE
        trade = Trade(np.flatnonzero(begins), post.src, post.dst, post.limbs, fee)
        group = swaps.mark(trade, self._purses, stretch.amounts.__getitem__)
        ordinal = np.cumsum(begins) + (self._transactions - 1)
        self._transactions += int(begins.sum())
        limbs = np.where(stretch.amounts.is_wide()[:, None], np.uint64(0), post.limbs)
        columns = {
            "src": rows["src"],
            "dst": rows["dst"],
            "amount_lo": pa.array(limbs[:, 0]),
            "amount_hi": pa.array(limbs[:, 1]),
            "amount_wide": rows["amount_wide"],
            "group": pa.array(group),
            "tx": pa.array(ordinal),
            "time": rows["time"],
        }
        return pa.table(columns).cast(MOVES)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Whole moments of rows, as a table and as arrays; `postings` may change its order."""

    rows: pa.Table
    amounts: Amounts
    postings: Postings

    @classmethod
    def of(cls, rows: pa.Table) -> "_Stretch":
        amounts = Amounts.of(rows)
        src, dst, asset = (rows[name].to_numpy().copy() for name in ("src", "dst", "asset"))
        return cls(rows, amounts, Postings(src, dst, asset, amounts.limbs.copy()))


def _transactions(rows: pa.Table) -> np.ndarray:
    """Which rows begin a transaction: the text, the time or the chain differs from before."""
    begins = np.ones(len(rows), bool)
    begins[1:] = False
    for name in ("tx", "time", "chain"):
        column = one_chunk(rows[name])
        other = pc.not_equal(column.slice(1), column.slice(0, len(column) - 1))
        begins[1:] |= np.asarray(other)
    return begins
