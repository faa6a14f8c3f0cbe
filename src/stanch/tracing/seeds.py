"""Seeds in terms of purses and rows: where stolen money enters a trace."""

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Allowance:
    """How much a seed may still claim; None is without limit.

    On a UTXO chain the purses of one address share it.
    """

    left: int | None

    def claim(self, amount: int) -> int:
        """How much of `amount` of clean money is stolen; counts it as used."""
        if self.left is None:
            return amount
        claimed = min(amount, self.left)
        self.left -= claimed
        return claimed


@dataclass(frozen=True, slots=True)
class ActiveSeed:
    """A purse whose money is stolen from row `start` on.

    With a limited allowance, that much of what it holds or receives is stolen; without, all that
    it receives and whatever it pays beyond what it was seen to hold.
    """

    purse: int
    incident: int
    start: int
    allowance: Allowance


@dataclass(frozen=True, slots=True)
class SeedEvent:
    """Clean money that became stolen: at `row`, in `purse`, for `incident`."""

    row: int
    purse: int
    incident: int
    amount: int


@dataclass(slots=True)
class SeedDesk:
    """All seeds of a trace: which are active, and what each claimed so far."""

    waiting: deque[ActiveSeed]  # by start row, then purse, then incident
    active: dict[int, list[ActiveSeed]] = field(default_factory=dict)
    events: list[SeedEvent] = field(default_factory=list)

    @classmethod
    def of(cls, seeds: tuple[ActiveSeed, ...]) -> "SeedDesk":
        """A desk at which all seeds wait, with allowances of its own."""
        own = {id(seed.allowance): Allowance(seed.allowance.left) for seed in seeds}
        ordered = sorted(seeds, key=lambda seed: (seed.start, seed.purse, seed.incident))
        return cls(
            deque(
                ActiveSeed(seed.purse, seed.incident, seed.start, own[id(seed.allowance)])
                for seed in ordered
            )
        )

    def next_start(self) -> int | None:
        """Row at which the next seed becomes active."""
        return self.waiting[0].start if self.waiting else None

    def activate(self, row: int) -> list[ActiveSeed]:
        """Seeds that start at or before `row`; from now on they are active."""
        begun: list[ActiveSeed] = []
        while self.waiting and self.waiting[0].start <= row:
            seed = self.waiting.popleft()
            self.active.setdefault(seed.purse, []).append(seed)
            begun.append(seed)
        return begun

    def note(self, row: int, seed: ActiveSeed, amount: int) -> None:
        """Write down that `amount` became stolen."""
        if amount:
            self.events.append(SeedEvent(row, seed.purse, seed.incident, amount))
