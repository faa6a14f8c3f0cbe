"""Swaps as flows.csv tells them: both legs carry the rule `swap`.

The party gave one asset and received another in the same transaction. What it gave ended there;
what it received goes on under its name.
"""

from collections import defaultdict
from collections.abc import Iterable

from stanch.reports.trace_view import Flow

SWAP = "swap"


def parties(flows: Iterable[Flow]) -> dict[str, frozenset[str]]:
    """For each swapping transaction the accounts that gave one asset and received another."""
    gave: dict[str, set[tuple[str, str]]] = defaultdict(set)
    got: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for flow in flows:
        if flow.rule == SWAP:
            gave[flow.tx].add((flow.src, flow.asset))
            got[flow.tx].add((flow.dst, flow.asset))
    return {
        tx: frozenset(
            party
            for party, given in gave[tx]
            for taker, received in got[tx]
            if party == taker and given != received
        )
        for tx in gave
    }


def rates(flows: Iterable[Flow]) -> dict[tuple[str, str], tuple[int, int]]:
    """Traced amounts given and received, by pair of assets, over all plain swaps.

    Plain is a swap of one asset for one other; what comes back of the asset given is taken off.
    """
    rows = [flow for flow in flows if flow.rule == SWAP]
    party = parties(rows)
    net: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for flow in rows:
        if flow.src in party[flow.tx]:
            net[flow.tx, flow.src][flow.asset] -= flow.traced
        if flow.dst in party[flow.tx]:
            net[flow.tx, flow.dst][flow.asset] += flow.traced
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for balance in net.values():
        given = [asset for asset, amount in balance.items() if amount < 0]
        received = [asset for asset, amount in balance.items() if amount > 0]
        if len(given) == len(received) == 1:
            pair = (given[0], received[0])
            gave, got = sums.get(pair, (0, 0))
            sums[pair] = (gave - balance[pair[0]], got + balance[pair[1]])
    return sums
