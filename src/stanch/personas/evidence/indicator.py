"""What an indicator is, and what one found: pairs of records, with the numbers that explain it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

OPERATOR: Final = "operator"
FARM: Final = "farm"

# What hangs together. Who shares a home shares its address, its line and often a device, a phone
# or an account: such evidence says one thing, and says it again with less weight.
HOUSEHOLD: Final = "household"
PAY: Final = "pay"
TEXT: Final = "text"
IDENTITY: Final = "identity"
GIT: Final = "git"
GROUPS: Final = (HOUSEHOLD, PAY, TEXT, IDENTITY, GIT)

Records = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One kind of evidence between two records.

    `stated` is the chance that two strangers share it, as minus log2, before the intake at hand
    says anything. `unique` is for values that belong to one person by how they are made: such a one
    may tie two records without any other evidence, as long as an intake has no more than so many
    pairs of strangers above the pairs that something else confirms. Nothing else may.
    """

    name: str  # with its version: device@1
    group: str
    level: str  # operator or farm: the most that it speaks for
    stated: int
    unique: int = 0
    agency: bool = False  # agencies give it to their people, as they give them templates
    place: bool = False  # a line that five or more share is no family's


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs `a` < `b`, each once, in the order of a and b, and of each `n` shared values, `holders`
    of the rarest of them, and a `tier`: pairs of one tier are weighed alike.
    """

    indicator: Indicator
    a: Records
    b: Records
    n: Counts
    holders: Counts
    tier: Counts
    more: Mapping[str, Counts] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.a)

    def where(self, kept: npt.NDArray[np.bool_]) -> "Found":
        """Those of them that `kept` marks."""
        more = {name: column[kept] for name, column in self.more.items()}
        columns = (self.n[kept], self.holders[kept], self.tier[kept])
        return Found(self.indicator, self.a[kept], self.b[kept], *columns, more)
