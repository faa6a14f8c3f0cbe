"""Two bodies at work on one account are told of each other, as far as their markings allow.

Each side is told of what of the other's it may see, and of nothing else. So a body whose work is
closed to the other is the one that learns, and can choose to open it.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from stanch.cases.items import seen
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import case, case_item

_SHOWN: Final[tuple[Any, ...]] = tuple(
    case_item.c[name] for name in ("id", "case", "owner", "marking", "kind", "account", "created")
)
_LISTING: Final = Listing(case_item, ("created",), ("account", "owner", "case"))


def overlaps(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Items of other members on accounts that the caller's member works on too, as items.

    Raises ForbiddenError, UsageError for what cannot be sorted or filtered by.
    """
    require(caller, scope=Scope.READ)
    return page(connection, select(*_SHOWN).where(_theirs(caller)), _LISTING, asked)


def both_sides(connection: Connection, caller: Caller) -> list[Mapping[str, Any]]:
    """The items of `overlaps`, and those of the caller's own member on the same accounts, the
    oldest first; `within` is their case's marking. Raises ForbiddenError.
    """
    require(caller, scope=Scope.READ)
    met = select(case_item.c.account).where(_theirs(caller))
    ours = and_(_mine(caller), case_item.c.account.in_(met))
    query = (
        select(*_SHOWN, case.c.marking.label("within"))
        .join(case, case.c.id == case_item.c.case)
        .where(or_(_theirs(caller), ours))
        .order_by(case_item.c.created, case_item.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _mine(caller: Caller) -> ColumnElement[bool]:
    return and_(
        case_item.c.owner == caller.member.id, case_item.c.account.is_not(None), seen(caller)
    )


def _theirs(caller: Caller) -> ColumnElement[bool]:
    mine = select(case_item.c.account).where(_mine(caller))
    return and_(case_item.c.owner != caller.member.id, case_item.c.account.in_(mine), seen(caller))
