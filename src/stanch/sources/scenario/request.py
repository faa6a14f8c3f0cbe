"""What a user may ask of the scenario generator, checked before any work."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from stanch.errors import UsageError

ROWS_PER_INCIDENT: Final = 5_000  # the thieves of one case need about half of this
MOST_ACCOUNTS: Final = 30_000_000  # their text must fit one Arrow string array (2^31 bytes)


class Kind(StrEnum):
    """`case`: a story with its ground truth. `load`: volume for benchmarks."""

    CASE = "case"
    LOAD = "load"


# Rows for each account. With fewer, many would have nothing but their first money, and the loot
# of a load would not reach the community that it is meant to reach.
ROWS_PER_ACCOUNT: Final = {Kind.CASE: 4, Kind.LOAD: 6}
FEWEST_ACCOUNTS: Final = {Kind.CASE: 1_000, Kind.LOAD: 100}


@dataclass(frozen=True, slots=True)
class ScenarioRequest:
    """Size and seed of a scenario. The same request gives the same bytes.

    `transfers` counts rows of `TRANSFERS`: met exactly by `load`, within a few percent by
    `case`. `accounts` counts the accounts in the ledger: exactly all of them in `load`, about
    in `case`. Raises UsageError where they do not go together.
    """

    kind: Kind = Kind.CASE
    transfers: int = 50_000
    accounts: int = 5_000
    seed: int = 1
    incidents: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be generated, and say what can."""
        _between("incidents", self.incidents, 1, 10)
        _between("seed", self.seed, 0, 2**63 - 1)
        if self.kind is Kind.CASE:
            _between("transfers", self.transfers, ROWS_PER_INCIDENT * self.incidents, 2_000_000)
        else:
            _between("transfers", self.transfers, 1_000, 10**8)
        most = min(self.transfers // ROWS_PER_ACCOUNT[self.kind], MOST_ACCOUNTS)
        _between("accounts", self.accounts, FEWEST_ACCOUNTS[self.kind], most)


def _between(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise UsageError(f"--{name} must lie between {low:,} and {high:,}, not {value:,}")
