"""The twin of the alignment of name@1: what two names' words say together, rule by rule.

A name is a list of `Word`; `gain[i][j]` is what it says that words i and j are one, 0 where they
are not. The weights are the product's, the way to count is not.
"""

from dataclasses import dataclass

from stanch.screening.kernels import align as weights
from stanch.screening.kernels.whole import (
    MOST_WHOLE_WORTH,
    WHOLE_COST,
    WHOLE_DEARER,
    WHOLE_LEAST,
    WHOLE_LIMIT,
    WHOLE_SHARE,
)
from tests.reference.name_edits import cut, edit_cost

CORE, GENERIC, PLACE, LEGAL, PARTICLE, NUMBER, INITIAL, JOINED, TITLE = range(9)
LONGEST_RUN = 3


@dataclass(frozen=True)
class Word:
    text: str
    kind: int
    worth: float

    @property
    def letters(self) -> str:
        return cut(self.text)


class Pairing:
    """The words of two names put together, step by step."""

    def __init__(self, mine: list[Word], theirs: list[Word], gain: list[list[float]]) -> None:
        self.mine, self.theirs, self.gain = mine, theirs, gain
        self.free = set(range(len(mine)))
        self.listed_free = set(range(len(theirs)))

    def points(self, joins: bool = True) -> tuple[float, bool]:
        """Points, and whether nothing of weight is left over."""
        agreed = self._pairs() + self._initials()
        if joins:
            agreed += self._joined()
        cost, complete = self._left(agreed)
        bonus = 0.0
        if complete:
            worth = sum(word.worth for word in self.theirs)
            identical = agreed > worth - weights.TRIFLE + 0.01  # a joined word costs as much
            bonus = weights.COMPLETE + (weights.IDENTICAL if identical else 0.0)
        return agreed + bonus - cost, complete

    def _use(self, mine: range, theirs: range) -> None:
        self.free -= set(mine)
        self.listed_free -= set(theirs)

    def _pairs(self) -> float:
        """The strongest pair first; of pairs within a hundredth the first in reading order."""
        points = 0.0
        while True:
            best, place = 0.0, None
            for i in sorted(self.free):
                for j in sorted(self.listed_free):
                    if self.gain[i][j] > best + weights.CLEARLY:
                        best, place = self.gain[i][j], (i, j)
            if place is None:
                return points
            points += best
            self._use(range(place[0], place[0] + 1), range(place[1], place[1] + 1))

    def _initials(self) -> float:
        points = 0.0
        for i in sorted(self.free):
            for j in sorted(self.listed_free):
                size = self._initial(i, j)
                if size:
                    self._use(range(i, i + 1), range(j, j + size))
                    points += size * weights.INITIAL_GAIN
                    break
        return points

    def _initial(self, i: int, j: int) -> int:
        """How many listed words, from j on, the word i stands for by their first letters."""
        mine, theirs = self.mine[i], self.theirs[j]
        if mine.letters[:1] != theirs.letters[:1]:
            return 0
        if mine.kind == INITIAL and theirs.kind in (CORE, INITIAL):
            return 1
        if mine.kind == CORE and theirs.kind == INITIAL:
            return 1
        size = len(mine.letters)
        run = range(j, j + size)
        if mine.kind != CORE or not 1 < size <= LONGEST_RUN or not self.listed_free.issuperset(run):
            return 0
        begins = "".join(self.theirs[at].letters[:1] for at in run)
        return size if begins == mine.letters else 0

    def _joined(self) -> float:
        points = 0.0
        for i in range(len(self.mine)):
            for j in range(len(self.theirs)):
                if i not in self.free or j not in self.listed_free:
                    continue
                if self.mine[i].letters[:1] == self.theirs[j].letters[:1]:
                    value, a, b = self._best_run(i, j)
                    points += value
                    self._use(range(i, i + a), range(j, j + b))
        return points

    def _best_run(self, i: int, j: int) -> tuple[float, int, int]:
        best = (0.0, 0, 0)
        for a in range(1, LONGEST_RUN + 1):
            for b in range(1, LONGEST_RUN + 1):
                value = self._run(range(i, i + a), range(j, j + b))
                if value > best[0] + weights.CLEARLY:
                    best = (value, a, b)
        return best

    def _run(self, mine: range, theirs: range) -> float:
        if len(mine) + len(theirs) < 3:
            return 0.0
        if not (self.free.issuperset(mine) and self.listed_free.issuperset(theirs)):
            return 0.0
        ours, listed = [self.mine[at] for at in mine], [self.theirs[at] for at in theirs]
        if any(word.kind in (NUMBER, LEGAL) for word in ours + listed):
            return 0.0
        one, two = ("".join(word.letters for word in side) for side in (ours, listed))
        if len(one) < 4 or abs(len(one) - len(two)) > 3:
            return 0.0
        cost = edit_cost(one, two)
        if cost >= weights.JOIN_LIMIT:
            return 0.0
        worth = min(sum(word.worth for word in ours), sum(word.worth for word in listed))
        return min(worth, weights.MOST_JOINED_WORTH) - weights.JOIN_COST - cost

    def _left(self, agreed: float) -> tuple[float, bool]:
        left = [self.mine[at] for at in sorted(self.free)]
        listed_left = [self.theirs[at] for at in sorted(self.listed_free)]
        here, there = missing(left), missing(listed_left)
        against = min(contradicting(left), contradicting(listed_left))
        cost = weights.MISSING * (here + (0.0 if says_title_and_name(self.mine) else there))
        cost += weights.CONTRADICTS * against
        if against > weights.TRIFLE:
            cost += max(0.0, agreed - weights.AGREED)
        if _any(left, NUMBER) and _any(listed_left, NUMBER):
            cost += weights.NUMBER_DIFFERS
        if _any(left, LEGAL) and _any(listed_left, LEGAL):
            return cost + weights.LEGAL_DIFFERS, False
        return cost, here <= weights.TRIFLE and there <= weights.TRIFLE


def says_title_and_name(words: list[Word]) -> bool:
    names = [word for word in words if word.kind not in (PARTICLE, TITLE)]
    return _any(words, TITLE) and len(names) == 1


def missing(words: list[Word]) -> float:
    """Each word its worth, a number as all numbers; the third and further names weigh more."""
    names = [word for word in words if word.kind not in (NUMBER, LEGAL, PARTICLE, TITLE)]
    many = names[weights.FEW :]
    worth = sum(weights.LEFT_NUMBER if word.kind == NUMBER else word.worth for word in words)
    return worth + (weights.MANY - 1.0) * sum(word.worth for word in many)


def contradicting(words: list[Word]) -> float:
    least = {
        GENERIC: weights.LEFT_SHARED,
        PLACE: weights.LEFT_SHARED,
        INITIAL: weights.LEFT_INITIAL,
    }
    return sum(
        weights.LEFT_NUMBER if word.kind == NUMBER else max(word.worth, least.get(word.kind, 0.0))
        for word in words
        if word.kind not in (LEGAL, PARTICLE, TITLE)
    )


def _any(words: list[Word], kind: int) -> bool:
    return any(word.kind == kind for word in words)


def as_a_whole(mine: str, theirs: str, worth: float) -> float:
    """Points of two names without their blanks; -100 where they are too far apart."""
    if abs(len(mine) - len(theirs)) > 2 or len(mine) < WHOLE_LEAST:
        return -100.0
    cost = edit_cost(mine, theirs)
    if cost >= min(WHOLE_LIMIT, WHOLE_SHARE * len(mine)):
        return -100.0
    return min(MOST_WHOLE_WORTH, worth) + weights.COMPLETE - WHOLE_COST - WHOLE_DEARER * cost
