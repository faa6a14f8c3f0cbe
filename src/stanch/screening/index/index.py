"""The index of listed names: subjects in, hits with their evidence out. Method `name@1`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.model.collector import without_collector
from stanch.model.hits import Evidence, Hit, Subject
from stanch.model.listed import PERSON
from stanch.screening.facts.settling import settle
from stanch.screening.facts.weighing import weigh
from stanch.screening.identifiers.hits import probability
from stanch.screening.index.build import build
from stanch.screening.index.entries import Entries, Listed, entry_arrays
from stanch.screening.index.evidence import name_evidence
from stanch.screening.index.search import Asked, Match, NameSearch, best
from stanch.screening.names.analysis import FAMILIES, family

Array = npt.NDArray[Any]

METHOD: Final = "name@1"
# What one innocent name in a hundred reaches with its nearest listed name: there the score is 0.5.
CHANCE_PERSON: Final = -17.5
CHANCE_OTHER: Final = -11.0
FACTS_MOVE: Final = 25.0  # decibans that facts may add to a name: as far below the bar is looked
BATCH: Final = 1000  # subjects whose words are looked up together
_MOST_WEIGHED: Final = 200  # matches of one subject whose facts are weighed


class Index:
    """Finds listed entries by name. Built from entries, or opened from arrays mapped from disk."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays of `Index.arrays_of`, as made or as mapped from disk."""
        self._search = NameSearch(arrays)
        self._entries = Entries(arrays)

    @classmethod
    def of(cls, listed: Iterable[Listed]) -> "Index":
        """An index of these entries, in memory."""
        return cls(cls.arrays_of(listed))

    @staticmethod
    def arrays_of(listed: Iterable[Listed]) -> dict[str, Array]:
        """Everything that an index needs, as arrays by name."""
        held = list(listed)
        return build(entry for _, _, entry in held) | entry_arrays(held)

    def search(
        self, subjects: Sequence[Subject], top: int = 10, threshold: float = 0.5
    ) -> list[tuple[Hit, ...]]:
        """For each subject its best hits, at most `top`, none with a score below `threshold`.

        A hit's points are the sum of its evidence, its score `probability(points)`.
        """
        found: list[tuple[Hit, ...]] = []
        for start in range(0, len(subjects), BATCH):
            with without_collector():
                found += self._batch(subjects[start : start + BATCH], top, threshold)
        return found

    def _batch(
        self, subjects: Sequence[Subject], top: int, threshold: float
    ) -> Iterator[tuple[Hit, ...]]:
        bars = [_least(subject, threshold) for subject in subjects]
        names = [
            Asked(name, family(subject.schema), bar)
            for subject, bar in zip(subjects, bars, strict=True)
            for name in subject.names
        ]
        matches = iter(self._search.search(names))
        for subject in subjects:
            found = best(match for _ in subject.names for match in next(matches))
            yield self._hits(subject, found, top, threshold)

    def _hits(
        self, subject: Subject, found: list[Match], top: int, threshold: float
    ) -> tuple[Hit, ...]:
        families = family(subject.schema)
        found.sort(key=lambda match: -(match.points + self._chance(match, families)))
        kept = found[: _MOST_WEIGHED if has_facts(subject) else top]
        hits = [self._hit(subject, match, families) for match in kept]
        hits = [hit for hit in hits if hit.score >= threshold]
        hits.sort(key=lambda hit: -hit.points)
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits[:top], 1))

    def _chance(self, match: Match, families: int) -> float:
        """By what both sides may be: what is listed as either is a person to a person only."""
        both = int(self._search.arrays["entry_family"][match.entry]) & families
        return CHANCE_PERSON if both & FAMILIES[PERSON] else CHANCE_OTHER

    def _hit(self, subject: Subject, match: Match, families: int) -> Hit:
        list_, version, entry = self._entries[match.entry]
        name = entry.names[int(self._search.arrays["name_place"][match.name])]
        said = name_evidence(self._search, match, name)
        said.append(Evidence("name.chance", self._chance(match, families)))
        said += weigh(subject, entry)
        evidence = tuple(map(_rounded, said))
        points = round(sum(each.points for each in evidence), 2)
        return Hit(
            subject=subject.id,
            rank=0,
            list=list_,
            version=version,
            entry=entry.id,
            schema=entry.schema,
            name=name.text,
            programs=entry.programs,
            score=probability(points),
            points=points,
            evidence=evidence,
            method=METHOD,
            settle=settle(subject, entry, evidence),
        )


def _least(subject: Subject, threshold: float) -> float:
    """Points of the name alone from which on a match is looked at."""
    person = family(subject.schema) == FAMILIES[PERSON]
    bar = _decibans(threshold) - (CHANCE_PERSON if person else CHANCE_OTHER)
    return bar - (FACTS_MOVE if has_facts(subject) else 0.0)


def _rounded(said: Evidence) -> Evidence:
    return Evidence(said.code, round(said.points, 2), said.subject, said.listed, said.note)


def has_facts(subject: Subject) -> bool:
    """Whether more than a name is known of a subject."""
    known = (subject.births, subject.birth_places, subject.countries, subject.genders)
    return any((*known, subject.roles, subject.identifiers))


def _decibans(score: float) -> float:
    """The points that have this score: the inverse of `probability`."""
    if score <= 0.0:
        return -100.0
    if score >= 1.0:
        return float("inf")
    return float(10.0 * np.log10(score / (1.0 - score)))
