"""Rows of `people.csv`: who is to be looked at first, and why."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.app.personas.exposed import Exposed
from stanch.personas.evidence import listed
from stanch.personas.evidence.indicator import OPERATOR
from stanch.personas.evidence.mark import Mark
from stanch.personas.linking.links import Link, decimals
from stanch.personas.linking.solve import Solved
from stanch.reports.personas.reasons import Person, reasons

# Priorities, the highest first. A mark alone is the least: each has an honest explanation.
EXPOSED: Final = 4  # pay comes to a listed address
SEVERAL: Final = 3  # an operator of three records or more, or of two in a farm
LINKED: Final = 2  # an operator of two records, or one of a farm
MARKED: Final = 1  # contradictions, or one person who seems to have applied twice
TWICE: Final = 4  # groups of evidence that two applications of one person agree in
LEAST: Final = 3_000_000  # microbits of marks that make a record worth a look

Rows = list[tuple[str, ...]]
Ties = dict[int, dict[str, list[int]]]


class _People:
    def __init__(self, solved: Solved, found: Iterable[Link], ids: list[str]) -> None:
        self.solved, self.ids = solved, ids
        self.operators = _members(solved.operator)
        self.farms = _members(solved.farm)
        self.ties: Ties = {}
        self.best: dict[int, int] = {}
        self.alike: dict[int, int] = {}
        for link in found:
            for one, other in ((link.a, link.b), (link.b, link.a)):
                self.best[one] = max(self.best.get(one, 0), link.microbits)
                for piece in link.pieces:
                    by_name = self.ties.setdefault(one, {}).setdefault(piece.evidence, [])
                    by_name.append(other)
            if link.level == OPERATOR:
                groups = solved.scoring.groups(piece.evidence for piece in link.pieces)
                self.alike[link.a] = self.alike[link.b] = len(groups)

    def person(self, record: int, marks: list[Mark], path: tuple[str, ...]) -> Person:
        mine = [each for each in self.operators[record] if each != record]
        farm = len(self.farms[record]) - len(self.operators[record])
        ties = {
            name: self._ids(others) for name, others in sorted(self.ties.get(record, {}).items())
        }
        said = {mark.evidence: mark.numbers for mark in marks}
        return Person(self._ids(mine), farm, self.twice(record), ties, said, path)

    def twice(self, record: int) -> bool:
        """Whether it looks like one person who applied twice and hides nothing."""
        return len(self.operators[record]) == 2 and self.alike.get(record, 0) >= TWICE

    def priority(self, record: int, person: Person) -> int:
        if person.path:
            return EXPOSED
        if len(person.operator) >= 2 or (person.operator and person.farm):
            return SEVERAL
        if person.farm or (person.operator and not person.twice):
            return LINKED
        return MARKED

    def _ids(self, records: Iterable[int]) -> list[str]:
        return [self.ids[each] for each in sorted(records)]


def people_rows(
    solved: Solved, found: list[Link], marks: Mapping[int, list[Mark]], exposed: Exposed,
    told: tuple[list[str], str],
) -> Rows:  # fmt: skip
    """Rows in the order of the queue; `told` are ids of records, and the language."""
    ids, language = told
    people = _People(solved, found, ids)
    queue = set(people.best) | set(exposed.paths)
    queue |= {record for record, each in marks.items() if _bits(each) >= LEAST}
    rows = []
    for record in queue:
        path = exposed.paths.get(record, ())
        person = people.person(record, marks.get(record, []), path)
        bits = people.best.get(record, 0) + _bits(marks.get(record, []))
        bits += listed.MICROBITS[len(path) - 1] if path else 0
        rows.append((-people.priority(record, person), -bits, record, person))
    rows.sort(key=lambda each: each[:3])
    return [
        (
            ids[record], str(-priority), decimals(-bits), f"op:{ids[int(solved.operator[record])]}",
            f"farm:{ids[int(solved.farm[record])]}", reasons(person, language),
        )
        for priority, bits, record, person in rows
    ]  # fmt: skip


def _bits(marks: Iterable[Mark]) -> int:
    return sum(each.microbits for each in marks)


def _members(least: npt.NDArray[np.int64]) -> Mapping[int, Sequence[int]]:
    """Of each record all records of its cluster."""
    order = np.argsort(least, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(least[order])) + 1)
    return {record: part for part in (each.tolist() for each in parts) for record in part}
