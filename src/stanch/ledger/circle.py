"""Rows among which money runs in a circle, so that some must pay before all has arrived.

Next goes a row whose sender has received all it gets here, else one whose sender holds enough,
else one whose sender has received something, else the one that stands first in the input. Rows
that know their rank keep to it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from stanch.ledger.precedence import FLOATING

NOBODY = -1  # an end that is never short: it issues, earns fees, or burns

# How fit a row is to go next; the lowest goes first.
_ALL_ARRIVED, _COVERED, _SOME_ARRIVED, _NOTHING_ARRIVED = range(4)


@dataclass(frozen=True, slots=True)
class Row:
    """One transfer: purses (or NOBODY), amount, transaction, and its rank where it knows one."""

    src: int
    dst: int
    amount: int
    tx: int
    rank: int = FLOATING


class Purses:
    """What purses hold while rows are put in order, and which of them have received something."""

    def __init__(self, before: Callable[[int], int]) -> None:
        """Ask `before` what a purse holds at first."""
        self.received: set[int] = set()
        self._before = before
        self._balance: dict[int, int] = {}

    def holds(self, purse: int) -> int:
        """What `purse` holds now."""
        if purse not in self._balance:
            self._balance[purse] = self._before(purse)
        return self._balance[purse]

    def move(self, row: Row) -> None:
        """Let `row` happen; what it lacks, its sender had."""
        if row.src == row.dst:
            return
        if row.src != NOBODY:
            self._balance[row.src] = max(0, self.holds(row.src) - row.amount)
        if row.dst != NOBODY:
            self._balance[row.dst] = self.holds(row.dst) + row.amount
            self.received.add(row.dst)


class Circle:
    """Iterates over `members`, indices of `rows`, the fittest next.

    The caller moves each row in `purses` before it asks for the next. A heap holds the fitness
    that a row had when it was last looked at; what has become fitter is put in again, what has
    become less fit is found out when it comes up.
    """

    def __init__(self, rows: Sequence[Row], members: Sequence[int], purses: Purses) -> None:
        """Get ready; nothing has moved yet."""
        self._rows, self._purses = rows, purses
        self._awaited = Counter(rows[i].dst for i in members if rows[i].dst != rows[i].src)
        self._of_rank: defaultdict[int, list[int]] = defaultdict(list)
        for index in members:
            self._of_rank[rows[index].rank].append(index)
        self._ranks = sorted(self._of_rank.keys() - {FLOATING}, reverse=True)
        self._left = 0  # rows of the rank that is open
        self._touched: set[int] = set()  # purses that have received something in the circle
        self._fit: list[tuple[int, int]] = []
        self._short: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._paying: defaultdict[int, list[int]] = defaultdict(list)

    def __iter__(self) -> Iterator[int]:
        """Yield each member once."""
        done: set[int] = set()
        self._admit(self._of_rank[FLOATING])
        self._open_rank()
        while self._fit:
            fitness, index = heappop(self._fit)
            if index in done:
                continue
            if self._fitness(index) > fitness:
                self._consider(index)
                continue
            done.add(index)
            yield index
            self._settle(self._rows[index])

    def _fitness(self, index: int) -> int:
        row = self._rows[index]
        if row.src == NOBODY or not self._awaited[row.src]:
            return _ALL_ARRIVED
        if self._purses.holds(row.src) >= row.amount:
            return _COVERED
        return _SOME_ARRIVED if row.src in self._purses.received else _NOTHING_ARRIVED

    def _admit(self, members: Sequence[int]) -> None:
        """Let rows compete from now on."""
        for index in members:
            self._paying[self._rows[index].src].append(index)
            self._consider(index)

    def _consider(self, index: int) -> None:
        """Put a row in the heap as fit as it is, and remember what it lacks."""
        fitness = self._fitness(index)
        heappush(self._fit, (fitness, index))
        if fitness > _COVERED:
            row = self._rows[index]
            heappush(self._short[row.src], (row.amount, index))

    def _open_rank(self) -> None:
        """Let the rows of the next rank compete."""
        if self._ranks:
            members = self._of_rank[self._ranks.pop()]
            self._left = len(members)
            self._admit(members)

    def _settle(self, row: Row) -> None:
        """Look again at the rows that have become fitter because `row` has happened."""
        if row.rank != FLOATING:
            self._left -= 1
            if not self._left:
                self._open_rank()
        if row.dst in (NOBODY, row.src):
            return
        self._awaited[row.dst] -= 1
        if row.dst not in self._touched or not self._awaited[row.dst]:
            self._touched.add(row.dst)
            for index in self._paying[row.dst]:
                self._consider(index)
        short = self._short[row.dst]
        while short and short[0][0] <= self._purses.holds(row.dst):
            self._consider(heappop(short)[1])
