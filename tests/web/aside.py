"""Something that a partner sent and that was laid aside."""

import json
import uuid

from sqlalchemy import select

from stanch.sharing.partners.quarantine import Aside, lay_aside
from stanch.store.desk.tables import partner, quarantine
from tests.web.conftest import World

REASON = "has no spec_version"


def aside(world: World, link: str, reason: str = REASON, **more: object) -> str:
    """A STIX 2.0 object, which a link brought; returns the id under which it lies."""
    id = f"indicator--{uuid.uuid4()}"
    at = "2026-11-26T12:00:00.000Z"
    said = {"type": "indicator", "id": id, "created": at, "modified": at, **more}
    with world.desk.database.write() as tx:
        into = tx.connection.execute(select(partner.c.collection).where(partner.c.id == link))
        lay_aside(tx, link, into.scalar_one(), [Aside(id, reason, json.dumps(said).encode())])
        found = select(quarantine.c.id).where(quarantine.c.object == id)
        return str(tx.connection.execute(found).scalar_one())
