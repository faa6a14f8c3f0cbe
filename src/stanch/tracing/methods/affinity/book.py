"""`affinity@1` as a book: purses that stolen money reached, and rule 3 for what they lack.

Owners of money are CLEAN, incidents, and behind them the same incidents again for money that is
only inferred to be theirs. A purse is opened when stolen money first reaches it; what it did
before is done again with clean money. The ledger is walked twice: the first walk measures what
each account received and whom it paid with what, the second one infers.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from stanch.tracing.book import CLEAN, Parcel
from stanch.tracing.holdings import Holdings
from stanch.tracing.methods.affinity.pairs import Plans
from stanch.tracing.methods.affinity.purse import AffinityPurse, Piece
from stanch.tracing.terrain import ATTENTION, SEEN, SPRING, STOP

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
        if recipient is not None and (paid := self.covered.get((purse.number, recipient))):
            return paid
        stolen = self.received.get(purse.number, {})
        income = sum(amount for _, amount in purse.own.income)
        return {**stolen, CLEAN: max(0, income - sum(stolen.values()))}


class AffinityBook:
    """See `Book`. `known` is what an earlier walk measured; without it nothing is inferred."""

    rule = "lifo"

    def __init__(self, terrain: "Terrain", plans: Plans, known: Measure | None = None) -> None:
        """Start with no purse open."""
        self.measure = Measure()
        self._terrain, self._plans, self._known = terrain, plans, known
        self._purses: dict[int, AffinityPurse] = {}
        self._absorbed: dict[tuple[int, int], int] = {}
        self._why: dict[int, str] = {}
        self._latest: MoveBatch | None = None
        self._places = memoryview(b"")

    def balance(self, purse: int) -> int:
        """See `Book`; a purse that is not open has enough for whatever it pays."""
        state = self._purses.get(purse)
        return ENOUGH if state is None else state.short + state.held

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
        payment = state.own.payment.get(row)
        recipient = None if payment is None else payment[0]
        if self._known is None and recipient is not None:
            self._note_covered((purse, recipient), paid)
        if short:
            paid += self._shortfall(state, recipient, short)
        state.close(row, paid)
        self._why = _main_rules(paid)
        return [(owner, part) for owner, part, _ in paid]

    def put(self, purse: int, parcel: Parcel, row: int) -> None:
        """See `Book`; clean money to a purse that is not open changes nothing."""
        for owner, _ in parcel:
            if owner != CLEAN:
                self._open(purse, row)
                self._note_received(purse, parcel)
                break
        state = self._purses.get(purse)
        if state is not None:
            state.receive(row, parcel)

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
        """Walk rows of ordinary purses, leaping over those that no stolen money can reach."""
        places, purses, flags = self._concerned(batch), self._purses, self._terrain.flags.data
        src, dst, group = batch.src.data, batch.dst.data, batch.group.data
        for at in range(bisect_left(places, start), len(places)):
            place = places[at]
            if place >= end:
                break
            payer, payee = src[place], dst[place]
            if group[place]:
                return batch.group_start(place)
            if (flags[payer] | flags[payee]) & ATTENTION:
                return place
            if (payer in purses or payee in purses) and payer != payee:
                way = payer, payee
                if not self._step(way, batch.amount(place), batch.base + place, sink):
                    return place
        sink.flush()
        return end

    def _concerned(self, batch: "MoveBatch") -> memoryview:
        """Places of the rows at a purse that stolen money can reach, found once for a batch."""
        if self._latest is not batch:
            reached = self._plans.reached
            rows = np.flatnonzero(reached[batch.src] | reached[batch.dst])
            self._latest, self._places = batch, rows.data
        return self._places

    def _step(self, way: tuple[int, int], amount: int, row: int, sink: "FlowSink") -> bool:
        """One transfer as the walk would make it; False leaves it to the walk."""
        src, dst = way
        payer, flags = self._purses.get(src), self._terrain.flags.data
        if payer is None:  # a purse that is not open, or a stop, or a spring
            parcel = [(CLEAN, amount)] if amount else []
        elif payer.short + payer.held < amount or flags[src] & (STOP | SPRING):
            return False
        else:
            parcel = self.take(src, amount, row)
        stolen = [part for part in parcel if part[0] != CLEAN]
        if stolen:
            self._report(row, stolen, sink)
            flags[dst] |= SEEN
        if not flags[dst] & STOP:
            self.put(dst, parcel, row)
        else:
            for owner, part in stolen:
                self.absorb(dst, owner, part)
        return True

    def _report(self, row: int, stolen: Parcel, sink: "FlowSink") -> None:
        """Write the stolen parts of a transfer, one line for each incident."""
        count = self._terrain.incidents
        parts: dict[int, tuple[int, int, str]] = {}
        for owner, amount in sorted(stolen):
            traced, inferred, rule = parts.get(owner % count, (0, 0, self.why(owner)))
            if owner < count:
                parts[owner] = traced + amount, inferred, rule
            else:
                parts[owner - count] = traced, inferred + amount, rule
        for incident, (traced, inferred, rule) in sorted(parts.items()):
            sink.append(row, incident, (traced, inferred, 0), rule)

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
        keys = [(purse, owner) for owner in range(2 * self._terrain.incidents)]
        sums = {key[1]: self._absorbed[key] for key in keys if key in self._absorbed}
        state = self._purses.get(purse)
        for lot in state.lots() if state else ():
            if lot.owner != CLEAN:
                sums[lot.owner] = sums.get(lot.owner, 0) + lot.amount
        return sums

    def _open(self, purse: int, before: int) -> AffinityPurse:
        """Open a purse: all it did before this row was done with clean money."""
        state = self._purses.get(purse)
        if state is not None:
            return state
        own, pairs = self._plans.of(purse)
        state = AffinityPurse(purse, own, pairs, short=own.opening)
        for row, amount, out in own.steps:
            if row >= before:
                break
            if out:
                state.close(row, state.pay(amount, row)[0])
            else:
                state.receive(row, ((CLEAN, amount),))
        self._purses[purse] = state
        self._terrain.flags[purse] |= SEEN
        return state

    def _note_received(self, purse: int, parcel: Parcel) -> None:
        stolen = self.measure.received.setdefault(purse, {})
        for owner, amount in parcel:
            if 0 <= owner < self._terrain.incidents:
                stolen[owner] = stolen.get(owner, 0) + amount

    def _note_covered(self, way: tuple[int, int], paid: Iterable[Piece]) -> None:
        sums = self.measure.covered.setdefault(way, {})
        for owner, amount, _ in paid:
            sums[owner] = sums.get(owner, 0) + amount

    def _shortfall(self, state: AffinityPurse, recipient: int | None, short: int) -> list[Piece]:
        """Rule 3: what a shortfall is made of. All of it is inferred where most of the money it
        stands beside is stolen, up to the stolen money that the purse ever received."""
        parts = {} if self._known is None else self._inferred(state, recipient, short)
        shift = self._terrain.incidents
        pieces = [(k + shift, part, "shortfall") for k, part in parts.items() if part]
        clean = short - sum(parts.values())
        return [*pieces, (CLEAN, clean, "shortfall")] if clean else pieces

    def _inferred(self, state: AffinityPurse, recipient: int | None, short: int) -> dict[int, int]:
        assert self._known is not None
        received = sum(self._known.received.get(state.number, {}).values())
        give = min(short, received - state.inferred)
        if give <= 0:
            return {}
        basis = self._known.basis(state, recipient)
        stolen = {k: v for k, v in sorted(basis.items()) if k != CLEAN and v}
        whole = sum(stolen.values())
        if 2 * whole <= sum(basis.values()):
            return {}
        state.inferred += give
        parts = {k: give * v // whole for k, v in stolen.items()}
        main = max(stolen, key=lambda k: (stolen[k], -k))
        parts[main] += give - sum(parts.values())
        return parts


def _main_rules(paid: list[Piece]) -> dict[int, str]:
    if len(paid) == 1:
        return {paid[0][0]: paid[0][2]}
    sums: dict[int, dict[str, int]] = {}
    for owner, amount, rule in paid:
        rules = sums.setdefault(owner, {})
        rules[rule] = rules.get(rule, 0) + amount
    return {owner: max(rules, key=lambda rule: rules[rule]) for owner, rules in sums.items()}
