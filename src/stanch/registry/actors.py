"""Which groups an incident is said to be the work of, and whose parts they are."""

from collections.abc import Iterator, Mapping

from stanch.model.registry.incident import Actor, Incident
from stanch.model.registry.words import Stance


def named(incident: Incident) -> set[str]:
    """The groups that some body attributes it to, by their ids; a suspicion is no attribution."""
    return {
        each.actor
        for each in incident.statements
        if each.actor and each.stance is Stance.ATTRIBUTES
    }


def above(actor: str, actors: Mapping[str, Actor]) -> Iterator[str]:
    """The larger groups of an actor, from the nearest on; no file has them in a circle."""
    larger = actors[actor].part_of
    while larger:
        yield larger
        larger = actors[larger].part_of


def whose(incident: Incident, actors: Mapping[str, Actor]) -> set[str]:
    """The groups that some body attributes it to, and the larger ones that these are part of."""
    said = named(incident)
    return said | {larger for each in said for larger in above(each, actors)}
