"""The shares of a member: what it shares with whom and why. Other members' are theirs to list."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.sharing.shares.told import read
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import share, share_object

LISTING: Final = Listing(share, ("created",), ("collection", "kind", "row", "marking"))


def listed(connection: Connection, caller: Caller, asked: Asked, *, active: bool = False) -> Page:
    """The shares of the caller's member; those alone that have not ended, where `active`."""
    require(caller, scope=Scope.READ)
    query = _query(caller)
    if active:
        query = query.where(share.c.ended.is_(None))
    found = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A share of the caller's member. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    row = connection.execute(_query(caller).where(share.c.id == id)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no share {id[:80]}")
    return _shown(row)


def _query(caller: Caller) -> Select[Any]:
    brought = select(func.count(func.distinct(share_object.c.object))).where(
        share_object.c.share == share.c.id
    )
    return select(share, brought.scalar_subquery().label("objects")).where(
        share.c.owner == caller.member.id
    )


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    """`to` is None where it goes to whoever reads; `terms` are those that were said."""
    to = read(row["to"])
    terms = json.loads(row["terms"]) if row["terms"] else {}
    return {**row, "to": None if to is None else sorted(to), "terms": terms}
