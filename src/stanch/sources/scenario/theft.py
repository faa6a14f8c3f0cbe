"""An incident from the theft on: who is robbed of what, and which trick each wallet gets."""

from dataclasses import dataclass
from typing import Final

from stanch.sources.scenario import laundering
from stanch.sources.scenario.books import Money
from stanch.sources.scenario.chain import Theft
from stanch.sources.scenario.crew import Crew
from stanch.sources.scenario.laundering import Trick
from stanch.sources.scenario.marks import DOLLAR, NATIVE, units
from stanch.sources.scenario.world import DAY, HOUR, Person

_LOOT_NATIVE: Final = 100_000  # of the first incident; the n-th takes an n-th of it
_LOOT_DOLLAR: Final = 25_000_000

NATIVE_TRICKS: Final[tuple[Trick, ...]] = (
    laundering.peel,
    laundering.mix,
    laundering.desk_same_amount,
    laundering.peel,
    laundering.swap_by_router,
    laundering.desk_short_run,
    laundering.swap_quietly,
    laundering.mix,
    laundering.mule,
    laundering.desk_standing,
    laundering.bridge,
    laundering.hold,
)
DOLLAR_TRICKS: Final[tuple[Trick, ...]] = (
    laundering.swap_directly,
    laundering.sell,
    laundering.desk_gathered,
    laundering.peel,
    laundering.hold,
)


@dataclass(frozen=True, slots=True)
class Seed:
    """What an investigator knows on the first day. Either `tx` or `block` and `amount` is set."""

    account: str
    incident: int
    tx: int | None = None
    block: int | None = None
    asset: str | None = None
    amount: int | None = None


def attack(crew: Crew, seeds: list[Seed]) -> Person:
    """Rob the bridge of SIMETH and SIMUSD within the hour, add to `seeds`, and go to ground."""
    chain, share = crew.world.chain, crew.incident + 1
    victim = crew.cast.all("bridge")[0]
    first, second = crew.fresh(), crew.fresh()

    native = Money(NATIVE, units(_LOOT_NATIVE // share, NATIVE), crew.incident)
    tx = chain.steal(Theft(victim, first, native))
    seeds.append(Seed(first, crew.incident, tx=tx))
    yield crew.world.chance.between(1, HOUR)

    dollars = Money(DOLLAR, units(_LOOT_DOLLAR // share, DOLLAR), crew.incident)
    chain.steal(Theft(victim, second, dollars))
    seeds.append(
        Seed(second, crew.incident, block=chain.block, asset=DOLLAR, amount=dollars.amount)
    )
    crew.world.start(_tranches(crew, second, DOLLAR, DOLLAR_TRICKS), crew.world.chance.below(DAY))
    crew.world.start(_tranches(crew, first, NATIVE, NATIVE_TRICKS), 2 * DAY)


def _tranches(crew: Crew, source: str, asset: str, tricks: tuple[Trick, ...]) -> Person:
    """Split the loot over one wallet per trick, a round at a time, and start the tricks."""
    for left, trick in zip(range(len(tricks), 0, -1), tricks, strict=True):
        wallet = crew.fresh()
        crew.pay(source, wallet, asset, crew.portion(source, asset, left))
        crew.world.start(trick(crew, wallet, asset), crew.world.chance.between(HOUR, 4 * DAY))
        yield crew.world.chance.between(HOUR, DAY)
