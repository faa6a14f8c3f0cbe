"""View as partner: what another member gets, made by its own query, of what the viewer sees too.

Both conditions are in the query: the objects lie in audiences to which both belong, and in times
that both see. So the view shows the viewer nothing that it could not read itself, and says nothing
of what is left out. Which collections a member reads is told by their owners alone
(`sharing.shares.known`): of others this tells nothing.
"""

import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlalchemy import Connection, select

from stanch.app.desk.desk import Desk
from stanch.errors import NotFoundError, UsageError
from stanch.formats.taxii import cursor
from stanch.formats.taxii.filters import Filters
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.sharing.collections import access
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.pages import Want, page
from stanch.sharing.collections.words import Access, View
from stanch.sharing.shares.known import known_readers
from stanch.sharing.shares.seen_by_both import seen_by_both
from stanch.store.desk.seated import Reader as Sitting
from stanch.store.desk.tables import member as members


@dataclass(frozen=True, slots=True)
class AskedView:
    """How many objects of each collection; or, of one collection, those behind a cursor of it."""

    limit: int = 50
    collection: str = ""
    after: str = ""


def seen_as(desk: Desk, caller: Caller, member: str, asked: AskedView) -> list[dict[str, Any]]:
    """Of each collection that both read: its id and title, up to `limit` of its objects in the
    order in which they were added, whether there are more, and the cursor of what follows (`next`,
    None at the end). Raises NotFoundError for no member, UsageError for a cursor that is none.
    """
    require(caller, scope=Scope.READ)
    if asked.after and not asked.collection:
        raise UsageError("after: is of one collection; name it")
    now, key = desk.database.now(), cursor.key_of(desk.folder.seed())
    with desk.database.read() as connection:
        if connection.execute(select(members.c.id).where(members.c.id == member)).first() is None:
            raise NotFoundError(f"no member {member}")
        found = []
        for each in access.all_of(connection, Reader(caller.member.id, now)):
            if asked.collection not in ("", each.id):
                continue
            view = _view(connection, Sitting(caller, now), each, member)
            if view is not None:
                filters = Filters(limit=asked.limit)
                both = f"{caller.member.id} {member}"
                bound = cursor.context(each.id, both, filters, "as partner")
                rows = page(connection, view, Want(filters, _place(key, asked.after, bound)))
                objects = [json.loads(row[3]) for row in rows.rows]
                next = cursor.seal(key, rows.rows[-1][0], bound) if rows.more else None
                said = {"collection": each.id, "title": each.title, "items": objects}
                found.append({**said, "more": rows.more, "next": next})
    return found


def _place(key: AESSIV, after: str, bound: list[bytes]) -> str:
    try:
        return cursor.place_of(key, after, bound) if after else ""
    except ValueError as error:
        raise UsageError(f"after: {error}") from None


def _view(connection: Connection, reader: Sitting, of: Access, member: str) -> View | None:
    """What both see; None where the caller does not read it, or is not told that the other does."""
    if not of.reads or member not in known_readers(connection, reader, of).reads:
        return None
    try:
        theirs = access.one(connection, Reader(member, reader.now), of.id)
    except NotFoundError:
        return None
    return seen_by_both(of.view, theirs.view)
