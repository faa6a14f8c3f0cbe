"""What an incident leads to, for one reader: of its cases those that they may see."""

from typing import Any

from sqlalchemy import select

from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.model.registry.words import LinkKind
from stanch.store.desk.tables import case
from stanch.store.desk.visible import visible


def with_seen_links(desk: Desk, caller: Caller, found: dict[str, Any]) -> dict[str, Any]:
    """An incident as `look.shown_in` gives it, without links to cases that the caller may not see:
    the files have them for whoever keeps the desk, and a case is nobody else's to know of.
    """
    cases = [each["value"] for each in found["links"] if each["kind"] == LinkKind.CASE]
    if not cases:
        return found
    query = select(case.c.id).where(case.c.id.in_(cases), visible(case, caller))
    with desk.database.read() as connection:
        seen = set(connection.execute(query).scalars())
    found["links"] = [
        each for each in found["links"] if each["kind"] != LinkKind.CASE or each["value"] in seen
    ]
    return found
