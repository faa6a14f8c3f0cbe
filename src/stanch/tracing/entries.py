"""Sums of money by (account, asset, incident, fate), exact at any width."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from stanch.model.int128 import add, lt
from stanch.model.kinds import FATES
from stanch.tracing.sink import FITS, limbs

Keys = npt.NDArray[np.int64]
_FATES = 16  # room for FATES in a key


@dataclass(frozen=True, slots=True)
class KeySpace:
    """Packs (account, asset, incident, fate) into one integer, and back."""

    assets: int
    incidents: int

    def pack(self, account: Any, asset: Any, incident: Any, fate: Any) -> Any:
        """Keys of arrays (or numbers) of ids; `fate` is a place in FATES."""
        pair = np.asarray(account, np.int64) * self.assets + asset
        return (pair * self.incidents + incident) * _FATES + fate

    def unpack(self, keys: Keys) -> tuple[Keys, Keys, Keys, Keys]:
        """Account, asset, incident and fate of each key."""
        rest, fate = np.divmod(keys, _FATES)
        rest, incident = np.divmod(rest, self.incidents)
        account, asset = np.divmod(rest, self.assets)
        return account, asset, incident, fate


@dataclass(frozen=True, slots=True)
class Entries:
    """Sorted unique keys with their sums; `wide` maps a place to a sum past 128 bits, of which
    the limbs have nothing."""

    key: Keys
    amount: npt.NDArray[np.uint64]
    wide: dict[int, int]

    @classmethod
    def of(
        cls, key: Keys, amount: npt.NDArray[np.uint64], wide: dict[int, int] | None = None
    ) -> "Entries":
        """Add up rows of the same key; `wide` maps a row to an amount that limbs do not hold."""
        if not wide and (len(key) < 2 or (key[1:] > key[:-1]).all()):
            return cls(key, amount, {})  # nothing to add up
        unique, inverse = np.unique(key, return_inverse=True)
        sums = np.zeros((len(unique), 2), np.uint64)
        past = _add_up(inverse, amount, sums, np.zeros(len(unique), np.int64))
        big = {int(p): _whole(sums[p]) + (int(past[p]) << 128) for p in np.flatnonzero(past)}
        for row, value in (wide or {}).items():
            place = int(inverse[row])
            big[place] = big.get(place, _whole(sums[place])) + value
        sums[list(big)] = 0
        return cls(unique, sums, big)

    @classmethod
    def of_values(cls, pairs: list[tuple[int, int]]) -> "Entries":
        """Add up (key, amount) pairs that are few."""
        values = [amount for _, amount in pairs]
        wide = {row: value for row, value in enumerate(values) if value >= FITS}
        return cls.of(np.array([key for key, _ in pairs], dtype=np.int64), limbs(values), wide)

    def __add__(self, other: "Entries") -> "Entries":
        """Both added up."""
        shift = len(self.key)
        return Entries.of(
            np.concatenate([self.key, other.key]),
            np.concatenate([self.amount, other.amount]),
            self.wide | {row + shift: value for row, value in other.wide.items()},
        )

    def at(self, keys: Keys) -> "Entries":
        """The same sums for `keys` (sorted, unique): zero where there is no entry."""
        if keys is self.key:
            return self
        place = np.searchsorted(self.key, keys)
        place[place == len(self.key)] = 0
        found = self.key[place] == keys if len(self.key) else np.zeros(len(keys), bool)
        amount = np.zeros((len(keys), 2), np.uint64)
        amount[found] = self.amount[place[found]]
        new = {int(old): row for row, old in enumerate(place) if found[row]} if self.wide else {}
        wide = {new[old]: value for old, value in self.wide.items() if old in new}
        return Entries(keys, amount, wide)

    def value(self, place: int) -> int:
        """One sum, in the asset's smallest unit."""
        return self.wide[place] if place in self.wide else _whole(self.amount[place])

    def total(self, places: npt.NDArray[np.int64]) -> int:
        """Sum over many places."""
        lo, hi = self.amount[places, 0], self.amount[places, 1]
        parts = [(lo & 0xFFFFFFFF, 0), (lo >> np.uint64(32), 32), (hi & 0xFFFFFFFF, 64)]
        parts.append((hi >> np.uint64(32), 96))
        narrow = sum(int(part.sum(dtype=np.uint64)) << shift for part, shift in parts)
        chosen = set(places.tolist()) & self.wide.keys() if self.wide else set()
        return narrow + sum(self.wide[p] - _whole(self.amount[p]) for p in chosen)


def fate(name: str) -> int:
    """Place of a fate in FATES."""
    return FATES.index(name)


def _whole(pair: npt.NDArray[np.uint64]) -> int:
    return int(pair[0]) | int(pair[1]) << 64


@njit(cache=True)
def _add_up(inverse, amount, sums, past):  # type: ignore[no-untyped-def]
    """Add up in place; returns how often each sum has passed 128 bits."""
    for row in range(len(inverse)):
        at = inverse[row]
        lo, hi = add(sums[at, 0], sums[at, 1], amount[row, 0], amount[row, 1])
        past[at] += lt(lo, hi, sums[at, 0], sums[at, 1])
        sums[at, 0], sums[at, 1] = lo, hi
    return past
