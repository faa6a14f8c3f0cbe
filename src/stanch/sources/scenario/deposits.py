"""How money gets into an exchange: a deposit address of one's own, and the sweep after it."""

from stanch.sources.scenario.books import Money
from stanch.sources.scenario.marks import NATIVE
from stanch.sources.scenario.world import HOUR, Person, World

_DUST = 10**15  # at most this much stays behind, 0.001 SIMETH


def forward(world: World, deposit: str, hot: str, asset: str, of: int | None = None) -> Person:
    """Send what `deposit` holds on to the exchange's wallet `hot`, nearly all of it.

    `of` is the incident whose loot the customer paid in, if any. Start it with the wait until
    the exchange sweeps.
    """
    dust = world.chance.below(_DUST) if asset == NATIVE and not world.chance.below(3) else 0
    amount = world.chain.spendable(deposit, asset) - dust
    if amount > 0:
        world.chain.pay(deposit, hot, Money(asset, amount, of))
    yield from ()


def sweep_wait(world: World) -> int:
    """Blocks until the exchange sweeps: at the next of its rounds, four a day.

    All deposits of a round go in the same block, so that many rows share one second.
    """
    return 6 * HOUR - world.chain.block % (6 * HOUR)
