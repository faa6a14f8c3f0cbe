"""Rule 1 of `affinity@1`: which income belongs to which payment, told from the rows alone.

In this order, each row in one pair at most: series of equal payments, one to one, then runs of
two, three and four, first one income that leaves in parts, then parts that leave as one.
Every constant has a reason outside any one case; moving it to a neighbouring value changes F1
by less than .008 on the real case and on all its redraws.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from stanch.tracing.methods.affinity.history import Leg, OwnRows

# .3 % is the fee of a Uniswap v2 pool and of the common v3 tier: a coin that passes one swap is
# still known again. A gas fee of some dollars is far below it on any amount that matters.
SWAP_FEE: Final = 3  # per mille between one income and one payment
# A sum of several rows is hit by chance in more ways than one amount, so runs may differ only by
# what plain transfers lose: gas and rounding.
GAS_FEE: Final = 1  # per mille for runs
# People split by hand into two to four. Chance sums grow with the length, evidence does not.
LONGEST_RUN: Final = 4
# Two equal payments to one recipient may be chance; three are a habit, or a mixer's notes.
SERIES: Final = 3


@dataclass(slots=True)
class Pairs:
    """Pairs by number: the rows that bring their money, the rows that it leaves by."""

    income: dict[int, int] = field(default_factory=dict)  # row -> pair
    spending: dict[int, int] = field(default_factory=dict)  # row -> pair
    last: dict[int, int] = field(default_factory=dict)  # pair -> row of its last payment
    rule: dict[int, str] = field(default_factory=dict)  # pair -> pair or run

    def add(self, income: Iterable[int], spending: Sequence[int], rule: str) -> None:
        """Note that this income is kept for these payments."""
        pair = len(self.last)
        self.income.update(dict.fromkeys(income, pair))
        self.spending.update(dict.fromkeys(spending, pair))
        self.last[pair] = max(spending)
        self.rule[pair] = rule


def pairs_of(own: OwnRows) -> Pairs:
    """All pairs among the rows of one purse."""
    pairs = Pairs()
    _series(own, pairs)
    for whole, run in _match(own.income, own.spending, 1, (pairs.income, pairs.spending)):
        pairs.add([whole], run, "pair")
    # The same question with time turned round: one payment, and the incomes that it gathers.
    back_income, back_spending = _reversed(own.income), _reversed(own.spending)
    for width in range(2, LONGEST_RUN + 1):
        for whole, run in _match(own.income, own.spending, width, (pairs.income, pairs.spending)):
            pairs.add([whole], run, "run")
        done = ({-row for row in pairs.spending}, {-row for row in pairs.income})
        for whole, run in _match(back_spending, back_income, width, done):
            pairs.add([-row for row in run], [-whole], "run")
    for fee, payment in own.fee_of.items():
        if payment in pairs.spending:
            pairs.spending[fee] = pairs.spending[payment]
    return pairs


def _reversed(legs: Sequence[Leg]) -> list[Leg]:
    return [(-row, amount) for row, amount in reversed(legs)]


def _match(
    wholes: Sequence[Leg],
    pieces: Sequence[Leg],
    width: int,
    done: tuple[Iterable[int], Iterable[int]],
) -> list[tuple[int, list[int]]]:
    """Runs of `width` neighbouring free pieces that sum to a free whole before them.

    Greedy in order of the pieces; `done` are the rows of wholes and pieces already in a pair.
    """
    wholes, pieces = _free(wholes, done[0]), _free(pieces, done[1])
    per_mille = SWAP_FEE if width == 1 else GAS_FEE
    found: list[tuple[int, list[int]]] = []
    waiting: list[tuple[int, int]] = []  # (amount, row) of the wholes before the run
    arrived = at = 0
    while at + width <= len(pieces):
        run = pieces[at : at + width]
        while arrived < len(wholes) and wholes[arrived][0] < run[0][0]:
            insort(waiting, (wholes[arrived][1], wholes[arrived][0]))
            arrived += 1
        best = _closest(waiting, sum(amount for _, amount in run), per_mille)
        if best is None:
            at += 1
            continue
        found.append((waiting.pop(best)[1], [row for row, _ in run]))
        at += width
    return found


def _free(legs: Sequence[Leg], done: Iterable[int]) -> list[Leg]:
    gone = set(done)
    return [leg for leg in legs if leg[0] not in gone]


def _closest(waiting: Sequence[tuple[int, int]], total: int, per_mille: int) -> int | None:
    """Place of the amount nearest to `total` within the tolerance.

    Of two as near the smaller, of equal amounts the latest.
    """
    above = bisect_left(waiting, (total,))
    best, gap = None, total * per_mille // 1000 + 1
    for place in (above - 1, above):
        if 0 <= place < len(waiting) and abs(waiting[place][0] - total) < gap:
            gap = abs(waiting[place][0] - total)
            best = bisect_left(waiting, (waiting[place][0] + 1,)) - 1
    return best


def _series(own: OwnRows, pairs: Pairs) -> None:
    """Equal payments to one recipient spend the income that they use up but for less than one."""
    series: dict[tuple[int, int], list[Leg]] = {}
    exact = {each.row: each.amount for each in own.rows}
    for row, amount in own.spending:
        series.setdefault((own.recipient[row], exact[row]), []).append((row, amount))
    waiting: list[tuple[int, int]] = []
    arrived = 0
    for (_, note), run in series.items():  # in order of the first payment
        while arrived < len(own.income) and own.income[arrived][0] < run[0][0]:
            insort(waiting, (own.income[arrived][1], own.income[arrived][0]))
            arrived += 1
        total = sum(amount for _, amount in run)
        place = bisect_left(waiting, (total,))
        fits = place < len(waiting) and waiting[place][0] < total + note
        if len(run) >= SERIES and fits:
            latest = bisect_left(waiting, (waiting[place][0] + 1,)) - 1
            pairs.add([waiting.pop(latest)[1]], [row for row, _ in run], "run")
