"""One purse under `affinity@1`: its lots, what is kept for whom, and its habits (rule 2)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from stanch.tracing.book import CLEAN
from stanch.tracing.methods.affinity.history import OwnRows
from stanch.tracing.methods.affinity.pairs import Pairs


@dataclass(slots=True)
class Lot:
    """Money of one owner: an incident, an inferred incident, or CLEAN."""

    owner: int
    amount: int
    rule: str = ""  # why it was drawn; set on the pieces of a payment


@dataclass(slots=True)
class AffinityPurse:
    """Lots of one purse. Free lots stand in a stack and again by owner; spent ones are dropped
    when met. `short` is unknown earlier money that no payment has needed yet."""

    own: OwnRows
    pairs: Pairs
    short: int
    stack: list[Lot] = field(default_factory=list)
    kinds: dict[int, list[Lot]] = field(default_factory=dict)
    held: dict[int, list[Lot]] = field(default_factory=dict)  # pair -> lots kept for it
    habit: dict[tuple[int, int], int] = field(default_factory=dict)  # (recipient, amount) -> owner
    inferred: int = 0  # of its shortfall so far

    def receive(self, row: int, parcel: Iterable[tuple[int, int]]) -> None:
        """Keep the pieces for the pair of `row`, or put them on the stack, the last on top."""
        pair = self.pairs.income.get(row)
        for owner, amount in parcel:
            lot = Lot(owner, amount)
            if pair is None:
                self.free(lot)
            else:
                self.held.setdefault(pair, []).append(lot)

    def free(self, lot: Lot) -> None:
        """Put a lot on the stack."""
        self.stack.append(lot)
        self.kinds.setdefault(lot.owner, []).append(lot)

    def pay(self, amount: int, row: int) -> tuple[list[Lot], int]:
        """The lots that a payment is made of, and how much of it is shortfall."""
        pair, recipient = self.pairs.spending.get(row), self.own.recipient.get(row)
        paid: list[Lot] = []
        left = amount
        if pair is not None:
            left = draw(self.held.get(pair, []), left, self.pairs.rule[pair], paid)
        elif recipient is not None and (recipient, amount) in self.habit:
            usual = self.kinds.get(self.habit[recipient, amount], [])
            left = draw(usual, left, "standing", paid)
        left = draw(self.stack, left, "lifo", paid)
        short = min(left, self.short)
        left -= short
        while left and self.held:  # no money but what is kept for others: newest first
            other = next(reversed(self.held))
            left = draw(self.held[other], left, "lifo", paid)
            if not self.held[other]:
                del self.held[other]
        self.short -= short
        return paid, short

    def close(self, amount: int, row: int, paid: Iterable[Lot]) -> None:
        """Remember the habit, and free what a pair leaves over after its last payment."""
        if (recipient := self.own.recipient.get(row)) is not None and amount:
            self.habit[recipient, amount] = _main_owner(paid)
        pair = self.pairs.spending.get(row)
        if pair is not None and self.pairs.last[pair] == row:
            for lot in self.held.pop(pair, []):
                self.free(lot)

    def lots(self) -> Iterable[Lot]:
        """All lots, free and kept."""
        yield from self.stack
        for kept in self.held.values():
            yield from kept

    def mark(self, owner: int, amount: int) -> int:
        """Turn up to `amount` of clean money into `owner`'s: newest free lots, then kept ones,
        then unknown earlier money. Returns how much it was."""
        left = amount
        for lots in (self.stack, *reversed(self.held.values())):
            left = _turn_newest(lots, owner, left)
        if turned := min(left, self.short):
            self.short -= turned
            left -= turned
            self.stack.insert(0, Lot(owner, turned))
        self.kinds = {}
        for lot in self.stack:
            self.kinds.setdefault(lot.owner, []).append(lot)
        return amount - left


def _turn_newest(lots: list[Lot], owner: int, need: int) -> int:
    """Give up to `need` of the newest clean lots to `owner`; returns what is still needed."""
    for place in range(len(lots) - 1, -1, -1):
        lot = lots[place]
        if not need:
            break
        if lot.owner == CLEAN and lot.amount:
            part = min(need, lot.amount)
            need -= part
            lots[place : place + 1] = [Lot(CLEAN, lot.amount - part), Lot(owner, part)]
    return need


def draw(lots: list[Lot], need: int, rule: str, paid: list[Lot]) -> int:
    """Take up to `need` from the newest lots; returns what is still needed."""
    while need and lots:
        lot = lots[-1]
        if lot.amount:
            part = min(need, lot.amount)
            lot.amount -= part
            need -= part
            paid.append(Lot(lot.owner, part, rule))
        if not lot.amount:
            lots.pop()
    return need


def _main_owner(paid: Iterable[Lot]) -> int:
    """Who most of a payment belonged to; of two the lower number, clean first."""
    sums: dict[int, int] = {CLEAN: 0}
    for lot in paid:
        sums[lot.owner] = sums.get(lot.owner, 0) + lot.amount
    return max(sums, key=lambda owner: (sums[owner], -owner))
