"""One purse under `affinity@1`: its lots, what is kept for whom, and its habits (rule 2)."""

from bisect import insort_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from stanch.tracing.book import CLEAN
from stanch.tracing.methods.affinity.history import OwnRows
from stanch.tracing.methods.affinity.pairs import Pairs

Piece = tuple[int, int, str]  # owner, amount, and the rule by which it was drawn


@dataclass(slots=True)
class Lot:
    """Money of one owner: an incident, an inferred incident, or CLEAN.

    `height` orders the lots of a stack.
    """

    owner: int
    amount: int
    height: int


@dataclass(slots=True)
class AffinityPurse:
    """Lots of one purse. Free lots stand in a stack and again by owner; spent ones are dropped
    when met. `short` is unknown earlier money that no payment has needed yet, `held` the sum of
    all lots."""

    number: int
    own: OwnRows
    pairs: Pairs
    short: int
    held: int = 0
    top: int = 0  # height of the lot put last
    inferred: int = 0  # of its shortfall so far
    stack: list[Lot] = field(default_factory=list)
    kinds: dict[int, list[Lot]] = field(default_factory=dict)
    kept: dict[int, list[Lot]] = field(default_factory=dict)  # pair -> lots kept for it
    habit: dict[tuple[int, int], int] = field(default_factory=dict)  # recipient, amount -> owner

    def receive(self, row: int, parcel: Iterable[tuple[int, int]]) -> None:
        """Keep the pieces for the pair of `row`, or put them on the stack, the last on top."""
        pair = self.pairs.income.get(row)
        for owner, amount in parcel:
            self.held += amount
            if pair is None:
                self._free(Lot(owner, amount, 0))
            else:
                self.kept.setdefault(pair, []).append(Lot(owner, amount, 0))

    def _free(self, lot: Lot) -> None:
        """Put a lot on the stack."""
        self.top = lot.height = self.top + 1
        self.stack.append(lot)
        kind = self.kinds.get(lot.owner)
        if kind is None:
            self.kinds[lot.owner] = [lot]
        else:
            kind.append(lot)

    def pay(self, amount: int, row: int) -> tuple[list[Piece], int]:
        """The pieces that a payment is made of, and how much of it is shortfall."""
        paid: list[Piece] = []
        left = amount
        pair, payment = self.pairs.spending.get(row), self.own.payment.get(row)
        if pair is not None:
            left = draw(self.kept.get(pair, []), left, self.pairs.rule[pair], paid)
        elif payment is not None and payment in self.habit:
            left = draw(self.kinds.get(self.habit[payment], []), left, "standing", paid)
        if left:
            left = draw(self.stack, left, "lifo", paid)
        short = min(left, self.short)
        left -= short
        while left and self.kept:  # no money but what is kept for others: newest first
            other = next(reversed(self.kept))
            left = draw(self.kept[other], left, "lifo", paid)
            if not self.kept[other]:
                del self.kept[other]
        self.short -= short
        self.held -= amount - short - left
        return paid, short

    def close(self, row: int, paid: Iterable[Piece]) -> None:
        """Remember the habit, and free what a pair leaves over after its last payment."""
        payment = self.own.payment.get(row)
        if payment is not None:
            self.habit[payment] = _main_owner(paid)
        pair = self.pairs.spending.get(row)
        if pair is not None and self.pairs.last[pair] == row:
            for lot in self.kept.pop(pair, ()):
                self._free(lot)

    def lots(self) -> Iterable[Lot]:
        """All lots, free and kept."""
        yield from self.stack
        for kept in self.kept.values():
            yield from kept

    def mark(self, owner: int, amount: int) -> int:
        """Turn up to `amount` of clean money into `owner`'s: newest free lots, then kept ones,
        then unknown earlier money. Returns how much it was."""
        left, turned = _turn_newest(self.stack, owner, amount)
        for lots in reversed(self.kept.values()):
            left, _ = _turn_newest(lots, owner, left)
        if found := min(left, self.short):
            self.short -= found
            self.held += found
            left -= found
            turned.append(Lot(owner, found, self.stack[0].height - 1 if self.stack else self.top))
            self.stack.insert(0, turned[-1])
        for lot in turned:
            insort_left(self.kinds.setdefault(owner, []), lot, key=attrgetter("height"))
        return amount - left


def _turn_newest(lots: list[Lot], owner: int, need: int) -> tuple[int, list[Lot]]:
    """Give up to `need` of the newest clean lots to `owner`: what is still needed, and the lots
    that this made, each just above what it came from."""
    turned: list[Lot] = []
    place = len(lots)
    while need and place:
        place -= 1
        lot = lots[place]
        if lot.owner == CLEAN and lot.amount:
            part = min(need, lot.amount)
            need -= part
            lot.amount -= part
            turned.append(Lot(owner, part, lot.height))
            lots.insert(place + 1, turned[-1])
    return need, turned


def draw(lots: list[Lot], need: int, rule: str, paid: list[Piece]) -> int:
    """Take up to `need` from the newest lots; returns what is still needed."""
    while need and lots:
        lot = lots[-1]
        amount = lot.amount
        if amount > need:
            lot.amount = amount - need
            paid.append((lot.owner, need, rule))
            return 0
        if amount:
            lot.amount = 0
            need -= amount
            paid.append((lot.owner, amount, rule))
        lots.pop()
    return need


def _main_owner(paid: Iterable[Piece]) -> int:
    """Who most of a payment belonged to; of two the lower number, clean first."""
    sums: dict[int, int] = {CLEAN: 0}
    for owner, amount, _ in paid:
        sums[owner] = sums.get(owner, 0) + amount
    return max(sums, key=lambda owner: (sums[owner], -owner))
