"""The simulated chain: blocks, transactions, fees, and a journal that knows what is stolen."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from stanch.errors import InvariantError
from stanch.sources.scenario.books import Books, Money, Parts
from stanch.sources.scenario.marks import FEES, NATIVE, NULL

FIRST_BLOCK: Final = 1_000
_GAS_AND_GWEI: Final = 21_000 * 10**9  # a plain transfer at one gwei


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal: a transfer, its place on the chain, and the stolen units in it."""

    place: tuple[int, int, int]  # block, transaction in the block, row in the transaction
    tx: int
    src: str
    dst: str
    money: Money
    kind: str
    stolen: Parts


@dataclass(frozen=True, slots=True)
class Trade:
    """`trader` gives `given` to `pool` and gets `got` for it, through `router` if there is one."""

    trader: str
    pool: str
    given: Money
    got: Money
    router: str | None = None


@dataclass(frozen=True, slots=True)
class Theft:
    """`thief` takes `money` from `victim`; from then on it is the loot of `money.of`."""

    victim: str
    thief: str
    money: Money


@dataclass(slots=True)
class Chain:
    """Writes transactions into the block that it is at, and keeps the books right.

    `services` names the accounts at which a trace has to stop, with the fate of what they get:
    what reaches them is mixed with everybody's money and is loot no longer. Every method that
    moves money raises InvariantError where the payer holds too little.
    """

    services: dict[str, str] = field(default_factory=dict)
    block: int = FIRST_BLOCK
    books: Books = field(default_factory=Books)
    journal: list[Entry] = field(default_factory=list)
    loot: Counter[tuple[int, str]] = field(default_factory=Counter)  # by incident and asset
    converted_in: Counter[tuple[int, str]] = field(default_factory=Counter)
    # Units whose way has ended, by incident, account, asset and fate.
    fates: Counter[tuple[int, str, str, str]] = field(default_factory=Counter)
    counterparts: set[str] = field(default_factory=set)  # robbed or trading pools: never hold loot
    _tx: int = -1
    _place: tuple[int, int, int] = (0, 0, 0)

    @property
    def fee(self) -> int:
        """What a native transfer costs in this block: 10 to 50 gwei for each unit of gas."""
        return _GAS_AND_GWEI * (10 + self.block * 7_919 % 41)

    def spendable(self, account: str, asset: str) -> int:
        """The most that `account` can pay in one transaction, its fee set aside."""
        return max(0, self.books.held(account, asset) - (self.fee if asset == NATIVE else 0))

    def endow(self, account: str, asset: str, amount: int) -> None:
        """Give money that came before the extract begins: the journal does not show it."""
        self.books.give(account, asset, amount, {})

    def mint(self, account: str, asset: str, amount: int) -> None:
        """Make new units, as a row from the null address."""
        self.endow(NULL, asset, amount)
        self._begin()
        self._move(NULL, account, Money(asset, amount), "mint")

    def pay(self, src: str, dst: str, money: Money) -> int:
        """One payment, with its fee where it is native; the transaction's number."""
        self._begin()
        self._charge(src, money.asset)
        self._move(src, dst, money, _kind(money.asset))
        return self._tx

    def steal(self, theft: Theft) -> int:
        """Take from the victim and write the loot into the books; the transaction's number."""
        incident, asset = theft.money.of, theft.money.asset
        if incident is None:
            raise InvariantError("a theft belongs to an incident")
        self._begin()
        self._charge(theft.victim, asset)
        self.counterparts.add(theft.victim)
        parts = {incident: theft.money.amount}
        if self.books.take(theft.victim, Money(asset, theft.money.amount)):
            raise InvariantError(f"{theft.victim} was robbed of what it had stolen")
        self._write(theft.victim, theft.thief, theft.money, _kind(asset), parts)
        self.books.give(theft.thief, asset, theft.money.amount, parts)
        self.loot[incident, asset] += theft.money.amount
        return self._tx

    def swap(self, trade: Trade) -> None:
        """Trade in one transaction: loot given becomes loot received, in proportion, rounded down.

        The units given end as `converted_out` at whoever took them first, the router or the pool;
        what the pool has is its own.
        """
        self._begin()
        self._charge(trade.trader, trade.given.asset)
        self.counterparts.add(trade.pool)
        given, got = trade.given, trade.got
        stops = [trade.trader, *([trade.router] if trade.router else []), trade.pool]
        parts = self._pass(stops, given, {})
        for incident, units in parts.items():
            self.fates[incident, stops[1], given.asset, "converted_out"] += units
        proceeds = {i: got.amount * units // given.amount for i, units in parts.items()}
        self._pass(stops[::-1], got, proceeds)
        self.books.give(trade.trader, got.asset, 0, proceeds)
        for incident, units in proceeds.items():
            self.converted_in[incident, got.asset] += units

    def _pass(self, stops: list[str], money: Money, loot: Parts) -> Parts:
        """Hand `money` along `stops`; what is stolen in it leaves the books and is returned."""
        parts = self.books.take(stops[0], money) or loot
        for src, dst in pairwise(stops):
            self._write(src, dst, money, _kind(money.asset), parts)
        self.books.give(stops[-1], money.asset, money.amount, {})
        return parts

    def _begin(self) -> None:
        self._tx += 1
        block, index, _ = self._place
        self._place = (self.block, index + 1 if block == self.block else 0, 0)

    def _charge(self, payer: str, asset: str) -> None:
        """The fee of the transaction just begun: gas is bought before anything else happens.

        The payer's own money pays for it while there is any.
        """
        if asset == NATIVE:
            self._move(payer, FEES, Money(NATIVE, self.fee), "fee")

    def _move(self, src: str, dst: str, money: Money, kind: str) -> None:
        parts = self.books.take(src, money)
        self._write(src, dst, money, kind, parts)
        fate = "fee" if dst == FEES else self.services.get(dst)
        if fate is None:
            self.books.give(dst, money.asset, money.amount, parts)
            return
        self.books.give(dst, money.asset, money.amount, {})
        for incident, units in parts.items():
            self.fates[incident, dst, money.asset, fate] += units

    def _write(self, src: str, dst: str, money: Money, kind: str, parts: Parts) -> None:
        self.journal.append(Entry(self._place, self._tx, src, dst, money, kind, parts))
        block, index, row = self._place
        self._place = (block, index, row + 1)


def _kind(asset: str) -> str:
    return "native" if asset == NATIVE else "token"
