"""A small world with a clock, in which people act one after the other.

People are generators: each does something and yields how many blocks it waits before it does
the next thing. The world wakes them in the order of their time (discrete event simulation), so
that the journal is in canonical order as it is written.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from stanch.sources.scenario.addresses import account
from stanch.sources.scenario.chain import Chain
from stanch.sources.scenario.chance import Chance

SECONDS_PER_BLOCK: Final = 12
HOUR: Final = 3_600 // SECONDS_PER_BLOCK  # in blocks
DAY: Final = 24 * HOUR

Person = Iterator[int]


@dataclass(slots=True)
class World:
    """A chain, chance, and people who wait for their time."""

    seed: int
    chance: Chance
    chain: Chain
    _waiting: list[tuple[int, int, Person]] = field(default_factory=list)
    _started: int = 0
    _named: Counter[str] = field(default_factory=Counter)

    def fresh(self, role: str) -> str:
        """An account that nobody has used, next in its role."""
        self._named[role] += 1
        return account(self.seed, role, self._named[role] - 1)

    def start(self, person: Person, wait: int = 0) -> None:
        """Let `person` act first after `wait` blocks."""
        heapq.heappush(self._waiting, (self.chain.block + wait, self._started, person))
        self._started += 1

    def run(self) -> None:
        """Let everybody act until nobody has anything more to do."""
        while self._waiting:
            self.chain.block, _, person = heapq.heappop(self._waiting)
            wait = next(person, None)
            if wait is not None:
                self.start(person, wait)
