"""Transactions in which somebody gives one asset and gets another.

Within a transaction of two assets or more, what each account gave and got of each asset is
balanced, fees left out. Where an account nets out one asset and nets in another, the whole
transaction is a swap: its rows are marked 1, its last row 2, all other rows 0.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numba import njit

from stanch.ledger.purses import Purses
from stanch.model.int128 import ZERO, add, lt

_ASK: Final = 2
_BIG: Final = np.uint64(1 << 40)  # high limb from which a transaction's sums may pass 128 bits


@dataclass(frozen=True, slots=True)
class Trade:
    """Rows of whole transactions.

    `start` holds the first row of each; `fee` says which rows are of that kind; `limbs` are
    amounts as (n, 2) uint64, the greatest where they are wider.
    """

    start: np.ndarray
    src: np.ndarray
    dst: np.ndarray
    limbs: np.ndarray
    fee: np.ndarray


def mark(trade: Trade, purses: Purses, amount: Callable[[int], int]) -> np.ndarray:
    """The column `group` of MOVES, uint8. `amount` gives the amount of a row as an integer."""
    start = np.append(trade.start, len(trade.src))
    verdict = _judge(
        (start, trade.fee),
        (trade.src, trade.dst, trade.limbs),
        (purses.account, purses.asset, purses.held),
    )
    for place in np.flatnonzero(verdict == _ASK):
        rows = range(start[place], start[place + 1])
        verdict[place] = _swaps(trade, purses, [(row, amount(row)) for row in rows])
    group = np.repeat(verdict, np.diff(start))
    last = start[1:] - 1
    group[last] += verdict
    return group


def _swaps(trade: Trade, purses: Purses, rows: Sequence[tuple[int, int]]) -> bool:
    """Whether `rows`, with their amounts, swap; for amounts of any size."""
    net: defaultdict[int, int] = defaultdict(int)
    for row, amount in rows:
        if not trade.fee[row]:
            net[int(trade.src[row])] -= amount
            net[int(trade.dst[row])] += amount
    gave, got = (
        {purses.account[p] for p, sum_ in net.items() if purses.held[p] and sum_ * sign > 0}
        for sign in (-1, 1)
    )
    return not gave.isdisjoint(got)


@njit(cache=True)
def _judge(bounds: Any, rows: Any, owners: Any) -> Any:
    """Of each transaction 1 if it swaps, 0 if not, `_ASK` if its amounts are too big to tell."""
    start, fee = bounds
    src, dst, limbs = rows
    verdict = np.zeros(len(start) - 1, np.uint8)
    for place in range(len(start) - 1):
        first, end = start[place], start[place + 1]
        if end - first > 1 and _several(first, end, src, owners, fee):
            verdict[place] = _nets_both((first, end), src, dst, (limbs, fee), owners)
    return verdict


@njit(cache=True)
def _several(first: Any, end: Any, src: Any, owners: Any, fee: Any) -> Any:
    """Whether rows from `first` to `end` move two assets or more, fees left out."""
    asset = owners[1]
    one = -1
    for row in range(first, end):
        if not fee[row]:
            if one >= 0 and asset[src[row]] != one:
                return True
            one = asset[src[row]]
    return False


@njit(cache=True)
def _nets_both(span: Any, src: Any, dst: Any, values: Any, owners: Any) -> Any:
    """Judge one transaction: balance its purses, then look for both signs in one account."""
    first, end = span
    limbs, fee = values
    account, _, held = owners
    count = 2 * (end - first)
    purse = np.full(count, -1, np.int64)
    for row in range(first, end):
        if limbs[row, 1] >= _BIG:
            return _ASK
        if not fee[row]:
            purse[2 * (row - first)] = src[row]
            purse[2 * (row - first) + 1] = dst[row]
    order = np.argsort(purse, kind="mergesort")
    gave = got = False
    owner = -1
    place = 0
    while place < count:
        this = purse[order[place]]
        glo, ghi, rlo, rhi = ZERO, ZERO, ZERO, ZERO
        while place < count and purse[order[place]] == this:
            lo, hi = limbs[first + order[place] // 2, 0], limbs[first + order[place] // 2, 1]
            if order[place] % 2:
                rlo, rhi = add(rlo, rhi, lo, hi)
            else:
                glo, ghi = add(glo, ghi, lo, hi)
            place += 1
        if this < 0 or not held[this]:
            continue
        if account[this] != owner:
            owner, gave, got = account[this], False, False
        gave = gave or lt(rlo, rhi, glo, ghi)
        got = got or lt(glo, ghi, rlo, rhi)
        if gave and got:
            return 1
    return 0
