"""Whether the incident that an item of a case names is one that the registry has.

One that is not there is taken all the same: registries are files, another desk may have a newer
one, and a case does not wait for its incident to be written down. But a slip of the pen would keep
a judgement from every statistic, so whoever names it is told.
"""

from stanch.app.registry.shelf import Shelf
from stanch.cases.items import NewItem, incident_of
from stanch.errors import InputError


def warning_of(shelf: Shelf, new: NewItem) -> str | None:
    """What to tell who added an item that names an incident nobody knows; None where all is well.

    What the registry keeps from everybody is as unknown here as what it does not have.
    """
    named = incident_of(new.kind, new.body)
    if named is None:
        return None
    try:
        known = shelf.registry().incidents
    except InputError:
        return None  # it cannot be read: nobody can say
    if named in known:
        return None
    return f"the registry of this desk has no incident {named}: it counts in no statistic here"
