"""Who may see a block order, as one condition in every query about orders."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, false, select

from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, MemberKind, Scope
from stanch.store.desk.tables import delivery, order
from stanch.store.desk.visible import visible


def seen(caller: Caller) -> ColumnElement[bool]:
    """The orders that a caller may see.

    Governments see them by marking. Everybody else sees an order that went to them, whatever its
    marking, for they must obey it; and no other one, not one in white or green either.
    """
    if caller.member.kind == MemberKind.GOVERNMENT:
        return visible(order, caller)
    if caller.member.kind not in (MemberKind.EXCHANGE, MemberKind.ISSUER):
        return false()
    return exists().where(delivery.c.order == order.c.id, delivery.c.member == caller.member.id)


def found(connection: Connection, caller: Caller, id: str) -> Row[Any]:
    """The row of an order. Raises NotFoundError where there is none that the caller may see."""
    require(caller, scope=Scope.READ)
    row = connection.execute(select(order).where(order.c.id == id, seen(caller))).one_or_none()
    if row is None:
        raise NotFoundError(f"no order {id}")
    return row


def found_by_government(connection: Connection, caller: Caller, id: str) -> Row[Any]:
    """As `found`, for what governments alone write about an order."""
    row = found(connection, caller, id)
    if caller.member.kind != MemberKind.GOVERNMENT:
        raise NotFoundError(f"no order {id}")
    return row
