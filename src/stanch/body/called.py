"""A meeting that was called: to look at, or to write in."""

from typing import Any

from sqlalchemy import Connection, select

from stanch.body.rows import chaired
from stanch.body.words import MeetingState
from stanch.cases.cases import known
from stanch.errors import NotFoundError, RefusedError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.seated import Reader, this_at_the_time
from stanch.store.desk.tables import meeting
from stanch.store.desk.transaction import Transaction


def seen(connection: Connection, reader: Reader, id: str) -> dict[str, Any]:
    """The row of a meeting. Raises NotFoundError."""
    require(reader.caller, scope=Scope.READ)
    query = select(meeting).where(this_at_the_time(meeting, reader, known("meeting", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no meeting {id}")
    return dict(row)


def to_change(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    """The row of a meeting that takes place, for a co-chair.

    Raises NotFoundError, ForbiddenError, RefusedError where it is cancelled.
    """
    row = seen(tx.connection, Reader(caller, tx.at), id)
    chaired(tx, caller, row["body"])
    if row["state"] == MeetingState.CANCELLED:
        raise RefusedError(f"{id} is cancelled")
    return row
