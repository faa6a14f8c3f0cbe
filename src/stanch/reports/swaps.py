"""Swaps as flows.csv tells them: both legs carry the rule `swap`.

The party gave one asset and received another in the same transaction. What it gave ended there;
what it received goes on under its name.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, Protocol

SWAP = "swap"


class Leg(Protocol):
    """What a row of flows.csv must tell here."""

    @property
    def tx(self) -> str: ...  # noqa: D102
    @property
    def src(self) -> str: ...  # noqa: D102
    @property
    def dst(self) -> str: ...  # noqa: D102
    @property
    def asset(self) -> str: ...  # noqa: D102
    @property
    def traced(self) -> int: ...  # noqa: D102
    @property
    def rule(self) -> str: ...  # noqa: D102


class SwapLeg(NamedTuple):
    """One row under the rule `swap`, with what sums of swaps need."""

    tx: str
    src: str
    dst: str
    asset: str
    traced: int
    rule: str = SWAP


def parties(flows: Iterable[Leg]) -> dict[str, frozenset[str]]:
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


class SwapRates:
    """Traced amounts given and received, by pair of assets, over all plain swaps.

    Plain is a swap of one asset for one other; what comes back of the asset given is taken off.
    Legs arrive in the order of the ledger; those of a transaction share one time, so only the
    legs of one moment are kept.
    """

    def __init__(self) -> None:
        """Begin with no swap."""
        self._sums: dict[tuple[str, str], tuple[int, int]] = {}
        self._pending: list[SwapLeg] = []
        self._time = ""

    def see(self, leg: SwapLeg, time: str) -> None:
        """Count one leg."""
        if time != self._time:
            self._settle()
            self._time = time
        self._pending.append(leg)

    def sums(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Given and received, for each pair (asset given, asset received)."""
        self._settle()
        return self._sums

    def _settle(self) -> None:
        party = parties(self._pending)
        net: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for leg in self._pending:
            if leg.src in party[leg.tx]:
                net[leg.tx, leg.src][leg.asset] -= leg.traced
            if leg.dst in party[leg.tx]:
                net[leg.tx, leg.dst][leg.asset] += leg.traced
        for balance in net.values():
            given = [asset for asset, amount in balance.items() if amount < 0]
            received = [asset for asset, amount in balance.items() if amount > 0]
            if len(given) == len(received) == 1:
                pair = (given[0], received[0])
                gave, got = self._sums.get(pair, (0, 0))
                self._sums[pair] = (gave - balance[pair[0]], got + balance[pair[1]])
        self._pending = []
