"""How rows of a body are written and shared: with all who sit in it, or with fewer."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, insert, select

from stanch.body.words import SeatRole
from stanch.cases.cases import Shared, known, listed_ids
from stanch.errors import ForbiddenError, NotFoundError
from stanch.members.access.rights import require
from stanch.members.words import new_id
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Sharing
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.log import commit_to
from stanch.store.desk.seated import Reader, this_body
from stanch.store.desk.tables import body, seat
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import NAMED_MEMBERS, columns, own, share

_WRITERS: Final = (Role.ANALYST, Role.ADMINISTRATOR)


def write(
    tx: Transaction, caller: Caller, table: Table, row: Mapping[str, Any], shared: Shared
) -> None:
    """Write a new row of `caller`. In amber and without a list it is for all who sit in the body,
    also those who will: the list then names the body.
    """
    sharing = own(caller, shared.marking, listed_ids(tx.connection, shared))
    if sharing.marking in NAMED_MEMBERS and not sharing.members:
        to_all = frozenset({row["id"] if table is body else row["body"]})
        sharing = Sharing(sharing.owner, sharing.marking, members=to_all)
    tx.connection.execute(insert(table).values(**row, created=tx.at, **columns(sharing)))
    share(tx.connection, table, row["id"], sharing)


def fresh(table: Table, prefix: str, **row: Any) -> dict[str, Any]:
    """A row with an id of its own."""
    unknown = row.keys() - table.c.keys()
    if unknown:
        raise KeyError(f"{table.name}: no column {', '.join(sorted(unknown))}")
    return {"id": new_id(prefix), **row}


def sealed(tx: Transaction, said: Mapping[str, Any]) -> str:
    """What was said as the log has it: it is read by who may not see the row."""
    return commit_to(tx.connection, canonical(dict(said)).decode())


def seen_body(connection: Connection, reader: Reader, id: str) -> dict[str, Any]:
    """The row of a body that the reader may see. Raises NotFoundError."""
    require(reader.caller, scope=Scope.READ)
    query = select(body).where(this_body(reader, known("body", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no body {id}")
    return dict(row)


def chaired(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    """A body that the caller may write in: a co-chair's administrator or analyst.

    Raises NotFoundError where the caller may not see it, ForbiddenError.
    """
    require(caller, *_WRITERS, scope=Scope.CASES)
    reader = Reader(caller, tx.at)
    row = seen_body(tx.connection, reader, id)
    if not chairs(tx.connection, reader, id):
        raise ForbiddenError("this is for the co-chairs of the body")
    return row


def may_write(connection: Connection, reader: Reader, id: str) -> bool:
    """Whether `chaired` would let the reader write in a body that they may see."""
    try:
        require(reader.caller, *_WRITERS, scope=Scope.CASES)
    except ForbiddenError:
        return False
    return chairs(connection, reader, id)


def chairs(connection: Connection, reader: Reader, id: str) -> bool:
    """Whether the reader's member has a co-chair's seat in a body now."""
    query = select(seat.c.id).where(
        seat.c.body == id,
        seat.c.member == reader.caller.member.id,
        seat.c.role == SeatRole.CO_CHAIR,
        seat.c.since <= reader.now,
        seat.c.until.is_(None) | (seat.c.until > reader.now),
    )
    return connection.execute(query.limit(1)).first() is not None
