"""Where stolen money stands when a walk ends."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stanch.tracing.sink import FITS, limbs

Entry = tuple[int, int, int]  # purse, incident, amount


@dataclass(frozen=True, slots=True)
class Holdings:
    """One row for each purse and incident with stolen money, by purse and incident.

    `amount` is an (n, 2) array of limbs; `wide` maps a place to an amount that passes 128 bits.
    """

    purse: npt.NDArray[np.int32]
    incident: npt.NDArray[np.int16]
    amount: npt.NDArray[np.uint64]
    wide: dict[int, int]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Holdings":
        """Pack entries that are few; entries of amount zero are left out."""
        rows = sorted(entry for entry in entries if entry[2])
        amounts = [row[2] for row in rows]
        return cls(
            purse=np.array([row[0] for row in rows], dtype=np.int32),
            incident=np.array([row[1] for row in rows], dtype=np.int16),
            amount=limbs(amounts),
            wide={place: value for place, value in enumerate(amounts) if value >= FITS},
        )

    def __add__(self, other: "Holdings") -> "Holdings":
        """Both together, in order."""
        if not len(other.purse):
            return self
        purse = np.concatenate([self.purse, other.purse])
        incident = np.concatenate([self.incident, other.incident])
        order = np.lexsort((incident, purse))
        amounts = np.concatenate([self.amount, other.amount])[order]
        shift = len(self.purse)
        wide = self.wide | {place + shift: value for place, value in other.wide.items()}
        new = {int(old): place for place, old in enumerate(order)} if wide else {}
        return Holdings(
            purse[order], incident[order], amounts, {new[old]: value for old, value in wide.items()}
        )

    def amount_at(self, place: int) -> int:
        """Amount of one row, in the asset's smallest unit."""
        if place in self.wide:
            return self.wide[place]
        return int(self.amount[place, 0]) | int(self.amount[place, 1]) << 64
