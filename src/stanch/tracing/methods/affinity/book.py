"""`affinity@1` as a book: purses that stolen money reached, and rule 3 for what they lack.

Owners of money are CLEAN, incidents, and behind them the same incidents again for money that is
only inferred to be theirs. A purse is opened when stolen money first reaches it; what it did
before is done again with clean money. The ledger is walked twice: the first walk measures what
each account received and whom it paid with what, the second one infers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stanch.tracing.book import CLEAN, Parcel
from stanch.tracing.holdings import Holdings
from stanch.tracing.kernels.skip import skip
from stanch.tracing.methods.affinity.history import History
from stanch.tracing.methods.affinity.pairs import Pairs, pairs_of
from stanch.tracing.methods.affinity.purse import AffinityPurse, Lot
from stanch.tracing.terrain import SEEN

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.sink import FlowSink
    from stanch.tracing.terrain import Terrain

ENOUGH = 1 << 300  # balance of a purse that no stolen money reached: nobody counts it


@dataclass(slots=True)
class Measure:
    """What a walk saw, by purse: stolen money received, and stolen and all money paid to whom."""

    received: dict[int, dict[int, int]] = field(default_factory=dict)
    covered: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)

    def basis(self, purse: AffinityPurse, recipient: int | None) -> dict[int, int]:
        """By owner, the money that a shortfall is held against: what was paid to the recipient
        before and after, else all income."""
        paid = self.covered.get((purse.own.purse, -1 if recipient is None else recipient))
        if paid:
            return paid
        stolen = self.received.get(purse.own.purse, {})
        income = sum(amount for _, amount in purse.own.income)
        return {**stolen, CLEAN: max(0, income - sum(stolen.values()))}


class AffinityBook:
    """See `Book`. `first` is what an earlier walk measured; without it nothing is inferred."""

    rule = "lifo"

    def __init__(
        self, terrain: "Terrain", history: History, first: "AffinityBook | None" = None
    ) -> None:
        """Start with no purse open."""
        self.measure = Measure()
        self._terrain, self._history = terrain, history
        self._first = first
        self._pairs: dict[int, Pairs] = first._pairs if first else {}
        self._purses: dict[int, AffinityPurse] = {}
        self._absorbed: dict[tuple[int, int], int] = {}
        self._why: dict[int, str] = {}

    def balance(self, purse: int) -> int:
        """See `Book`; a purse that is not open has enough for whatever it pays."""
        state = self._purses.get(purse)
        return ENOUGH if state is None else state.short + sum(lot.amount for lot in state.lots())

    def stolen(self, purse: int) -> list[int]:
        """See `Book`."""
        return [self._owned(purse).get(k, 0) for k in range(self._terrain.incidents)]

    def why(self, owner: int) -> str:
        """See `Book`: the rule that moved most of this owner's part of the latest payment."""
        return self._why.get(owner, self.rule)

    def take(self, purse: int, amount: int, row: int) -> Parcel:
        """See `Book`."""
        self._why = {}
        state = self._purses.get(purse)
        if state is None:
            return [(CLEAN, amount)] if amount else []
        paid, short = state.pay(amount, row)
        recipient = state.own.recipient.get(row)
        if self._first is None and recipient is not None:
            self._note_covered(purse, recipient, paid)
        paid += self._shortfall(state, recipient, short)
        state.close(amount, row, paid)
        self._why = _main_rules(paid)
        return [(lot.owner, lot.amount) for lot in paid]

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`; clean money to a purse that is not open changes nothing."""
        if any(owner != CLEAN for owner, _ in parcel):
            self._open(purse, row)
            self._note_received(purse, parcel)
        if purse in self._purses:
            self._purses[purse].receive(row, parcel)

    def fund(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`; only a seed is short of more than its opening balance. Nobody sent it this
        money, so it is no reason to infer more."""
        self._open(purse, row).receive(row, parcel)

    def absorb(self, purse: int, incident: int, amount: int) -> None:
        """See `Book`."""
        self._absorbed[purse, incident] = self._absorbed.get((purse, incident), 0) + amount

    def mark(self, purse: int, incident: int, amount: int, row: int) -> int:
        """See `Book`."""
        done = self._open(purse, row).mark(incident, amount)
        self._note_received(purse, [(incident, done)])
        return done

    def run(self, batch: "MoveBatch", start: int, end: int, sink: "FlowSink") -> int:
        """Skip rows between purses that no stolen money has reached."""
        return skip(batch, start, end, self._terrain.flags)

    def holdings(self) -> Holdings:
        """See `Book`."""
        return Holdings.of(entry for entry in self._all() if entry[1] < self._terrain.incidents)

    def inferred(self) -> dict[tuple[int, int], int]:
        """Money that is inferred to be stolen, by (purse, incident), where it stands now."""
        count = self._terrain.incidents
        return {(p, owner - count): v for p, owner, v in self._all() if owner >= count and v}

    def _all(self) -> Iterable[tuple[int, int, int]]:
        for purse in sorted({*self._purses, *(purse for purse, _ in self._absorbed)}):
            for owner, amount in sorted(self._owned(purse).items()):
                yield purse, owner, amount

    def _owned(self, purse: int) -> dict[int, int]:
        """Stolen and inferred money that stands at a purse, by owner."""
        sums = {k: v for (p, k), v in self._absorbed_at(purse)}
        state = self._purses.get(purse)
        for lot in state.lots() if state else ():
            if lot.owner != CLEAN:
                sums[lot.owner] = sums.get(lot.owner, 0) + lot.amount
        return sums

    def _absorbed_at(self, purse: int) -> list[tuple[tuple[int, int], int]]:
        owners = range(2 * self._terrain.incidents)
        keys = [(purse, owner) for owner in owners]
        return [(key, self._absorbed[key]) for key in keys if key in self._absorbed]

    def _open(self, purse: int, before: int) -> AffinityPurse:
        """Open a purse: all it did before this row was done with clean money."""
        if purse in self._purses:
            return self._purses[purse]
        own = self._history.of(purse)
        if purse not in self._pairs:
            self._pairs[purse] = pairs_of(own)
        state = AffinityPurse(own, self._pairs[purse], short=own.opening)
        for each in own.rows:
            if each.row >= before:
                break
            if each.src == each.dst or not each.amount:
                continue
            if each.src == purse:
                paid, _ = state.pay(each.amount, each.row)
                state.close(each.amount, each.row, paid)
            else:
                state.receive(each.row, [(CLEAN, each.amount)])
        self._purses[purse] = state
        self._terrain.flags[purse] |= SEEN
        return state

    def _note_received(self, purse: int, parcel: Parcel) -> None:
        stolen = self.measure.received.setdefault(purse, {})
        for owner, amount in parcel:
            if 0 <= owner < self._terrain.incidents:
                stolen[owner] = stolen.get(owner, 0) + amount

    def _note_covered(self, purse: int, recipient: int, paid: Iterable[Lot]) -> None:
        sums = self.measure.covered.setdefault((purse, recipient), {})
        for lot in paid:
            sums[lot.owner] = sums.get(lot.owner, 0) + lot.amount

    def _shortfall(self, state: AffinityPurse, recipient: int | None, short: int) -> list[Lot]:
        """Rule 3: what a shortfall is made of. All of it is inferred where most of the money it
        stands beside is stolen, up to the stolen money that the purse ever received."""
        parts = self._inferred(state, recipient, short) if self._first is not None and short else {}
        shift = self._terrain.incidents
        lots = [Lot(k + shift, part, "shortfall") for k, part in parts.items() if part]
        clean = short - sum(parts.values())
        return [*lots, Lot(CLEAN, clean, "shortfall")] if clean else lots

    def _inferred(self, state: AffinityPurse, recipient: int | None, short: int) -> dict[int, int]:
        assert self._first is not None
        measure = self._first.measure
        received = sum(measure.received.get(state.own.purse, {}).values())
        basis = measure.basis(state, recipient)
        stolen = {k: v for k, v in sorted(basis.items()) if k != CLEAN and v}
        whole = sum(stolen.values())
        give = min(short, received - state.inferred)
        if give <= 0 or 2 * whole <= sum(basis.values()):
            return {}
        state.inferred += give
        parts = {k: give * v // whole for k, v in stolen.items()}
        main = max(stolen, key=lambda k: (stolen[k], -k))
        parts[main] += give - sum(parts.values())
        return parts


def _main_rules(paid: Iterable[Lot]) -> dict[int, str]:
    sums: dict[int, dict[str, int]] = {}
    for lot in paid:
        rules = sums.setdefault(lot.owner, {})
        rules[lot.rule] = rules.get(lot.rule, 0) + lot.amount
    return {owner: max(rules, key=lambda rule: rules[rule]) for owner, rules in sums.items()}
