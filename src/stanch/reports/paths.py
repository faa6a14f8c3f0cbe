"""The heaviest ways by which money came to an account.

A path is a row of transfers, each after the one before it in ledger order, from where the trace
starts to the account. It carries as much as its smallest transfer. The heaviest is found by one
pass in ledger order: the widest way to each account so far (Pollack 1960, with time in place of
Dijkstra's queue, as in Wu et al. 2014). What it carries is taken off its transfers, and the
next one is sought in what is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stanch.reports.shares import Shares
from stanch.reports.swaps import SWAP, parties
from stanch.reports.trace_view import Flow

_FINE = 10**30  # parts of a share, so that single smallest units still count


@dataclass(frozen=True, slots=True)
class Step:
    """One transfer of a path and how much (smallest units of its asset) the path carries so far."""

    flow: Flow
    carried: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps in the order of time. It carries what the last step carries."""

    steps: tuple[Step, ...]

    @property
    def carried(self) -> int:
        """What arrives by this path, in smallest units of the last step's asset."""
        return self.steps[-1].carried


class Search:
    """Paths through `flows` (of one incident, in ledger order) from the accounts `seeds`."""

    def __init__(
        self, flows: Sequence[Flow], seeds: Iterable[str], shares: Shares, *, whole: bool = True
    ) -> None:
        """Prepare the search; nothing is looked for yet.

        Unless `flows` are `whole`, where nothing came before is no sign that a path starts there.
        """
        self.flows, self.shares, self.whole = flows, shares, whole
        self.parties = parties(flows)
        self.left = [flow.traced + flow.inferred for flow in flows]
        self.starts = self._starts(frozenset(seeds))

    def heaviest(self, account: str, asset: str, count: int) -> list[Path]:
        """Up to `count` paths by which `asset` came to `account`, the heaviest first."""
        paths: list[Path] = []
        while len(paths) < count and (found := self._widest(account, asset)):
            path = self._carry(found)
            if not path.carried:
                break
            for place, step in zip(found, path.steps, strict=True):
                used = self.shares.convert(path.carried, asset, step.flow.asset)
                self.left[place] -= min(used, self.left[place])
            paths.append(path)
        return paths

    def _starts(self, seeds: frozenset[str]) -> list[bool]:
        """Which transfers may begin a path: from a seed, or from where nothing came before."""
        reached: set[tuple[str, str]] = set()
        starts = []
        for flow in self.flows:
            new = self.whole and (flow.src, flow.asset) not in reached
            origin = new and not self._received(flow)
            starts.append(flow.rule == "seed" or flow.src in seeds or origin)
            if self._arrives(flow):
                reached.add((flow.dst, flow.asset))
        return starts

    def _received(self, flow: Flow) -> bool:
        """Whether this leg brings a party what it got in a swap."""
        return flow.rule == SWAP and flow.dst in self.parties[flow.tx]

    def _arrives(self, flow: Flow) -> bool:
        """Whether stolen money is at the recipient after it: what is given in a swap is not."""
        return flow.rule != SWAP or self._received(flow)

    def _widest(self, account: str, asset: str) -> list[int]:
        """Places of the transfers of the widest path with what is left; empty if there is none."""
        best: dict[tuple[str, str], tuple[int, int]] = {}  # widest arrival so far: width, place
        given: dict[tuple[str, str], tuple[int, int]] = {}  # the same of what went into a swap
        before: dict[int, int] = {}
        goal = (0, -1)
        for place, flow in enumerate(self.flows):
            width, came = self._reach(place, best, given)
            if came >= 0:
                before[place] = came
            if flow.dst == account and flow.asset == asset and width > goal[0]:
                goal = (width, place)
            if self._arrives(flow):
                key, book = (flow.dst, flow.asset), best
            else:
                key, book = (flow.tx, flow.src), given
            if width > book.get(key, (0, -1))[0]:
                book[key] = (width, place)
        return _back(goal[1], before)

    def _reach(
        self,
        place: int,
        best: dict[tuple[str, str], tuple[int, int]],
        given: dict[tuple[str, str], tuple[int, int]],
    ) -> tuple[int, int]:
        """How wide a path may end with this transfer, and the place of the transfer before it."""
        flow = self.flows[place]
        own = self._width(place)
        if self._received(flow):
            width, came = given.get((flow.tx, flow.dst), (0, -1))
            if came < 0:
                width, came = self._other_asset(flow, best)
        else:
            width, came = best.get((flow.src, flow.asset), (0, -1))
        if self.starts[place] and width < own:
            return own, -1
        return min(own, width), came

    def _other_asset(
        self, flow: Flow, best: dict[tuple[str, str], tuple[int, int]]
    ) -> tuple[int, int]:
        """What the party of a swap held before in other assets: pools may pay before they get."""
        others = [
            found
            for (account, asset), found in best.items()
            if account == flow.dst and asset != flow.asset
        ]
        return max(others, default=(0, -1))

    def _width(self, place: int) -> int:
        numerator, denominator = self.shares.rates[self.flows[place].asset]
        return self.left[place] * numerator * _FINE // denominator

    def _carry(self, places: list[int]) -> Path:
        steps: list[Step] = []
        for place in places:
            flow, carried = self.flows[place], self.left[place]
            if steps:
                before = steps[-1]
                came = self.shares.convert(before.carried, before.flow.asset, flow.asset)
                carried = min(carried, came)
            steps.append(Step(flow, carried))
        return Path(tuple(steps))


def _back(place: int, before: dict[int, int]) -> list[int]:
    """The way back from `place`, in the order of time."""
    way: list[int] = []
    while place >= 0:
        way.append(place)
        place = before.get(place, -1)
    return way[::-1]
