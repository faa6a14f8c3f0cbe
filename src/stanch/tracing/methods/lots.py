"""`fifo@1` and `lifo@1`: money leaves in lots, oldest first or newest first.

FIFO is Clayton's Case (1816) and the rule of Anderson, Shumailov, Ahmed, Making Bitcoin Legal
(2018); LIFO is used by agents of the US. A lot that is paid on keeps its incident; a payment made
of several lots hands them over in the order in which they leave. The opening balance is the oldest
lot. Neighbouring lots of the same incident are one lot, which changes nothing that can be seen.
"""

from collections import deque
from typing import TYPE_CHECKING

from stanch.tracing.book import CLEAN, OneRule, Parcel
from stanch.tracing.holdings import Holdings

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.sink import FlowSink
    from stanch.tracing.terrain import Terrain

Lot = tuple[int, int]  # (incident or CLEAN, amount)


class LotBook(OneRule):
    """The lots of each purse, oldest on the left."""

    def __init__(self, terrain: "Terrain", newest_first: bool) -> None:
        """Start with the opening balances, each one clean lot."""
        self.rule = "lifo" if newest_first else "fifo"
        self._newest_first = newest_first
        self._terrain = terrain
        self._lots: dict[int, deque[Lot]] = {}
        self._absorbed: dict[tuple[int, int], int] = {}

    def _of(self, purse: int) -> deque[Lot]:
        lots = self._lots.get(purse)
        if lots is None:
            opening = self._terrain.opening_of(purse)
            lots = self._lots[purse] = deque([(CLEAN, opening)] if opening else [])
        return lots

    def balance(self, purse: int) -> int:
        """See `Book`."""
        return sum(amount for _, amount in self._of(purse))

    def stolen(self, purse: int) -> list[int]:
        """See `Book`."""
        held = [self._absorbed.get((purse, k), 0) for k in range(self._terrain.incidents)]
        for incident, amount in self._lots.get(purse, ()):
            if incident != CLEAN:
                held[incident] += amount
        return held

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        """See `Book`."""
        return take_from(self._of(purse), amount, self._newest_first)

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`."""
        add_to(self._of(purse), parcel)

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`."""
        lots = self._of(purse)
        newer = list(lots)
        lots.clear()
        add_to(lots, [*parcel, *newer])

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`."""
        self._absorbed[purse, incident] = self._absorbed.get((purse, incident), 0) + amount

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """See `Book`."""
        return mark_in(self._of(purse), incident, amount)

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        """Leave every row to the walk."""
        return start

    def holdings(self) -> Holdings:
        """See `Book`."""
        return Holdings.of(
            (purse, incident, amount)
            for purse in {*self._lots, *(purse for purse, _ in self._absorbed)}
            for incident, amount in enumerate(self.stolen(purse))
        )


def take_from(lots: deque[Lot], amount: int, newest_first: bool) -> Parcel:
    """Remove `amount` (no more than there is) and say what it was made of."""
    parcel: Parcel = []
    while amount:
        incident, held = lots.pop() if newest_first else lots.popleft()
        paid = min(held, amount)
        amount -= paid
        _join(parcel, (incident, paid))
        if held > paid:
            rest = (incident, held - paid)
            if newest_first:
                lots.append(rest)
            else:
                lots.appendleft(rest)
    return parcel


def add_to(lots: deque[Lot], parcel: Parcel) -> None:
    """Add a parcel as the newest lots, the first to leave being the first to arrive."""
    for lot in parcel:
        _join(lots, lot)


def mark_in(lots: deque[Lot], incident: int, amount: int) -> int:
    """Turn up to `amount` of clean money into stolen, newest first: it is what just arrived."""
    before = list(lots)
    lots.clear()
    left, kept = amount, deque[Lot]()
    for owner, held in reversed(before):
        turned = min(held, left) if owner == CLEAN else 0
        left -= turned
        kept.extendleft([(incident, turned), (owner, held - turned)])
    add_to(lots, list(kept))
    return amount - left


def _join(lots: "deque[Lot] | Parcel", lot: Lot) -> None:
    """Append a lot, as part of the last one if that belongs to the same incident."""
    incident, amount = lot
    if not amount:
        return
    if lots and lots[-1][0] == incident:
        lots[-1] = (incident, lots[-1][1] + amount)
    else:
        lots.append(lot)
