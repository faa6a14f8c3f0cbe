"""The public: wages, purchases, savings, trades and games, none of it stolen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from stanch.sources.scenario.books import Money
from stanch.sources.scenario.cast import DENOMINATIONS, Cast, exchanged
from stanch.sources.scenario.chain import Trade
from stanch.sources.scenario.deposits import forward, sweep_wait
from stanch.sources.scenario.marks import DOLLAR, NATIVE, STAKED, units
from stanch.sources.scenario.world import DAY, HOUR, Person, World

ROWS_PER_ACT: Final = 2  # a payment and, mostly, its fee: first guess of the pace
_ASSETS: Final = (NATIVE, NATIVE, DOLLAR, STAKED)


@dataclass(slots=True)
class Public:
    """Lawful people in `world`, who have the services of `cast`."""

    world: World
    cast: Cast
    _deposits: dict[str, tuple[str, str]] = field(default_factory=dict)  # user: address, exchange

    def live(self, rows: int, until: int) -> Person:
        """Act now and then so that the journal has about `rows` rows at block `until`."""
        acts = self._acts()
        chain = self.world.chain
        while chain.block < until:
            self.world.chance.chosen(acts)()
            blocks, missing = until - chain.block, max(1, rows - len(chain.journal))
            yield int(2 * self.world.chance.uniform() * ROWS_PER_ACT * blocks / missing)

    def employ(self, employer: str, until: int) -> Person:
        """Pay the same wages to the same staff every 30 days, all in one block."""
        chance, chain = self.world.chance, self.world.chain
        staff = [self._user() for _ in range(chance.between(10, 30))]
        wages = [units(100 * chance.between(15, 80), DOLLAR) for _ in staff]
        while chain.block < until:
            chain.pay(self._exchange(), employer, Money(DOLLAR, sum(wages)))
            yield HOUR
            for person, wage in zip(staff, wages, strict=True):
                chain.pay(employer, person, Money(DOLLAR, wage))
            yield 30 * DAY - HOUR

    def rent(self, desk: str, until: int) -> Person:
        """Pay a desk's landlord the same amount every week."""
        landlord, due = self._user(), units(self.world.chance.between(8, 20) * 100, DOLLAR)
        while self.world.chain.block < until:
            self.world.chain.pay(desk, landlord, Money(DOLLAR, due))
            yield 7 * DAY

    def _acts(self) -> list[Callable[[], None]]:
        weighted = (
            (self._pay_somebody, 12),
            (self._withdraw, 5),
            (self._deposit, 4),
            (self._trade, 2),
            (self._use_desk, 3),
            (self._deal_in_bulk, 1),
            (self._mix, 1),
            (self._gamble, 1),
        )
        return [act for act, weight in weighted for _ in range(weight)]

    def _pay_somebody(self) -> None:
        asset = self.world.chance.chosen(_ASSETS)
        payer, payee = self._user(), self._user()
        money = self._affordable(payer, asset)
        if money is None or payer == payee:
            self._withdraw_to(payer, asset)
        else:
            self.world.chain.pay(payer, payee, money)

    def _withdraw(self) -> None:
        # Uniform: everybody comes from an exchange once in a while, so that nobody is missing.
        user = self.world.chance.chosen(self.cast.users)
        self._withdraw_to(user, self.world.chance.chosen(_ASSETS))

    def _withdraw_to(self, user: str, asset: str) -> None:
        amount = units(1, asset) * self.world.chance.amount(2, 4 if asset != DOLLAR else 6) // 100
        self.world.chain.pay(self._exchange(), user, Money(asset, amount))

    def _deposit(self) -> None:
        asset = self.world.chance.chosen(_ASSETS)
        user = self._user()
        money = self._affordable(user, asset)
        if money is not None:
            self._pay_in(user, money)

    def _pay_in(self, user: str, money: Money) -> None:
        if user not in self._deposits:
            self._deposits[user] = (self.world.fresh("deposit"), self._exchange())
        address, hot = self._deposits[user]
        self.world.chain.pay(user, address, money)
        self.world.start(forward(self.world, address, hot, money.asset), sweep_wait(self.world))

    def _trade(self) -> None:
        given, got = self.world.chance.chosen(
            [(NATIVE, DOLLAR), (DOLLAR, NATIVE), (NATIVE, STAKED)]
        )
        user = self._user()
        money = self._affordable(user, given)
        if money is not None:
            pool = self.world.chance.chosen([*self.cast.pools, self.cast.quiet_pool])
            router = self.world.chance.chosen([self.cast.router, None])
            result = Money(got, exchanged(given, money.amount, got))
            self.world.chain.swap(Trade(user, pool, money, result, router))

    def _use_desk(self) -> None:
        user, asset = self._user(), self.world.chance.chosen((NATIVE, DOLLAR))
        money = self._affordable(user, asset)
        if money is not None:
            desk = self.world.chance.chosen(self.cast.desks)
            self.world.chain.pay(user, desk, money)
            wait = self.world.chance.between(1, 20 * HOUR)
            self.world.start(self._settle(desk, money), wait)

    def _deal_in_bulk(self) -> None:
        """A deal as large as the thieves': without them, loot would stand out by its size."""
        whole, asset = self.world.chance.chosen(((1, NATIVE), (1_000, DOLLAR)))
        money = Money(asset, units(whole * self.world.chance.between(300, 3_000), asset))
        desk = self.world.chance.chosen(self.cast.desks)
        self.world.chain.pay(self._exchange(), desk, money)
        wait = self.world.chance.between(1, 20 * HOUR)
        self.world.start(self._deliver(desk, money), wait)

    def _deliver(self, desk: str, money: Money) -> Person:
        dealer, due = self.world.chance.chosen(self.cast.dealers), money.amount * 998 // 1_000
        self.world.chain.pay(desk, dealer, Money(money.asset, due))
        yield self.world.chance.between(1, DAY)
        rest = self.world.chain.spendable(dealer, money.asset)
        if rest:  # else another delivery's payment has taken this one's along
            self._pay_in(dealer, Money(money.asset, rest))

    def _settle(self, desk: str, money: Money) -> Person:
        due = money.amount * 998 // 1_000
        if self.world.chain.spendable(desk, money.asset) >= due:
            self.world.chain.pay(desk, self._user(), Money(money.asset, due))
        yield from ()

    def _mix(self) -> None:
        user = self._user()
        sizes = zip(DENOMINATIONS, self.cast.all("mixer"), strict=True)
        for size, mixer in sizes:
            if self.world.chain.spendable(user, NATIVE) >= 2 * size:
                self.world.chain.pay(user, mixer, Money(NATIVE, size))
                wait = self.world.chance.between(HOUR, 10 * DAY)
                self.world.start(self._unmix(mixer, size), wait)
                return

    def _unmix(self, mixer: str, size: int) -> Person:
        fresh = self.world.fresh("mixed")
        self.world.chain.pay(mixer, fresh, Money(NATIVE, size))
        yield self.world.chance.between(1, 2 * DAY)
        self.world.chain.pay(fresh, self._user(), Money(NATIVE, size // 2))

    def _gamble(self) -> None:
        user, dice = self._user(), self.cast.all("gambling")[0]
        money = self._affordable(user, NATIVE)
        if money is not None:
            stake = money.amount // 10 + 1
            self.world.chain.pay(user, dice, Money(NATIVE, stake))
            if self.world.chance.below(3) == 0:
                self.world.chain.pay(dice, user, Money(NATIVE, stake * 9 // 10))

    def _affordable(self, user: str, asset: str) -> Money | None:
        """Between a tenth and all that `user` can spend; None where that is hardly anything."""
        spendable = self.world.chain.spendable(user, asset)
        if spendable < units(1, asset) // 10:
            return None
        tenths = self.world.chance.between(1, 10)
        return Money(asset, spendable * tenths // 10)

    def _user(self) -> str:
        users = self.cast.users
        return users[self.world.chance.ranked(len(users))]

    def _exchange(self) -> str:
        return self.world.chance.chosen(self.cast.all("exchange"))
