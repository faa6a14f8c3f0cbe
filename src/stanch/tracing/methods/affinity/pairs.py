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

from stanch.tracing.methods.affinity.history import History, Leg, OwnRows

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

ROW: Final = 64  # bits that a row takes in a key
SIGN: Final = 1 << 63  # added to a row, which may be negative there


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


class Plans:
    """The own rows and the pairs of each purse, made when a walk first asks for them."""

    def __init__(self, history: History) -> None:
        """Plan from what `history` holds."""
        self.reached = history.reached
        self._history = history
        self._made: dict[int, tuple[OwnRows, Pairs]] = {}

    def of(self, purse: int) -> tuple[OwnRows, Pairs]:
        """What is known of a purse before any money is followed."""
        if purse not in self._made:
            own = self._history.of(purse)
            self._made[purse] = own, pairs_of(own)
        return self._made[purse]


def pairs_of(own: OwnRows) -> Pairs:
    """All pairs among the rows of one purse."""
    pairs = Pairs()
    _series(own, pairs)
    income, spending = _free(own, pairs)
    for width in range(1, LONGEST_RUN + 1):
        rule = "pair" if width == 1 else "run"
        if found := _match(income, spending, width):
            for whole, run in found:
                pairs.add([whole], run, rule)
            income, spending = _free(own, pairs)
        # The same question with time turned round: one payment, and the incomes that it gathers.
        if width > 1 and (found := _match(_turned(spending), _turned(income), width)):
            for whole, run in found:
                pairs.add([-row for row in run], [-whole], rule)
            income, spending = _free(own, pairs)
    for fee, payment in own.fee_of.items():
        if payment in pairs.spending:
            pairs.spending[fee] = pairs.spending[payment]
    return pairs


def _free(own: OwnRows, pairs: Pairs) -> tuple[list[Leg], list[Leg]]:
    """Income and spending that is in no pair."""
    if not pairs.last:
        return own.income, own.spending
    return (
        [leg for leg in own.income if leg[0] not in pairs.income],
        [leg for leg in own.spending if leg[0] not in pairs.spending],
    )


def _turned(legs: Sequence[Leg]) -> list[Leg]:
    return [(-row, amount) for row, amount in reversed(legs)]


def _match(wholes: Sequence[Leg], pieces: Sequence[Leg], width: int) -> list[tuple[int, list[int]]]:
    """Runs of `width` neighbouring pieces that sum to a whole before them, greedily in order."""
    if not wholes or len(pieces) < width or wholes[0][0] > pieces[-width][0]:
        return []
    per_mille = SWAP_FEE if width == 1 else GAS_FEE
    found: list[tuple[int, list[int]]] = []
    waiting = _Waiting(wholes)
    amounts = [amount for _, amount in pieces]
    at, last = 0, len(pieces) - width
    while at <= last:
        total = amounts[at] if width == 1 else sum(amounts[at : at + width])
        whole = waiting.nearest(pieces[at][0], total, total * per_mille // 1000)
        if whole is None:
            at += 1
            continue
        found.append((whole, [row for row, _ in pieces[at : at + width]]))
        at += width
    return found


class _Waiting:
    """Legs that came before a row and are not taken yet, sorted by amount, then row.

    Each is one number, the amount above the row: that compares faster than a pair of them.
    """

    def __init__(self, legs: Sequence[Leg]) -> None:
        self._coming = legs
        self._arrived = 0
        self._keys: list[int] = []

    def _arrive(self, before: int) -> None:
        coming, at = self._coming, self._arrived
        while at < len(coming) and coming[at][0] < before:
            insort(self._keys, (coming[at][1] << ROW) + coming[at][0] + SIGN)
            at += 1
        self._arrived = at

    def nearest(self, before: int, total: int, room: int) -> int | None:
        """Take the leg nearest to `total`, at most `room` away: its row, if there is one.

        Of two as near the smaller, of equal amounts the latest.
        """
        if self._arrived < len(self._coming):
            self._arrive(before)
        keys = self._keys
        above = bisect_left(keys, total << ROW)
        under = total - (keys[above - 1] >> ROW) if above else room + 1
        over = (keys[above] >> ROW) - total if above < len(keys) else room + 1
        if under > room and over > room:
            return None
        return self._take(above - 1 if under <= over else self._latest(above))

    def least(self, before: int, floor: int, ceiling: int) -> int | None:
        """Take the smallest leg of at least `floor` and below `ceiling`, of equal the latest."""
        self._arrive(before)
        place = bisect_left(self._keys, floor << ROW)
        if place == len(self._keys) or self._keys[place] >> ROW >= ceiling:
            return None
        return self._take(self._latest(place))

    def _latest(self, place: int) -> int:
        return bisect_left(self._keys, ((self._keys[place] >> ROW) + 1) << ROW) - 1

    def _take(self, place: int) -> int:
        return (self._keys.pop(place) & (1 << ROW) - 1) - SIGN


def _series(own: OwnRows, pairs: Pairs) -> None:
    """Equal payments to one recipient spend the income that they use up but for less than one."""
    series: dict[tuple[int, int], list[Leg]] = {}
    for leg in own.spending:
        series.setdefault(own.payment[leg[0]], []).append(leg)
    waiting = _Waiting(own.income)
    for (_, note), run in series.items():  # in order of the first payment
        if len(run) >= SERIES:
            total = sum(amount for _, amount in run)
            whole = waiting.least(run[0][0], total, total + note)
            if whole is not None:
                pairs.add([whole], [row for row, _ in run], "run")
