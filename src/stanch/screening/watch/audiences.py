"""Who may see a row: audiences by number, and for each member which numbers are open to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Self

import numpy as np
import numpy.typing as npt

Members = frozenset[str] | Literal["all"]
Mask = npt.NDArray[np.bool_]

NOBODY: Final = 0  # the audience of rows that have ended
MAX_NUMBER: Final = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Audiences:
    """`open_to` a member, audiences are a mask by number. Number 0 is open to nobody, ever."""

    sets: Mapping[int, Members]
    _masks: Mapping[str, Mask]
    _others: Mask  # of a member whom no set names
    _none: Mask

    @classmethod
    def of(cls, sets: Mapping[int, Members]) -> Self:
        """Member ids by audience, or "all". Raises ValueError for a number that cannot be used."""
        for number in sets:
            if not NOBODY < number <= MAX_NUMBER:
                raise ValueError(f"{number} is no number of an audience (1 to {MAX_NUMBER:,})")
        size = max(sets, default=NOBODY) + 1
        others = np.zeros(size, np.bool_)
        others[[number for number, members in sets.items() if members == "all"]] = True
        masks: dict[str, Mask] = {}
        for number, members in sets.items():
            if members != "all":
                for member in members:
                    masks.setdefault(member, others.copy())[number] = True
        return cls(dict(sets), masks, others, np.zeros(size, np.bool_))

    def open_to(self, member: str) -> Mask:
        """True at the number of each audience that `member` is in; nothing is open to no name."""
        return self._masks.get(member, self._others) if member else self._none
