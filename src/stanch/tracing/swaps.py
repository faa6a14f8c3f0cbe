"""Swaps inside one transaction: taint goes from the asset given to the asset received.

Whoever nets out one asset and nets in another has exchanged it. What it paid is its pot; when
the transaction ends, the stolen share of the pot marks the same share of what it received. A
refund in the asset given takes its share of the pot back. With several assets given, each counts
alike: the ledger need not know prices. The rule is symmetric, so a pool's own taint stays with
the pool, and it needs no label: an account that only passes assets through is no party.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING

from stanch.model.kinds import FEES
from stanch.tracing.book import CLEAN, Parcel
from stanch.tracing.methods.haircut import split
from stanch.tracing.terrain import SPRING

if TYPE_CHECKING:
    from stanch.tracing.batch import MoveBatch
    from stanch.tracing.walk import Walk


@dataclass(frozen=True, slots=True)
class Conversion:
    """Stolen money that changed its asset. `out` left the trace of its asset at `purse`
    (positive), or entered it there (`out` false)."""

    row: int
    purse: int
    incident: int
    amount: int
    out: bool


@dataclass(slots=True)
class _Pot:
    """What one party gave in one asset: all of it, the stolen part, and the rows it left by."""

    given: int = 0
    stolen: dict[int, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)


class Swap:
    """One transaction with swaps: places `start` to `end` of a batch."""

    def __init__(self, walk: "Walk", batch: "MoveBatch", start: int, end: int) -> None:
        """Find the parties: accounts that net out one asset and net in another."""
        self.walk, self.batch, self.places = walk, batch, range(start, end)
        self.net: dict[tuple[int, int], int] = {}
        for place in self._legs():
            amount = batch.amount(place)
            for purse, sign in ((self._src(place), -amount), (self._dst(place), amount)):
                key = self._key(purse)
                self.net[key] = self.net.get(key, 0) + sign
        gave = {account for (account, _), sum_ in self.net.items() if sum_ < 0}
        got = {account for (account, _), sum_ in self.net.items() if sum_ > 0}
        self.parties = (gave & got) - self._bystanders()
        self.pots: dict[tuple[int, int], _Pot] = {}
        self.clean: dict[int, int] = {}  # of what each row brought, by place
        self.poison = walk.book.rule == "poison"  # one unit can be reached by many incidents

    def run(self) -> None:
        """Walk the rows, then let each party's pot mark what the party received."""
        for place in self.places:
            if self._given(place):
                self._give(place)
            elif self._received(place):
                self._receive(place)
            else:
                self.walk.move(self.batch, place)
        for account in sorted(self.parties):
            self._settle(account)

    def _src(self, place: int) -> int:
        return int(self.batch.src[place])

    def _dst(self, place: int) -> int:
        return int(self.batch.dst[place])

    def _key(self, purse: int) -> tuple[int, int]:
        terrain = self.walk.terrain
        return int(terrain.account[purse]), int(terrain.asset[purse])

    def _legs(self) -> Iterator[int]:
        form = self.walk.terrain.form
        return (place for place in self.places if form[self.batch.dst[place]] != FEES)

    def _bystanders(self) -> set[int]:
        """Accounts that issue and burn: they are not anybody's."""
        terrain = self.walk.terrain
        purses = {purse for place in self.places for purse in (self._src(place), self._dst(place))}
        return {int(terrain.account[p]) for p in purses if terrain.flags[p] & SPRING}

    def _given(self, place: int) -> bool:
        """Whether a party pays here in an asset that it nets out."""
        key = self._key(self._src(place))
        fee = self.walk.terrain.form[self._dst(place)] == FEES
        return not fee and key[0] in self.parties and self.net[key] < 0

    def _received(self, place: int) -> bool:
        """Whether a party is paid here: what of it is stolen shows when the swap is settled."""
        key = self._key(self._dst(place))
        return key[0] in self.parties and self.net.get(key, 0) != 0

    def _give(self, place: int) -> None:
        walk, row = self.walk, self.batch.base + place
        src, dst, amount = self._src(place), self._dst(place), self.batch.amount(place)
        if src == dst:
            return
        parcel = walk.leave(src, amount, row)
        pot = self.pots.setdefault(self._key(src), _Pot())
        pot.given += amount
        for incident, part in parcel:
            if incident != CLEAN:
                pot.stolen[incident] = pot.stolen.get(incident, 0) + part
        pot.rows.append(place)
        self.clean[place] = amount
        income: Parcel = [(CLEAN, amount)] if amount else []
        if not self._received(place):
            income = walk.claim(dst, income, row)
        walk.report(row, parcel, "swap", claimed=[*parcel, *income])
        walk.arrive((src, dst), income, row)

    def _receive(self, place: int) -> None:
        walk, row, src = self.walk, self.batch.base + place, self._src(place)
        if src == self._dst(place):
            return
        parcel = walk.leave(src, self.batch.amount(place), row)
        clean = sum(part for incident, part in parcel if incident == CLEAN)
        self.clean[place] = self.batch.amount(place) if self.poison else clean
        walk.report(row, parcel)
        walk.arrive((src, self._dst(place)), parcel, row)

    def _settle(self, account: int) -> None:
        pots = [(key, pot) for key, pot in sorted(self.pots.items()) if key[0] == account]
        received = [key for key, net in sorted(self.net.items()) if key[0] == account and net > 0]
        converted: list[tuple[dict[int, int], int]] = []  # stolen by incident, net given
        for key, pot in pots:
            kept = self._refund(key, pot)
            converted.append((kept, -self.net[key]))
            self._leave_asset(pot, kept)
        for key in received:
            self._claim(key, self._enter_asset(key, converted))

    def _refund(self, key: tuple[int, int], pot: _Pot) -> dict[int, int]:
        """Give the stolen share of a refund back; returns what was really exchanged."""
        back = pot.given + self.net[key]
        kept = dict(sorted(pot.stolen.items()))
        if back:
            for incident, share in _shared(kept, back, pot.given):
                kept[incident] -= self._mark(key, incident, share)
        return kept

    def _leave_asset(self, pot: _Pot, kept: dict[int, int]) -> None:
        """Note what left the asset, at whoever took it."""
        place = pot.rows[0]
        for incident, amount in sorted(kept.items()):
            if amount and incident < self.walk.terrain.incidents:
                row, taker = self.batch.base + place, self._dst(place)
                self.walk.swapped.append(Conversion(row, taker, incident, amount, out=True))

    def _enter_asset(
        self, key: tuple[int, int], converted: list[tuple[dict[int, int], int]]
    ) -> dict[int, int]:
        """Mark the stolen share of what was received: the mean of the shares given."""
        whole, marked = prod(given for _, given in converted), dict[int, int]()
        parts = {
            incident: sum(kept.get(incident, 0) * (whole // given) for kept, given in converted)
            for incident in sorted({k for kept, _ in converted for k in kept})
        }
        for incident, share in _shared(parts, self.net[key], whole * len(converted)):
            done = self._mark(key, incident, share)
            marked[incident] = done
            if done and incident < self.walk.terrain.incidents:
                row, purse = self._first_receipt(key)
                self.walk.swapped.append(Conversion(row, purse, incident, done, out=False))
        return marked

    def _claim(self, key: tuple[int, int], followed: dict[int, int]) -> None:
        """What a seed got for money that nobody followed is new income of a thief."""
        row, purse = self._first_receipt(key)
        for seed in self.walk.seeds.active.get(purse, ()):
            known = followed.get(seed.incident, 0) if self.poison else sum(followed.values())
            gained, left = self.net[key] - known, seed.allowance.left
            done = self._mark(key, seed.incident, gained if left is None else min(gained, left), "")
            self.walk.seeds.note(row, seed, seed.allowance.claim(done))
            followed[seed.incident] = followed.get(seed.incident, 0) + done

    def _receipts(self, key: tuple[int, int]) -> list[int]:
        """Places of the rows that brought a party this asset."""
        return [
            place
            for place in self.places
            if self._key(self._dst(place)) == key and self._src(place) != self._dst(place)
        ]

    def _first_receipt(self, key: tuple[int, int]) -> tuple[int, int]:
        place = self._receipts(key)[0]
        return self.batch.base + place, self._dst(place)

    def _mark(self, key: tuple[int, int], incident: int, amount: int, rule: str = "swap") -> int:
        """Mark money that the party received, and report it on the rows that brought it.

        Only what came clean can be marked. Without a rule it was never followed before.
        """
        walk, receipts = self.walk, self._receipts(key)
        amount = min(amount, sum(self.clean[place] for place in receipts))
        if not amount:
            return 0
        purse = self._dst(receipts[0])
        if walk.terrain.stops(purse):
            walk.book.absorb(purse, incident, amount)
        else:
            amount = walk.book.mark(purse, incident, amount, self.batch.base + self.places.stop)
        if amount:
            walk.see(purse)
        left = amount
        for place in receipts:
            part = self.clean[place] if self.poison else min(left, self.clean[place])
            left -= part
            self.clean[place] -= 0 if self.poison else part
            if part:
                marked = [(incident, part)]
                row = self.batch.base + place
                walk.report(row, marked if rule else [], rule, claimed=marked)
        return amount


def _shared(parts: dict[int, int], amount: int, whole: int) -> Iterator[tuple[int, int]]:
    """`amount * part / whole` for each incident, by largest remainder."""
    return zip(parts, split(list(parts.values()), amount, whole), strict=True)
