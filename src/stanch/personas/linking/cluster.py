"""Clusters from evidence between records: the strongest two join first, as long as they should.

Average and single linkage ask how near two groups are by pairs. Here the evidence between two
clusters is put together first: of each indicator the strongest piece between any of their members,
summed as if they were two people, less log2 of the number of pairs, since more pairs meet by chance
more often. So a cluster is joined on two kinds of evidence, whichever members show them, and one
value that was shared by accident joins nobody to anything.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Mapping

from stanch.personas.linking.score import Evidence, Piece
from stanch.personas.weights.chance import BIT

Score = Callable[[Evidence], int]
Edges = Mapping[tuple[int, int], Evidence]  # by two members, the lower first


def clusters(
    members: Iterable[tuple[int, int]], edges: Edges, score: Score, bar: int
) -> dict[int, int]:
    """Of each member the least member of its cluster.

    `members` are (member, how many records it stands for); `score` sums evidence, and `bar` is in
    microbits. Ties are broken by the members' order, so the result does not depend on that of
    `edges`.
    """
    return _Joining(dict(members), edges, score, bar).run()


class _Joining:
    def __init__(self, size: dict[int, int], edges: Edges, score: Score, bar: int) -> None:
        self._size, self._score, self._bar = size, score, bar
        self._near: dict[int, dict[int, dict[str, Piece]]] = {}
        self._into: dict[int, int] = {}
        self._heap: list[tuple[int, int, int, int, int]] = []
        for (a, b), evidence in edges.items():
            self._near.setdefault(a, {})[b] = dict(evidence)
            self._near.setdefault(b, {})[a] = dict(evidence)
        for a, b in edges:
            self._offer(*sorted((a, b)))

    def run(self) -> dict[int, int]:
        while self._heap:
            _, a, b, size_a, size_b = heapq.heappop(self._heap)
            if self._stands(a, size_a) and self._stands(b, size_b):
                self._join(a, b)
        return {member: self._last(member) for member in self._size}

    def _stands(self, member: int, size: int) -> bool:
        return member not in self._into and self._size[member] == size

    def _offer(self, a: int, b: int) -> None:
        bits = self._score(self._near[a][b]) - more_pairs(self._size[a] * self._size[b])
        if bits >= self._bar:
            heapq.heappush(self._heap, (-bits, a, b, self._size[a], self._size[b]))

    def _join(self, a: int, b: int) -> None:
        """Put b, the higher, into a."""
        self._into[b] = a
        self._size[a] += self._size[b]
        del self._near[a][b]
        for other, evidence in sorted(self._near.pop(b).items()):
            if other == a:
                continue
            del self._near[other][b]
            known = self._near[a].setdefault(other, {})
            for name, piece in evidence.items():
                known[name] = max(known.get(name, piece), piece)
            self._near[other][a] = known
        for other in sorted(self._near[a]):
            self._offer(*sorted((a, other)))

    def _last(self, member: int) -> int:
        while member in self._into:
            member = self._into[member]
        return member


def more_pairs(pairs: int) -> int:
    """Microbits that so many pairs take off: log2, rounded."""
    return round(math.log2(pairs) * BIT)
