"""Incidents as columns: a figure is computed under many choices at once, in a registry of any size.

The plain way, incident by incident, stands in `scope` and in tests/reference/registry.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from stanch.model.registry.incident import Actor, Body, Incident, Source
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import IncidentKind, PlaceRole, Valuation, VictimKind
from stanch.registry.actors import whose
from stanch.registry.grade import disputed, grade
from stanch.registry.scope import Scope, partial, worth

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Texts = npt.NDArray[np.str_]
Rows = npt.NDArray[np.intp]

NOT_KNOWN = -1  # dollars of what no source has a figure for


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One row an incident, in the order of the files. `partial` says where `worth` is only a part
    of what was lost. `actors` has under each group of the files the rows that some body attributes
    to it or to a part of it. `countries` are by role, the first that is given; `own` what a
    publisher says otherwise: publisher -> (row, role, country). `in_time` are the rows from the
    oldest on, those of one day by their ids.
    """

    incidents: tuple[Incident, ...]
    ids: Texts
    day: Numbers
    kind: Texts
    victim: Texts
    actors: Mapping[str, Mask]
    bar: Texts
    disputed: Mask
    worth: Mapping[Valuation, Numbers]
    partial: Mapping[Valuation, Mask]
    countries: Mapping[PlaceRole, Texts]
    own: Mapping[str, Sequence[tuple[int, PlaceRole, str]]]
    in_time: Sequence[int]
    _by: dict[tuple[PlaceRole, str], Texts] = field(default_factory=dict)
    _among: dict[tuple[str, ...], Mask] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        incidents: Sequence[Incident],
        bodies: Mapping[str, Body],
        actors: Mapping[str, Actor],
        sources: Mapping[str, Source],
    ) -> Self:
        """Lay incidents out."""
        own: dict[str, list[tuple[int, PlaceRole, str]]] = {}
        for row, one in enumerate(incidents):
            for each in reversed(one.places):  # the first that a publisher gives is set last
                publisher = sources[each.source].publisher
                own.setdefault(publisher, []).append((row, each.role, each.country))
        ids = _texts([one.id for one in incidents])
        days = np.array([one.happened.first.toordinal() for one in incidents], np.int64)
        return cls(
            tuple(incidents),
            ids,
            days,
            _texts([one.kind for one in incidents]),
            _texts([one.victim_kind for one in incidents]),
            _attributed(incidents, actors),
            _texts([grade(one, bodies) for one in incidents]),
            np.array([disputed(one) for one in incidents], np.bool_),
            {each: _dollars(incidents, each) for each in Valuation},
            {
                each: np.array([partial(one, each) for one in incidents], np.bool_)
                for each in Valuation
            },
            {role: _texts([_first(one, role) for one in incidents]) for role in PlaceRole},
            own,
            np.lexsort((ids, days)).tolist(),
        )

    def retold(
        self,
        changed: Mapping[str, Incident],
        bodies: Mapping[str, Body],
        actors: Mapping[str, Actor],
    ) -> Self:
        """The same with other statements of these incidents, by id; all else of them stays."""
        incidents = list(self.incidents)
        bars, doubts = self.bar.copy(), self.disputed.copy()
        masks = {id: mask.copy() for id, mask in self.actors.items()}
        for row, one in enumerate(incidents):
            if new := changed.get(one.id):
                incidents[row] = new
                bars[row], doubts[row] = grade(new, bodies).value, disputed(new)
                for id in whose(new, actors) & masks.keys():  # words are added, never taken away
                    masks[id][row] = True
        return replace(
            self, incidents=tuple(incidents), actors=masks, bar=bars, disputed=doubts
        )  # fmt: skip

    def country(self, role: PlaceRole, publisher: str) -> Texts:
        """The country that a publisher's total counts each under; empty where none is known."""
        key = (role, publisher)
        if key not in self._by:
            found = self.countries[role].copy()
            for row, its, country in self.own.get(publisher, ()):
                if its is role:
                    found[row] = country
            self._by[key] = found
        return self._by[key]

    def knows(self, role: PlaceRole) -> bool:
        """Whether a country of this role is known of any."""
        return bool((self.countries[role] != "").any())

    def usd(self, valuation: Valuation, rows: Rows) -> list[int | None]:
        """What each of these rows is worth in whole US dollars; None where no source says."""
        values = self.worth[valuation][rows].tolist()
        return [None if value == NOT_KNOWN else value for value in values]

    def passes(self, scope: Scope, period: tuple[Moment, Moment]) -> Iterator[tuple[str, Mask]]:
        """Each reason to leave incidents out, in their order, and which it lets pass."""
        first, last = period[0].first.toordinal(), period[1].last.toordinal()
        yield "period", (self.day >= first) & (self.day <= last)
        if scope.kinds:
            yield "kind", self._one_of(self.kind, scope.kinds)
        if scope.victims:
            yield "victim", self._one_of(self.victim, scope.victims)
        if scope.actors:
            none = np.zeros(len(self.incidents), np.bool_)
            yield "actor", np.logical_or.reduce([self.actors.get(id, none) for id in scope.actors])
        yield "bar", self.bar <= scope.bar.value
        if not scope.disputed:
            yield "disputed", ~self.disputed

    def _one_of(
        self, column: Texts, words: tuple[IncidentKind, ...] | tuple[VictimKind, ...]
    ) -> Mask:
        """Which of a column are one of some words; a page asks for the same dozens of times."""
        key = (type(words[0]).__name__, *words)
        if key not in self._among:
            self._among[key] = np.isin(column, _texts(words))
        return self._among[key]

    def counted(self, scope: Scope, period: tuple[Moment, Moment]) -> Mask:
        """What a scope counts of a period, of any country."""
        inside = np.ones(len(self.incidents), np.bool_)
        for _, mask in self.passes(scope, period):
            inside &= mask
        return inside


def _texts(values: Sequence[Any]) -> Texts:
    return np.array([str(value) for value in values], np.str_)


def _attributed(incidents: Sequence[Incident], actors: Mapping[str, Actor]) -> dict[str, Mask]:
    masks = {id: np.zeros(len(incidents), np.bool_) for id in actors}
    for row, one in enumerate(incidents):
        for id in whose(one, actors):
            masks[id][row] = True
    return masks


def _dollars(incidents: Sequence[Incident], valuation: Valuation) -> Numbers:
    values = [worth(one, valuation) for one in incidents]
    return np.array([NOT_KNOWN if usd is None else usd for usd in values], np.int64)


def _first(incident: Incident, role: PlaceRole) -> str:
    return next((each.country for each in incident.places if each.role is role), "")
