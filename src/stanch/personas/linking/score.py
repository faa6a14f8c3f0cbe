"""One sum for a set of evidence: what each piece counts for, at either level.

Within a group (what a household shares, what pay shows, a resume, ...) the strongest piece counts
in full, the next for a half, the next for a quarter: things that hang together say one thing. At
the level of the operator, evidence that speaks for a farm counts up to `FARM_MOST` below the bar in
all: who knows that two are of one farm still has to tell its people apart.

An operator also needs what no household and no colleague shares by accident. It is tied by

* a unique value (a wallet, a document, a mailbox, a handle, a key, a picture), or
* two lines of a resume, both the same or both reworded, or
* operator's evidence of two groups, or of one with farm's evidence of another; a household's alone
  is not enough, unless it is an IP of five applicants or more, which is no family's.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from stanch.personas.evidence.indicator import FARM, HOUSEHOLD, OPERATOR, Indicator
from stanch.personas.weights.chance import BIT

ENOUGH: Final = 14 * BIT  # of the evidence of a group that counts as one of two
NO_FAMILY: Final = 5  # applicants behind one line: more than a household's
_PLACE: Final = "place"
OF_A_FARM: Final = 15 * BIT  # what an operator's own evidence has to bring above the farm's


class Piece(NamedTuple):
    """The full bits of one indicator in millionths, how many values they are of and how many
    records hold the rarest, whether it may tie two records alone, and what it speaks for.
    """

    microbits: int
    n: int
    holders: int
    sole: bool
    level: str


Evidence = Mapping[str, Piece]  # by the indicator's name


class Scoring:
    """Adds up evidence for an intake with a given bar."""

    def __init__(self, indicators: tuple[Indicator, ...], bar: int) -> None:
        """`bar` in microbits."""
        self._by_name = {each.name: each for each in indicators}
        self.bar = bar
        self._farm_most = max(bar - OF_A_FARM, 0)

    def counted(self, evidence: Evidence, level: str) -> dict[str, int]:
        """What each piece counts for; the score is their sum."""
        order = sorted(evidence, key=lambda name: (-evidence[name].microbits, name))
        before: dict[str, int] = {}
        counted: dict[str, int] = {}
        left = self._farm_most
        for name in order:
            of = self._by_name[name]
            bits = evidence[name].microbits >> before.get(of.group, 0)
            before[of.group] = before.get(of.group, 0) + 1
            if level == OPERATOR and evidence[name].level == FARM:
                bits = min(bits, left)
                left -= bits
            counted[name] = bits
        return counted

    def score(self, evidence: Evidence, level: str) -> int:
        """The sum, or nothing where an operator lacks what it needs."""
        if not (self._of_a_person(evidence) if level == OPERATOR else self._of_a_farm(evidence)):
            return 0
        return sum(self.counted(evidence, level).values())

    def _of_a_farm(self, evidence: Evidence) -> bool:
        """Whether there is more than what one roof shares, however many live under it.

        Halls of students and flats of newcomers are shared by dozens, and in some regions three
        times as often as in others: with five holders of an address enough, the people flagged
        most were 2.1 times those flagged least by region; see docs/personas-fairness.md.
        """
        return any(
            self._by_name[name].group != HOUSEHOLD
            for name, piece in evidence.items()
            if piece.microbits >= ENOUGH
        )

    def groups(self, names: Iterable[str]) -> set[str]:
        """Groups of some indicators."""
        return {self._by_name[name].group for name in names}

    def _of_a_person(self, evidence: Evidence) -> bool:
        """Whether there is what no household shares by accident."""
        own: set[str] = set()
        every: set[str] = set()
        for name, piece in evidence.items():
            of = self._by_name[name]
            if piece.sole and piece.microbits > 0:
                return True
            if piece.microbits < ENOUGH:
                continue
            if not of.agency:
                every.add(of.group)
            if of.place and piece.holders >= NO_FAMILY:
                every.add(_PLACE)
            if piece.level == OPERATOR:
                own.add(of.group)
        return len(every) >= 2 and bool(own) and bool(every - {HOUSEHOLD})
