"""Payments of the load: who pays whom how much, drawn a batch at a time against kept balances.

How they are steered, so that a trace has the work that the benchmark promises:

* Accounts are split by number into a community that the loot reaches, the first 30 %, and one
  that it never reaches: no member of the first ever pays one of the second.
* A payment is at most what its payer held when the batch began, divided by the payer's number of
  payments in the batch. So nobody pays more than the ledger shows it to have.
* Nobody pays out everything, so that whoever has been tainted stays tainted.
* 5 % of the amounts are above 2^64 of the smallest unit, from payers who can afford it.
* Payers and payees follow power laws, except that some payments within the first community go
  to its members in turn, so that nobody there is left out.

Amounts are whole gwei in 64 bits. Chance is uniform numbers and products of them alone, which
every processor rounds the same way.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Int = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

TAINTED_PERCENT: Final = 30
LARGE_PERCENT: Final = 5
ABOVE_LIMB: Final = 2**64 // 10**9 + 1  # gwei: the least amount above 2^64 of the smallest unit

_CROSSING: Final = 1 / 32  # of the clean community's payments go to the tainted one
_TURNS: Final = 3.0  # times that each tainted member is paid in turn, at least
_LARGEST_PART: Final = 0.75  # of what a payer may use for it is the most that a payment takes


class Payments(NamedTuple):
    """Account numbers of payers and payees, and amounts in gwei, row by row."""

    src: Int
    dst: Int
    gwei: Int


@dataclass(slots=True)
class Traffic:
    """Draws payments between accounts 0 to len(balance) - 1, whose balances it keeps.

    `rows` is how many payments there will be in all; `large` how many amounts of how many rows
    (`seen`) were above 2^64 before the first.
    """

    chance: np.random.Generator
    balance: Int
    rows: int
    large: int = 0
    seen: int = 0
    _sends: Int = field(init=False)
    _turn: int = 0

    def __post_init__(self) -> None:
        """Make room for the batch's counts."""
        self._sends = np.zeros(len(self.balance), np.int64)

    @property
    def tainted(self) -> int:
        """Number of accounts in the community that the loot reaches."""
        return tainted_accounts(len(self.balance))

    def draw(self, count: int) -> Payments:
        """The next `count` payments, already taken from and added to the balances."""
        inside = self.chance.random(count) * 100 < TAINTED_PERCENT
        src = self._members(inside, _cubed(self.chance.random(count)))
        received_inside = inside | (self.chance.random(count) < _CROSSING)
        dst = self._members(received_inside, _fourth(self.chance.random(count)))
        self._take_turns(dst, inside)
        self._avoid_self(src, dst, received_inside)
        gwei = self._amounts(src)
        np.subtract.at(self.balance, src, gwei)
        np.add.at(self.balance, dst, gwei)
        return Payments(src, dst, gwei)

    def _members(self, inside: Mask, rank: Real) -> Int:
        """Account numbers: rank in [0, 1) scaled to the community that `inside` says."""
        total, tainted = len(self.balance), self.tainted
        size = np.where(inside, tainted, total - tainted)
        return np.where(inside, 0, tainted) + (rank * size).astype(np.int64)

    def _take_turns(self, dst: Int, inside: Mask) -> None:
        """Turn some payees of tainted payers into the next members of the community in order."""
        share = min(1.0, max(0.25, _TURNS * len(self.balance) / self.rows))
        rows = np.flatnonzero(inside & (self.chance.random(len(dst)) < share))
        dst[rows] = (self._turn + np.arange(len(rows))) % self.tainted
        self._turn = (self._turn + len(rows)) % self.tainted

    def _avoid_self(self, src: Int, dst: Int, inside: Mask) -> None:
        rows = np.flatnonzero(src == dst)
        low = np.where(inside[rows], 0, self.tainted)
        size = np.where(inside[rows], self.tainted, len(self.balance) - self.tainted)
        dst[rows] = low + (dst[rows] - low + 1) % size

    def _amounts(self, src: Int) -> Int:
        np.add.at(self._sends, src, 1)
        part: Int = self.balance[src] // self._sends[src]
        self._sends[src] = 0
        draw = self.chance.random(len(src))
        small = (np.minimum(part, ABOVE_LIMB - 1) * (_LARGEST_PART * draw * draw)).astype(np.int64)
        gwei: Int = np.clip(small + 1, 0, np.maximum(0, part - 1))
        rows = self._large_rows(part)
        spread = part[rows] * _LARGEST_PART - ABOVE_LIMB
        gwei[rows] = ABOVE_LIMB + (spread * _cubed(draw[rows])).astype(np.int64)
        return gwei

    def _large_rows(self, part: Int) -> Int:
        """Rows that shall be above 2^64, so many that their share of all rows stays 5 %."""
        self.seen += len(part)
        wanted = self.seen * LARGE_PERCENT // 100 - self.large
        able = np.flatnonzero(part * _LARGEST_PART > ABOVE_LIMB)
        rows: Int = self.chance.choice(able, min(max(0, wanted), len(able)), replace=False)
        self.large += len(rows)
        return rows


def tainted_accounts(accounts: int) -> int:
    """How many of `accounts` belong to the community that the loot reaches."""
    return accounts * TAINTED_PERCENT // 100


def _cubed(uniform: Real) -> Real:
    """Ranks whose degrees follow a power law with exponent 2.5 (rank^(-2/3) of the payments)."""
    return uniform * uniform * uniform


def _fourth(uniform: Real) -> Real:
    """Ranks whose degrees follow a power law with exponent 7/3 (rank^(-3/4) of the payments)."""
    squared = uniform * uniform
    return squared * squared
