"""How much stands behind an attribution, and whether it is disputed."""

from collections.abc import Mapping

from stanch.model.registry.incident import Body, Incident
from stanch.model.registry.words import BAR_OF, Bar, Stance


def grade(incident: Incident, bodies: Mapping[str, Body]) -> Bar:
    """The highest bar that any body's statement reaches; a suspicion reaches D, nobody's word X."""
    reached = [Bar.X]
    for said in incident.statements:
        if said.stance is Stance.ATTRIBUTES:
            reached.append(BAR_OF[bodies[said.body].kind])
        elif said.stance is Stance.SUSPECTS:
            reached.append(Bar.D)
    return min(reached)


def disputed(incident: Incident) -> bool:
    """Whether some body disputes the attribution, or none makes it."""
    stances = {said.stance for said in incident.statements}
    return Stance.DISPUTES in stances or Stance.ATTRIBUTES not in stances
