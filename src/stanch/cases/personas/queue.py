"""The queue of questions, the first by priority, and one of them with all that was said of it."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, func, select

from stanch.cases.cases import known
from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.log import reveal
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import persona_cluster, persona_word
from stanch.store.desk.visible import readable, this

LISTING: Final = Listing(
    persona_cluster, ("rank", "created", "name"), ("state", "level", "result", "farm", "case")
)
_ROW: Final = [each for each in persona_cluster.c if each.name != "said"]


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Questions that the caller may see, without what ties them."""
    require(caller, scope=Scope.READ)
    query = select(*_ROW).where(readable(persona_cluster, caller))
    return page(connection, query, LISTING, asked)


def counted(connection: Connection, caller: Caller) -> dict[str, int]:
    """How many there are in each state, of those that the caller may see."""
    require(caller, scope=Scope.READ)
    query = select(persona_cluster.c.state, func.count())
    query = query.where(readable(persona_cluster, caller)).group_by(persona_cluster.c.state)
    return {state: int(count) for state, count in sorted(map(tuple, connection.execute(query)))}


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A question: its records, what ties them, and what people said. Raises NotFoundError."""
    row = found(connection, caller, id)
    return {**row, "said": json.loads(row["said"]), "words": words(connection, id)}


def found(connection: Connection, caller: Caller, id: str) -> Mapping[Any, Any]:
    """The row of a question. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    query = select(persona_cluster).where(this(persona_cluster, caller, known("cluster", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no cluster {id}")
    return row


def words(connection: Connection, id: str) -> list[dict[str, Any]]:
    """What people said of a cluster, in their order; a reason that was erased is None."""
    query = select(persona_word).where(persona_word.c.cluster == id).order_by(persona_word.c.n)
    rows = connection.execute(query).mappings().all()
    return [{**row, "reason": reveal(connection, row["reason"])} for row in rows]
