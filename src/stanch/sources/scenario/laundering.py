"""How the thieves launder: each trick takes what a wallet holds of an asset to where it ends.

The tricks are those that reports on thefts by North Korean actors describe: peel chains, fixed
denomination mixers, swaps out of assets that can be frozen, bridges, and OTC desks whose lawful
money the loot is mixed into.
"""

from collections.abc import Callable
from typing import Final

from stanch.sources.scenario.books import Money
from stanch.sources.scenario.cast import DENOMINATIONS, exchanged
from stanch.sources.scenario.chain import Trade
from stanch.sources.scenario.crew import Crew, Withdrawal
from stanch.sources.scenario.marks import DOLLAR, NATIVE, STAKED, units
from stanch.sources.scenario.world import DAY, HOUR, Person

Trick = Callable[[Crew, str, str], Person]  # crew, wallet, asset

SWAPPED_INTO: Final = {NATIVE: STAKED, DOLLAR: NATIVE}


def peel(crew: Crew, wallet: str, asset: str) -> Person:
    """20 to 40 times, cash a little out and move the rest on to a new wallet."""
    chance = crew.world.chance
    for _ in range(chance.between(20, 40)):
        crew.cash_out(wallet, asset, crew.spendable(wallet, asset) * chance.between(5, 40) // 1_000)
        yield chance.chosen((0, 0, 1, 30))  # often in the same block
        following = crew.fresh()
        crew.pay_all(wallet, following, asset)
        wallet = following
        yield chance.chosen((0, 5, HOUR, 4 * HOUR))
    crew.cash_out_all(wallet, asset)


def mix(crew: Crew, wallet: str, asset: str) -> Person:
    """Deposit in the mixer's denominations, the largest first; dust stays."""
    chance = crew.world.chance
    for size, mixer in zip(DENOMINATIONS, crew.cast.all("mixer"), strict=True):
        while crew.spendable(wallet, asset) >= size:
            crew.pay(wallet, mixer, asset, size)
            crew.world.start(_unmix(crew, mixer, size), chance.between(DAY, 14 * DAY))
            yield chance.chosen((0, 2, 20, HOUR))


def _unmix(crew: Crew, mixer: str, size: int) -> Person:
    account = crew.world.fresh("mixed")
    money = Money(NATIVE, size)
    tx = crew.world.chain.pay(mixer, account, money)
    crew.withdrawals.append(Withdrawal(tx, mixer, account, money))
    yield crew.world.chance.between(HOUR, 5 * DAY)
    crew.cash_out_all(account, NATIVE)


def swap_by_router(crew: Crew, wallet: str, asset: str) -> Person:
    """Swap in lots at labelled pools behind the router, then cash out."""
    yield from _swap(crew, wallet, asset, [(pool, crew.cast.router) for pool in crew.cast.pools])
    crew.world.start(peel(crew, wallet, SWAPPED_INTO[asset]), DAY)


def swap_directly(crew: Crew, wallet: str, asset: str) -> Person:
    """Swap in many lots straight at labelled pools, then peel what came out."""
    yield from _swap(crew, wallet, asset, [(pool, None) for pool in crew.cast.pools * 4])
    crew.world.start(peel(crew, wallet, SWAPPED_INTO[asset]), DAY)


def swap_quietly(crew: Crew, wallet: str, asset: str) -> Person:
    """Swap at a pool that no list knows, then cash out."""
    yield from _swap(crew, wallet, asset, [(crew.cast.quiet_pool, None)] * 3)
    yield 2 * DAY
    crew.cash_out_all(wallet, SWAPPED_INTO[asset])


def _swap(crew: Crew, wallet: str, asset: str, venues: list[tuple[str, str | None]]) -> Person:
    into = SWAPPED_INTO[asset]
    for left, (pool, router) in zip(range(len(venues), 0, -1), venues, strict=True):
        amount = crew.portion(wallet, asset, left)
        given = Money(asset, amount, crew.incident)
        got = Money(into, exchanged(asset, amount, into))
        crew.world.chain.swap(Trade(wallet, pool, given, got, router))
        yield crew.world.chance.between(1, HOUR)


def desk_same_amount(crew: Crew, wallet: str, asset: str) -> Person:
    """Three deals at a desk: each time the same amount leaves again, less a thousandth."""
    for left in (3, 2, 1):
        desk = crew.world.chance.chosen(crew.cast.desks)
        amount = crew.portion(wallet, asset, left)
        crew.pay(wallet, desk, asset, amount)
        yield crew.world.chance.between(2, 12 * HOUR)
        _settle(crew, desk, asset, [amount * 999 // 1_000])
        yield crew.world.chance.between(HOUR, DAY)


def desk_short_run(crew: Crew, wallet: str, asset: str) -> Person:
    """What a desk gets in one payment leaves as a few payments in a row, to the last unit."""
    for left in (2, 1):
        desk = crew.world.chance.chosen(crew.cast.desks)
        amount = crew.portion(wallet, asset, left)
        crew.pay(wallet, desk, asset, amount)
        yield crew.world.chance.between(2, 12 * HOUR)
        _settle(crew, desk, asset, crew.lots(amount, crew.world.chance.between(2, 4)))
        yield DAY


def desk_gathered(crew: Crew, wallet: str, asset: str) -> Person:
    """The other way round: a few payments into a desk leave as one of their sum."""
    desk, amounts = crew.cast.desks[1], []
    for left in (3, 2, 1):
        amounts.append(crew.portion(wallet, asset, left))
        crew.pay(wallet, desk, asset, amounts[-1])
        yield crew.world.chance.between(0, 2)
    yield crew.world.chance.between(2, 6 * HOUR)
    _settle(crew, desk, asset, [sum(amounts)])


def desk_standing(crew: Crew, wallet: str, asset: str) -> Person:
    """A desk pays the same recipient the same amount every week out of what it got."""
    desk, recipient, weeks = crew.cast.desks[2], crew.fresh(), 6
    amount = crew.spendable(wallet, asset)
    crew.pay(wallet, desk, asset, amount)
    for _ in range(weeks):
        yield 7 * DAY
        crew.pay(desk, recipient, asset, amount // weeks)
    yield DAY
    crew.cash_out_all(recipient, asset)


def _settle(crew: Crew, desk: str, asset: str, amounts: list[int]) -> None:
    for amount in amounts:
        recipient = crew.fresh()
        crew.pay(desk, recipient, asset, amount)
        crew.world.start(_cash_out_later(crew, recipient, asset), crew.world.chance.between(1, DAY))


def _cash_out_later(crew: Crew, wallet: str, asset: str) -> Person:
    crew.cash_out_all(wallet, asset)
    yield from ()


def mule(crew: Crew, wallet: str, asset: str) -> Person:
    """A mule with money from before the extract adds it to the loot and pays both out at once.

    The extract shows it paying more than it was seen to get: an opening balance.
    """
    account = crew.world.fresh("mule")
    crew.world.chain.endow(account, asset, units(500, asset))
    crew.pay_all(wallet, account, asset)
    yield 2 * DAY
    crew.cash_out_all(account, asset)


def bridge(crew: Crew, wallet: str, asset: str) -> Person:
    """Leave for another chain by a bridge, in two payments."""
    for left in (2, 1):
        crew.pay(wallet, crew.cast.all("bridge")[1], asset, crew.portion(wallet, asset, left))
        yield crew.world.chance.between(1, HOUR)


def sell(crew: Crew, wallet: str, asset: str) -> Person:
    """Sell to an OTC service that labels know."""
    for left in (4, 3, 2, 1):
        crew.pay(wallet, crew.cast.all("otc")[0], asset, crew.portion(wallet, asset, left))
        yield crew.world.chance.between(HOUR, DAY)


def hold(crew: Crew, wallet: str, asset: str) -> Person:
    """Sit still: what can still be frozen where it lies."""
    yield from ()
