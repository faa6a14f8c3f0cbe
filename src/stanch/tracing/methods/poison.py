"""`poison@1`: whatever touches stolen money is stolen, whole.

It reports reach, not amounts: every payment of a reached purse is traced in full, for each
incident that reached it, so the sums exceed what was stolen. It is exempt from conservation.
"""

from typing import TYPE_CHECKING

from stanch.tracing.book import CLEAN, OneRule, Parcel
from stanch.tracing.holdings import Holdings

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.sink import FlowSink
    from stanch.tracing.terrain import Terrain


class PoisonBook(OneRule):
    """Balance of each purse and the incidents that reached it."""

    rule = "poison"

    def __init__(self, terrain: "Terrain") -> None:
        """Start with the opening balances, all clean."""
        self._terrain = terrain
        self._balance: dict[int, int] = {}
        self._reached: dict[int, set[int]] = {}
        self._absorbed: dict[tuple[int, int], int] = {}

    def balance(self, purse: int) -> int:
        """See `Book`."""
        if purse not in self._balance:
            self._balance[purse] = self._terrain.opening_of(purse)
        return self._balance[purse]

    def stolen(self, purse: int) -> list[int]:
        """See `Book`; all that a reached purse holds counts for each incident."""
        reached = self._reached.get(purse, set())
        held = [self.balance(purse) if k in reached else 0 for k in range(self._terrain.incidents)]
        return [amount + self._absorbed.get((purse, k), 0) for k, amount in enumerate(held)]

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        """See `Book`; a reached purse pays the whole amount once for each incident."""
        self._balance[purse] = self.balance(purse) - amount
        reached = sorted(self._reached.get(purse, ()))
        if not amount:
            return []
        return [(incident, amount) for incident in reached] or [(CLEAN, amount)]

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`."""
        if parcel:
            self._balance[purse] = self.balance(purse) + max(amount for _, amount in parcel)
            reached = {incident for incident, _ in parcel if incident != CLEAN}
            if reached:
                self._reached.setdefault(purse, set()).update(reached)

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`; the order of money does not matter here."""
        self.put(purse, parcel, row)

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`."""
        self._absorbed[purse, incident] = self._absorbed.get((purse, incident), 0) + amount

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """See `Book`."""
        done = min(amount, self.balance(purse))
        if done:
            self._reached.setdefault(purse, set()).add(incident)
        return done

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        """Leave every row to the walk."""
        return start

    def holdings(self) -> Holdings:
        """See `Book`."""
        return Holdings.of(
            (purse, incident, amount)
            for purse in {*self._reached, *(purse for purse, _ in self._absorbed)}
            for incident, amount in enumerate(self.stolen(purse))
        )
