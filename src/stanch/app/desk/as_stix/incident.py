"""An incident of the registry, as everybody at the desk sees it."""

from stanch.app.desk.as_stix.made import Looking, Made
from stanch.errors import NotFoundError
from stanch.formats.stix.handling import Handling
from stanch.formats.stix.incident import Around, incident_items


def incident_made(looking: Looking, id: str) -> Made:
    """The incident with what the registry's files say of it. It is nobody's: whoever shares it
    answers for that. Raises NotFoundError.
    """
    known = looking.registry() if looking.registry else None
    if known is None or id not in known.incidents:
        raise NotFoundError(f"no incident {id}")
    found = known.incidents[id]
    items = incident_items(found, Around(known.sources, known.bodies, known.actors))
    title = f"{found.victim}: {found.kind}, {found.happened.text}"
    return Made(looking.caller.member.id, title, Handling(found.marking), tuple(items))
