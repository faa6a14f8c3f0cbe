"""What a total counts, incident by incident: the plain twin of `stanch.registry.columns`."""

from stanch.registry.grade import disputed, grade
from stanch.registry.scope import worth


def left_out(incident, scope, period, registry):
    """Why a total does not count an incident of any country; empty where it does.

    What is known by its month alone belongs to the period in which the month begins.
    """
    if not period[0].first <= incident.happened.first <= period[1].last:
        return "period"
    if scope.kinds and incident.kind not in scope.kinds:
        return "kind"
    if scope.victims and incident.victim_kind not in scope.victims:
        return "victim"
    if scope.actors and not _by(incident, scope.actors, registry):
        return "actor"
    if grade(incident, registry.bodies) > scope.bar:
        return "bar"
    if not scope.disputed and disputed(incident):
        return "disputed"
    return ""


def _by(incident, actors, registry):
    """Whether somebody attributes it to one of these groups, or to one that is part of it."""
    for said in incident.statements:
        group = said.actor if said.stance == "attributes" else ""
        while group:
            if group in actors:
                return True
            group = registry.actors[group].part_of
    return False


def country(incident, scope, registry):
    """The one country that a total counts an incident under; empty where none is known.

    Where sources differ it is the one that the total's own publisher gives, else the first.
    """
    places = [each for each in incident.places if each.role is scope.place]
    publisher = registry.bodies.get(scope.publisher)
    for each in places:
        if publisher is not None and registry.sources[each.source].publisher == publisher.name:
            return each.country
    return places[0].country if places else ""


def figure(part, scope, registry):
    """The ids that one figure counts, and their sum."""
    ids = [
        id
        for id, one in registry.incidents.items()
        if not left_out(one, scope, (part.first, part.last), registry)
        and (not part.country or country(one, scope, registry) == part.country)
    ]
    values = [worth(registry.incidents[id], scope.valuation) for id in ids]
    return set(ids), sum(filter(None, values))
