"""What must stand before what, and an order that keeps to it.

An item (a transaction, or a row) takes money from purses, gives money to purses, and may know
its rank among the others. It must stand behind every item that gives to a purse it takes from,
and behind every item of a lower rank. Items that form a circle come out together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from stanch.ledger.components import components

FLOATING = -1  # the rank of a row whose place is not known


@dataclass(frozen=True, slots=True)
class Item:
    """`family` is what an item likes to stand beside: the transaction of a row."""

    takes: frozenset[int]
    gives: frozenset[int]
    ranks: frozenset[int]
    family: int


def in_order(items: Sequence[Item]) -> Iterator[list[int]]:
    """Indices of items in order, in blocks: one item each, or several that form a circle.

    Where the rules leave a choice, the family of the last item goes on; else the first goes first.
    """
    successors = _edges(items)
    block_of = components(successors)
    blocks: list[list[int]] = [[] for _ in range(max(block_of, default=-1) + 1)]
    for index in range(len(items)):
        blocks[block_of[index]].append(index)
    after: list[list[int]] = [[] for _ in blocks]
    awaited = [0] * len(blocks)
    for node, targets in enumerate(successors):
        for target in targets:
            if block_of[node] != block_of[target]:
                after[block_of[node]].append(block_of[target])
                awaited[block_of[target]] += 1
    ready = _Ready([min(block, default=-1) for block in blocks], items)
    for block, count in enumerate(awaited):
        if not count:
            ready.add(block)
    while (chosen := ready.next()) is not None:
        if blocks[chosen]:
            yield blocks[chosen]
        for block in after[chosen]:
            awaited[block] -= 1
            if not awaited[block]:
                ready.add(block)


def _edges(items: Sequence[Item]) -> list[list[int]]:
    """Successors of each node: the items, then a node for each purse and for each rank."""
    successors: list[list[int]] = [[] for _ in items]
    purses: dict[int, int] = {}

    def node(purse: int) -> int:
        if purse not in purses:
            purses[purse] = len(successors)
            successors.append([])
        return purses[purse]

    for index, item in enumerate(items):
        successors[index].extend(node(purse) for purse in sorted(item.gives))
        for purse in sorted(item.takes):
            successors[node(purse)].append(index)
    ranks = sorted({rank for item in items for rank in item.ranks if rank != FLOATING})
    if len(ranks) > 1:
        _rank_edges(items, ranks, successors)
    return successors


def _rank_edges(items: Sequence[Item], ranks: list[int], successors: list[list[int]]) -> None:
    """A node closes each rank: behind all that have it, before all that have the next."""
    closes = {rank: len(successors) + place for place, rank in enumerate(ranks)}
    opens = {rank: closes[before] for before, rank in pairwise(ranks)}
    successors.extend([] for _ in ranks)
    for rank, before in opens.items():
        successors[before].append(closes[rank])
    for index, item in enumerate(items):
        for rank in sorted(item.ranks - {FLOATING}):
            successors[index].append(closes[rank])
            if rank in opens:
                successors[opens[rank]].append(index)


class _Ready:
    """Blocks that may come next: the last one's family first, then by their first item."""

    def __init__(self, first: list[int], items: Sequence[Item]) -> None:
        self._first, self._items = first, items
        self._all: list[tuple[int, int]] = []
        self._near: dict[int, list[tuple[int, int]]] = {}
        self._family = -1
        self._gone: set[int] = set()

    def add(self, block: int) -> None:
        first = self._first[block]
        heappush(self._all, (first, block))
        if first >= 0:
            heappush(self._near.setdefault(self._items[first].family, []), (first, block))

    def next(self) -> int | None:
        """The block to come next; None when all have come. Blocks without items come at once."""
        if self._all and self._all[0][0] < 0:
            return heappop(self._all)[1]
        for heap in (self._near.get(self._family, []), self._all):
            while heap:
                first, block = heappop(heap)
                if block not in self._gone:
                    self._gone.add(block)
                    self._family = self._items[first].family
                    return block
        return None
