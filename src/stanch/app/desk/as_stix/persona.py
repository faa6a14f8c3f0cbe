"""A confirmed operator for a group: an identity with its identifiers under the group's key."""

from sqlalchemy import ColumnElement, select

from stanch.app.desk.as_stix.made import Looking, Made, handling_of
from stanch.cases.personas import indicators
from stanch.errors import RefusedError
from stanch.formats.stix.item import first_hand
from stanch.formats.stix.persona import persona_of
from stanch.formats.stix.times import of_text
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import persona_indicator


def persona_made(looking: Looking, id: str) -> Made:
    """What was offered. Raises NotFoundError, RefusedError where it was taken away."""
    row = indicators.one(looking.connection, looking.caller, id)
    if not row["identifiers"]:
        raise RefusedError(f"{id} was taken away")

    def seen(caller: Caller) -> ColumnElement[bool]:
        return indicators.seen_by_id(caller, id)

    query = select(persona_indicator.c.id).where(persona_indicator.c.id == id)
    handling = handling_of(looking, query, row, seen)
    tokens = [(each["kind"], each["hmac"]) for each in row["identifiers"]]
    name = f"Persona {row['cluster']}"
    at = of_text(row["created"])
    item = persona_of(row["group"], name, tokens, first_hand(handling), at)
    return Made(row["owner"], f"{name} for {row['group']}", handling, (item,))
