"""Who plays: services with their labels, desks that look like anybody, and the public."""

from dataclasses import dataclass
from typing import Final

from stanch.sources.scenario.marks import DOLLAR, NATIVE, STAKED, SYMBOLS, units
from stanch.sources.scenario.world import World

RESERVE: Final = {NATIVE: 500_000, DOLLAR: 1_500_000_000, STAKED: 400_000}  # in major units
DENOMINATIONS: Final = tuple(units(n, NATIVE) for n in (100, 10, 1))
_FATE_BY_CATEGORY: Final = {"mixer": "mixer", "bridge": "bridge_unmatched"}
_STOPS: Final = ("exchange", "mixer", "bridge", "otc", "gambling")

# What one unit of each asset is worth in millionths of SIMUSD; the rates of the simulation.
_WORTH: Final = {NATIVE: 3_000 * 10**6, DOLLAR: 10**6, STAKED: 3_150 * 10**6}


@dataclass(frozen=True, slots=True)
class Service:
    """An account that a label names."""

    account: str
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who has a part. `services` are labelled; nobody else is."""

    services: tuple[Service, ...]
    quiet_pool: str  # trades like the others, but no list knows it
    desks: tuple[str, ...]  # change money for anybody who asks, no label
    dealers: tuple[str, ...]  # lawful customers of the desks who buy in bulk
    employers: tuple[str, ...]
    users: tuple[str, ...]  # by rank: the first are in most payments

    def all(self, category: str) -> list[str]:
        """Accounts of the services of this category, in a fixed order."""
        return [service.account for service in self.services if service.category == category]

    def stops(self) -> dict[str, str]:
        """Services at which a trace ends, with the fate of what they get."""
        return {
            service.account: _FATE_BY_CATEGORY.get(service.category, "service")
            for service in self.services
            if service.category in _STOPS
        }

    @property
    def router(self) -> str:
        """The labelled router that stands between traders and pools."""
        return self.all("dex")[0]

    @property
    def pools(self) -> list[str]:
        """The labelled pools."""
        return self.all("dex")[1:]


def engage(world: World, users: int, size: int) -> Cast:
    """Name everybody and mint what they begin with: `size` times the usual for more traffic."""
    cast = Cast(
        services=tuple(_services(world)),
        quiet_pool=world.fresh("quiet-pool"),
        desks=tuple(world.fresh("desk") for _ in range(3)),
        dealers=tuple(world.fresh("dealer") for _ in range(6)),
        employers=tuple(world.fresh("employer") for _ in range(8)),
        users=tuple(world.fresh("user") for _ in range(users)),
    )
    world.chain.services.update(cast.stops())
    rich = [s.account for s in cast.services if s.category in ("exchange", "bridge", "dex")]
    for account in [*rich, cast.quiet_pool]:
        if account != cast.router:
            for asset, reserve in RESERVE.items():
                world.chain.mint(account, asset, units(size * reserve, asset))
    for account in [*cast.all("mixer"), *cast.desks, *cast.all("otc"), *cast.all("gambling")]:
        world.chain.mint(account, NATIVE, units(size * 400, NATIVE))
        world.chain.mint(account, DOLLAR, units(size * 1_000_000, DOLLAR))
    return cast


def exchanged(asset: str, amount: int, into: str) -> int:
    """What a pool gives for `amount` of `asset`: fixed rates, less 0.3 %, rounded down."""
    worth = amount * _WORTH[asset] * units(1, into) // units(1, asset)
    return worth * 997 // (1_000 * _WORTH[into])


def _services(world: World) -> list[Service]:
    sizes = [f"{size // units(1, NATIVE)} {SYMBOLS[NATIVE]}" for size in DENOMINATIONS]
    named = [
        ("exchange", "Simulated Exchange North: hot wallet"),
        ("exchange", "Simulated Exchange South: hot wallet"),
        *(("mixer", f"Simulated Mixer: {size}") for size in sizes),
        ("dex", "Simulated Swap: router"),
        ("dex", "Simulated Swap: pool 1"),
        ("dex", "Simulated Swap: pool 2"),
        ("bridge", "Simulated Bridge West: hot wallet"),
        ("bridge", "Simulated Bridge East: vault"),
        ("otc", "Simulated OTC Harbour"),
        ("gambling", "Simulated Dice"),
    ]
    return [Service(world.fresh(category), name, category) for category, name in named]
