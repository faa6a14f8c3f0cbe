"""What does not change during a trace: the purses, and what is special about them."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

STOP = 1  # a trace ends here: a service, a null address, the earners of fees
SPRING = 2  # new units come from here: never short, never tainted
ATTENTION = 4  # a seed, or an asset too wide for the kernels: rows are walked one by one
SEEN = 8  # stolen money has been here

Flags = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Terrain:
    """Static facts by purse id (columns of PURSES) and the marks that guide the walk.

    `opening` is an (n, 2) array of limbs, `opening_wide` holds the few that do not fit.
    `wide` says which purses hold an asset that is traced in Python integers. `flags` is the one
    array that a trace writes: it sets SEEN.
    """

    account: Ids
    asset: Ids
    form: npt.NDArray[np.int8]
    opening: npt.NDArray[np.uint64]
    wide: npt.NDArray[np.bool_]
    flags: Flags
    incidents: int
    opening_wide: dict[int, int] = field(default_factory=dict)

    def opening_of(self, purse: int) -> int:
        """Least balance that `purse` had before the ledger begins, in the smallest unit."""
        if purse in self.opening_wide:
            return self.opening_wide[purse]
        return int(self.opening[purse, 0]) | int(self.opening[purse, 1]) << 64

    def stops(self, purse: int) -> bool:
        """Whether money that arrives at `purse` is followed no further."""
        return bool(self.flags[purse] & STOP)

    def afresh(self) -> "Terrain":
        """The same purses, none of them SEEN yet."""
        return replace(self, flags=self.flags & ~np.uint8(SEEN))

    def late(self) -> "Terrain":
        """The same purses and flags, unknown money coming only when it is paid out."""
        return replace(self, opening=np.zeros_like(self.opening), opening_wide={})
