"""The books of a ledger in plain Python: openings and swaps, straight from their definitions."""

from collections import defaultdict
from collections.abc import Sequence


def openings(
    rows: Sequence[tuple[int, int, int]], never_short: frozenset[int] = frozenset()
) -> dict[int, int]:
    """The largest deficit of each purse's running sum; rows are (from, to, amount)."""
    running: defaultdict[int, list[int]] = defaultdict(lambda: [0])
    for src, dst, amount in rows:
        if src != dst:
            running[src].append(running[src][-1] - amount)
            running[dst].append(running[dst][-1] + amount)
    return {
        purse: -min(sums)
        for purse, sums in running.items()
        if min(sums) < 0 and purse not in never_short
    }


def reaches(rows: Sequence[tuple[int, int, int]], opening: dict[int, int]) -> bool:
    """Whether what some purse had and received, or paid, is 2^127 or more."""
    inflow: defaultdict[int, int] = defaultdict(int, opening)
    outflow: defaultdict[int, int] = defaultdict(int)
    for src, dst, amount in rows:
        if src != dst:
            outflow[src] += amount
            inflow[dst] += amount
    return any(total >= 1 << 127 for total in (*inflow.values(), *outflow.values()))


def swaps(
    rows: Sequence[tuple[int, int, int, int, bool]], never: frozenset[int] = frozenset()
) -> bool:
    """Whether one transaction swaps; rows are (account, account, asset, amount, is a fee)."""
    net: defaultdict[tuple[int, int], int] = defaultdict(int)
    for src, dst, asset, amount, fee in rows:
        if not fee:
            net[src, asset] -= amount
            net[dst, asset] += amount
    gave = {account for (account, _), amount in net.items() if amount < 0}
    got = {account for (account, _), amount in net.items() if amount > 0}
    return bool((gave & got) - never)
