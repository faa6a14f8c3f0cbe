"""One pass over the ledger: every transfer, every seed, every stop, once, in order.

The walk hands ordinary rows to the book, which runs them in compiled code, and takes the rest
itself: rows at a seed, swaps, wide amounts, and every row of a method that has no kernel.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from stanch.model.kinds import TRANSACTION
from stanch.tracing.batch import MoveBatch
from stanch.tracing.book import CLEAN, Book, Parcel
from stanch.tracing.seeds import ActiveSeed, SeedDesk
from stanch.tracing.sink import FlowSink
from stanch.tracing.stops import Limits
from stanch.tracing.swaps import Conversion, Swap
from stanch.tracing.terrain import ATTENTION, SEEN, SPRING, STOP, Terrain


@dataclass(frozen=True, slots=True)
class StopEvent:
    """Stolen money that a limit of the request left at `purse`."""

    purse: int
    incident: int
    amount: int


@dataclass(slots=True)
class Walk:
    """A trace under way. After `run`, `sink`, `seeds.events`, `stopped`, `swapped` hold it."""

    terrain: Terrain
    book: Book
    seeds: SeedDesk
    limits: Limits = field(default_factory=Limits)
    sink: FlowSink = field(default_factory=FlowSink)
    stopped: list[StopEvent] = field(default_factory=list)
    swapped: list[Conversion] = field(default_factory=list)
    short: dict[int, int] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)  # (account, incident) of seeds
    inferred: dict[tuple[int, int], int] = field(default_factory=dict)  # (purse, incident)
    hops: dict[tuple[int, int], int] = field(default_factory=dict)  # (account, incident)

    def run(self, batches: Iterable[MoveBatch]) -> None:
        """Walk all rows."""
        rows = 0
        for batch in batches:
            self._batch(batch)
            rows = batch.base + len(batch)
        while (start := self.seeds.next_start()) is not None and start <= rows:
            self._begin(rows, start)  # after the last row a seed still holds something
        self.sink.flush()

    def _batch(self, batch: MoveBatch) -> None:
        place, size = 0, len(batch)
        while place < size:
            start = self.seeds.next_start()
            end = size if start is None else batch.group_start(start - batch.base)
            if start is not None and end <= place:
                self._begin(batch.base + place, start)
                continue
            done = self.book.run(batch, place, end, self.sink)
            place = self._step(batch, done) if done < end else done

    def _begin(self, row: int, start: int) -> None:
        """Let the seeds of `start` claim what their purse holds before `row`.

        The two differ in a swapping transaction: there a seed counts from its first row on.
        """
        for seed in self.seeds.activate(start):
            self.terrain.flags[seed.purse] |= SEEN
            thief = int(self.terrain.account[seed.purse]), seed.incident
            self.started.add(thief)
            self.hops[thief] = 0
            left = seed.allowance.left or 0  # without a limit, only what comes from now on
            claimed = self.book.mark(seed.purse, seed.incident, left, row)
            if claimed:
                self.seeds.note(row, seed, seed.allowance.claim(claimed))
            self._release(seed)

    def _step(self, batch: MoveBatch, place: int) -> int:
        if batch.group[place]:
            end = batch.group_end(place)
            Swap(self, batch, place, end).run()
            return end
        self.move(batch, place)
        return place + 1

    def move(self, batch: MoveBatch, place: int) -> None:
        """One transfer that is not part of a swap."""
        row, src, dst = batch.base + place, int(batch.src[place]), int(batch.dst[place])
        if src != dst:
            parcel = self.leave(src, batch.amount(place), row)
            claimed = self.claim(dst, parcel, row)
            self.report(row, parcel, claimed=claimed)
            self.arrive((src, dst), claimed, row)

    def leave(self, src: int, amount: int, row: int) -> Parcel:
        """What `amount` out of `src` is made of; `src` holds that much less."""
        if self.terrain.flags[src] & (STOP | SPRING):
            return [(CLEAN, amount)] if amount else []
        missing = amount - self.book.balance(src)
        if missing > 0:
            self.short[src] = self.short.get(src, 0) + missing
            self.book.fund(src, self.claim(src, [(CLEAN, missing)], row), row)
        return self.book.take(src, amount, row)

    def _release(self, seed: ActiveSeed) -> None:
        """Let rows at a seed that has claimed all it may be walked like any others."""
        others = self.seeds.active.get(seed.purse, [])
        if seed in others and seed.allowance.left == 0:
            others.remove(seed)
            waits = any(each.purse == seed.purse for each in self.seeds.waiting)
            if not (others or waits or self.limits.active or self.terrain.wide[seed.purse]):
                self.terrain.flags[seed.purse] &= ~np.uint8(ATTENTION)

    def claim(self, purse: int, parcel: Parcel, row: int) -> Parcel:
        """The parcel as it is once the seeds at `purse` have claimed what is not followed yet.

        Money that was only inferred to be stolen is claimed like clean money.
        """
        for seed in tuple(self.seeds.active.get(purse, ())):
            claimed: Parcel = []
            for incident, amount in parcel:
                followed = CLEAN < incident < self.terrain.incidents
                stolen = 0 if followed else seed.allowance.claim(amount)
                self.seeds.note(row, seed, stolen)
                if stolen and self.book.rule == "poison":  # it knows no parts
                    stolen = amount
                parts = [(seed.incident, stolen), (incident, amount - stolen)]
                claimed += [part for part in parts if part[1]]
            if self.book.rule == "poison":  # one unit can be reached by several incidents
                claimed += self._claimed_too(seed, claimed)
            self._release(seed)
            parcel = claimed
        return parcel

    def _claimed_too(self, seed: ActiveSeed, parcel: Parcel) -> Parcel:
        """What `seed` claims of money that other incidents have reached before it."""
        reached = {incident for incident, _ in parcel}
        if not parcel or reached & {CLEAN, seed.incident}:
            return []
        amount = parcel[0][1]
        return [(seed.incident, amount)] if seed.allowance.claim(amount) else []

    def arrive(self, way: tuple[int, int], parcel: Parcel, row: int) -> None:
        """Put a parcel where it goes, unless a stop or a limit ends the trace there."""
        dst = way[1]
        stolen = [part for part in parcel if part[0] != CLEAN]
        if stolen:
            self.see(dst)
        if self.terrain.flags[dst] & STOP:
            for incident, amount in stolen:
                self.book.absorb(dst, incident, amount)
        elif stolen and self.limits.active:
            self.book.put(dst, [self._limited(way, part) for part in parcel], row)
        else:
            self.book.put(dst, parcel, row)

    def see(self, purse: int) -> None:
        """Stolen money is at `purse`; where there are limits, its rows are walked one by one."""
        self.terrain.flags[purse] |= SEEN | (ATTENTION if self.limits.active else 0)

    def _limited(self, way: tuple[int, int], part: tuple[int, int]) -> tuple[int, int]:
        """The part as clean money if a limit ends the trace of it here, else as it is."""
        (src, dst), (incident, amount) = way, part
        if incident == CLEAN:
            return part
        inside = self.terrain.form[dst] == TRANSACTION
        payer, payee = int(self.terrain.account[src]), int(self.terrain.account[dst])
        hop = self.hops.get((payer, incident), 0) + (0 if inside else 1)
        hop = min(hop, self.hops.get((payee, incident), hop))  # change comes back to its payer
        self.hops[payee, incident] = hop
        if inside or not self.limits.ends(hop, amount, int(self.terrain.asset[dst])):
            return part
        if incident < self.terrain.incidents:
            self.stopped.append(StopEvent(dst, incident, amount))
        return CLEAN, amount

    def report(
        self, row: int, parcel: Parcel, rule: str | None = None, claimed: Parcel | None = None
    ) -> None:
        """Write the stolen parts of a transfer to the sink, one line for each incident.

        Without a `rule` it is the one by which the book moved the money. `claimed` is the parcel
        once the seeds at its end have claimed what was not followed yet.
        """
        count = self.terrain.incidents
        parts: dict[int, list[int]] = {}
        rules: dict[int, str] = {}
        for owner, amount in sorted(parcel):
            if owner != CLEAN:
                parts.setdefault(owner % count, [0, 0, 0])[owner // count] += amount
                rules.setdefault(owner % count, rule or self.book.why(owner))
        for owner, amount in _gained(parcel, claimed or parcel, count):
            parts.setdefault(owner, [0, 0, 0])[2] += amount
            rules.setdefault(owner, "seed")
        for incident, (traced, inferred, new) in sorted(parts.items()):
            self.sink.append(row, incident, (traced, inferred, new), rules[incident])


def _gained(before: Parcel, after: Parcel, count: int) -> list[tuple[int, int]]:
    """What each incident has more of in a parcel than before."""
    sums: dict[int, int] = {}
    for parcel, sign in ((before, -1), (after, 1)):
        for owner, amount in parcel:
            sums[owner] = sums.get(owner, 0) + sign * amount
    return [
        (owner, amount) for owner, amount in sorted(sums.items()) if amount > 0 <= owner < count
    ]
