"""What linking answers: a `Link` between two members of lists."""

from dataclasses import dataclass
from typing import NamedTuple

from stanch.model.hits import Evidence


class Member(NamedTuple):
    """An entry, by its list and its id there. Sorted by both."""

    list: str
    id: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two entries that share something. `left` comes before `right`.

    `one` says whether they are taken for one; where it is False something contradicts, and no
    chain of other links may bring the two into one cluster. `points` are the sum of the evidence
    (decibans), `score` is the probability that they stand for.
    """

    left: Member
    right: Member
    one: bool
    points: float
    score: float
    evidence: tuple[Evidence, ...]
