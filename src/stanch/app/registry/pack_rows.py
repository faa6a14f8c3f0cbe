"""Rows of the registry as a pack's annexes tell them."""

from stanch.model.registry.incident import Incident, Source
from stanch.registry.grade import disputed, grade
from stanch.registry.registry import Registry
from stanch.reports.pack.pack import IncidentRow, Said, SourceRow, Sum


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
