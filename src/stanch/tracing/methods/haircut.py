"""`haircut@1`: every payment carries the same share of stolen money as the purse that pays it.

A payment of `amount` from a balance `b` with stolen `t` moves floor(t * amount / b); what is
rounded off stays with the sender, and a payment of the whole balance moves all. Several
incidents share the units that move by largest remainder, ties by incident id. (Möser, Böhme,
Breuker, Towards Risk Scoring of Bitcoin Transactions, 2014, where the name comes from.)
"""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from stanch.tracing.book import CLEAN, OneRule, Parcel
from stanch.tracing.holdings import Holdings

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.sink import FlowSink
    from stanch.tracing.terrain import Terrain


def split(stolen: list[int], amount: int, balance: int) -> list[int]:
    """Share of each incident in a payment of `amount` out of `balance`."""
    quotas = [divmod(held * amount, balance) for held in stolen]
    shares = [quota for quota, _ in quotas]
    left = sum(stolen) * amount // balance - sum(shares)
    for place in sorted(range(len(stolen)), key=lambda k: (-quotas[k][1], k))[:left]:
        shares[place] += 1
    return shares


class HaircutRules(OneRule, ABC):
    """How payments move money, whatever a book keeps its balances and shares in."""

    rule = "haircut"

    @abstractmethod
    def balance(self, purse: int) -> int:
        """See `Book`."""

    @abstractmethod
    def stolen(self, purse: int) -> list[int]:
        """See `Book`."""

    @abstractmethod
    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`; a negative amount leaves again."""

    @abstractmethod
    def _settle(self, purse: int, balance: int) -> None:
        """Make `balance` all that the purse holds."""

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        """See `Book`."""
        balance, held = self.balance(purse), self.stolen(purse)
        self._settle(purse, balance - amount)
        if not amount or not any(held):
            return [(CLEAN, amount)] if amount else []
        shares = split(held, amount, balance)
        parcel = [(incident, share) for incident, share in enumerate(shares) if share]
        for incident, share in parcel:
            self.absorb(purse, incident, -share)
        clean = amount - sum(shares)
        return [*parcel, (CLEAN, clean)] if clean else parcel

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`."""
        self._settle(purse, self.balance(purse) + sum(amount for _, amount in parcel))
        for incident, amount in parcel:
            if incident != CLEAN:
                self.absorb(purse, incident, amount)

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`; the order of money does not matter here."""
        self.put(purse, parcel, row)

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """See `Book`."""
        done = min(amount, self.balance(purse) - sum(self.stolen(purse)))
        if done:
            self.absorb(purse, incident, done)
        return done


class HaircutBook(HaircutRules):
    """Balance and stolen parts of each purse in Python integers."""

    def __init__(self, terrain: "Terrain") -> None:
        """Start with the opening balances, all clean."""
        self._terrain = terrain
        self._balance: dict[int, int] = {}
        self._stolen: dict[int, list[int]] = {}

    def balance(self, purse: int) -> int:
        """See `Book`."""
        if purse not in self._balance:
            self._balance[purse] = self._terrain.opening_of(purse)
        return self._balance[purse]

    def stolen(self, purse: int) -> list[int]:
        """See `Book`."""
        return self._stolen.get(purse) or [0] * self._terrain.incidents

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`; a negative amount leaves again."""
        held = self._stolen.setdefault(purse, [0] * self._terrain.incidents)
        held[incident] += amount

    def _settle(self, purse: int, balance: int) -> None:
        self._balance[purse] = balance

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        """Leave every row to the walk."""
        return start

    def holdings(self) -> Holdings:
        """See `Book`."""
        return Holdings.of(
            (purse, incident, amount)
            for purse in self._stolen
            for incident, amount in enumerate(self.stolen(purse))
        )
