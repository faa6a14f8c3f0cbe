"""Rows of the registry as a pack's annexes tell them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stanch.model.registry.incident import Incident, Source
from stanch.registry.grade import disputed, grade
from stanch.registry.registry import Registry
from stanch.reports.pack.pack import IncidentRow, Said, SourceRow, Sum


@dataclass(slots=True)
class KeptRows:
    """Rows of a registry that is read once and shown to many, each made when it is first asked for:
    they keep what they were drawn like. `countries` are those that incidents are counted under;
    what is as it is in the registry `under` this one has its row there.
    """

    registry: Registry
    countries: Mapping[str, str]
    under: "KeptRows | None" = None
    _made: dict[str, IncidentRow] = field(default_factory=dict)

    def of(self, incidents: Iterable[Incident]) -> tuple[IncidentRow, ...]:
        """The rows of these incidents of the registry."""
        return tuple(map(self._row, incidents))

    def _row(self, one: Incident) -> IncidentRow:
        if self.under is not None and self.under.registry.incidents.get(one.id) is one:
            return self.under._row(one)
        row = self._made.get(one.id)
        if row is None:
            row = incident_row(one, self.countries[one.id], self.registry)
            self._made[one.id] = row
        return row


def incident_row(incident: Incident, country: str, registry: Registry) -> IncidentRow:
    """An incident with its amounts and all statements that are left in it."""
    return IncidentRow(
        incident.id,
        incident.happened,
        incident.kind,
        incident.victim,
        incident.victim_kind,
        country,
        incident.technique,
        grade(incident, registry.bodies),
        disputed(incident),
        incident.source,
        tuple(
            Sum(each.kind, each.asset, each.units, each.usd, each.source)
            for each in incident.amounts
        ),
        _said(incident, registry),
    )


def _said(incident: Incident, registry: Registry) -> tuple[Said, ...]:
    found = []
    for each in incident.statements:
        body, actor = registry.bodies[each.body], registry.actors.get(each.actor)
        name = actor.name if actor else ""
        found.append(Said(body.name, body.country, each.stance, name, each.date, each.source))
    return tuple(found)


def source_row(source: Source) -> SourceRow:
    """Where something can be read."""
    return SourceRow(source.id, source.publisher, source.title, source.date, source.where)
