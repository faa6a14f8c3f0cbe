"""What a method keeps about every purse, and the few things a walk asks of it."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.holdings import Holdings
    from stanch.tracing.sink import FlowSink

CLEAN = -1

# Money on its way: (owner, amount) in the order in which it leaves. An owner is CLEAN, the index
# of an incident, or behind these once more for money that is only inferred to be an incident's.
Parcel = list[tuple[int, int]]


class OneRule:
    """A book in which every part of a payment moves by the same rule."""

    rule: str

    def why(self, owner: int) -> str:
        """See `Book`."""
        return self.rule


class Book(Protocol):
    """State of all purses under one method. Amounts are exact, in the smallest unit."""

    rule: str  # code of the rule that moves money here

    def balance(self, purse: int) -> int:
        """All that the purse holds, clean and stolen."""

    def stolen(self, purse: int) -> list[int]:
        """What the purse holds of each incident; for a stop, what it has absorbed."""

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        """Remove `amount <= balance` by the method's rule and say what it is made of."""

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """Add a parcel to what the purse holds."""

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        """Add money that the ledger did not show coming: it is the oldest the purse has."""

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """Add stolen money to a stop, which keeps it for good."""

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """Turn up to `amount` of the purse's clean money into stolen, rows before `row` being
        done; returns how much it was."""

    def why(self, owner: int) -> str:
        """Code of the rule by which the latest `take` moved the money of `owner`."""

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        """Walk ordinary rows from `start` as fast as it goes; returns the first row not walked."""

    def holdings(self) -> "Holdings":
        """All stolen money there is, by purse and incident."""
