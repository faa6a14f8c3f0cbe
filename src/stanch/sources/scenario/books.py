"""The omniscient books of a simulation: who holds what, and which units of it are stolen.

Nothing is inferred here. Every payment says whose money the payer means to pay with, as only
the people who make it know, and the books move exactly those units.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from stanch.errors import InvariantError

Purse = tuple[str, str]  # account (CAIP-10), asset (CAIP-19)
Parts = dict[int, int]  # stolen units by incident


@dataclass(frozen=True, slots=True)
class Money:
    """An amount to pay, in the asset's smallest unit.

    `of` is the incident whose stolen units the payer means to pay with. These go first and its
    own money after them; where it is None its own money goes first. A payer who does not know
    what he holds pays with his own.
    """

    asset: str
    amount: int
    of: int | None = None


@dataclass(slots=True)
class Books:
    """Balances and, within them, stolen units by incident."""

    balance: Counter[Purse] = field(default_factory=Counter)
    stolen: defaultdict[Purse, Parts] = field(default_factory=lambda: defaultdict(dict))

    def held(self, account: str, asset: str) -> int:
        """All that `account` holds of `asset`, clean and stolen."""
        return self.balance[account, asset]

    def take(self, account: str, money: Money) -> Parts:
        """Remove `money` from `account`; its stolen parts. InvariantError if it holds less."""
        purse = (account, money.asset)
        parts = self.stolen[purse]
        if not 0 <= money.amount <= self.balance[purse]:
            raise InvariantError(f"{account} holds too little {money.asset} for {money.amount}")
        own = self.balance[purse] - sum(parts.values())
        order: list[tuple[int | None, int]] = [(None, own), *parts.items()]
        order.sort(key=lambda layer: layer[0] != money.of)  # what the payer means goes first
        taken: Parts = {}
        rest = money.amount
        for incident, has in order:
            moved = min(rest, has)
            rest -= moved
            if incident is not None and moved:
                taken[incident] = moved
                parts[incident] -= moved
        self.balance[purse] -= money.amount
        return taken

    def give(self, account: str, asset: str, amount: int, parts: Parts) -> None:
        """Add `amount` of `asset` to `account`, of which `parts` are stolen."""
        purse = (account, asset)
        self.balance[purse] += amount
        for incident, units in parts.items():
            self.stolen[purse][incident] = self.stolen[purse].get(incident, 0) + units
