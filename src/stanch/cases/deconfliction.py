"""Two bodies at work on one account are told of each other, as far as their markings allow.

Each side is told of what of the other's it may see, and of nothing else. So a body whose work is
closed to the other is the one that learns, and can choose to open it.
"""

from typing import Any

from sqlalchemy import Connection, and_, select

from stanch.cases.items import seen
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import case_item


def overlaps(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Items of other members on accounts that the caller's member works on too, as items.

    Raises ForbiddenError, UsageError for what cannot be sorted or filtered by.
    """
    require(caller, scope=Scope.READ)
    mine = (
        select(case_item.c.account)
        .where(case_item.c.owner == caller.member.id, case_item.c.account.is_not(None))
        .where(seen(caller))
    )
    columns: list[Any] = [
        case_item.c[name]
        for name in ("id", "case", "owner", "marking", "kind", "account", "created")
    ]
    theirs = and_(case_item.c.owner != caller.member.id, case_item.c.account.in_(mine))
    query = select(*columns).where(theirs, seen(caller))
    listing = Listing(case_item, ("created",), ("account", "owner", "case"))
    return page(connection, query, listing, asked)
