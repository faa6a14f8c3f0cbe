"""Where a trace ends: at services, at null addresses, and at the limits a request sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# Functions of a service at which money is followed no further, and the fate it then has.
# `deposit` and `token` are not here: a deposit address only passes on to its exchange.
FATE_BY_CATEGORY: Final[Mapping[str, str]] = {
    "exchange": "service",
    "mixer": "mixer",
    "otc": "service",
    "gambling": "service",
    "mining": "service",
    "service": "service",
    "bridge": "bridge_unmatched",  # what leaves on the other side is not in this ledger
    "dex": "service",  # a swap that could be read never gets here
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a request: hops from the seed, and a least amount by asset id."""

    hops: int | None = None
    least: Mapping[int, int] = field(default_factory=dict)

    @property
    def active(self) -> bool:
        """Whether any limit is set."""
        return self.hops is not None or bool(self.least)

    def ends(self, hop: int, amount: int, asset: int) -> bool:
        """Whether stolen money that arrives like this is followed no further."""
        return (self.hops is not None and hop >= self.hops) or amount < self.least.get(asset, 0)
