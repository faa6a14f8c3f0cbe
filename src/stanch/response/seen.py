"""Who may see a block order, as one condition in every query about orders."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, exists, false, select

from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, MemberKind, Scope
from stanch.store.desk.tables import delivery, order
from stanch.store.desk.visible import readable, this, visible


def seen(caller: Caller) -> ColumnElement[bool]:
    """The orders that a caller may see, of those that were found by other means.

    Governments see them by marking. Everybody else sees an order that went to them, whatever its
    marking, for they must obey it; and no other one, not one in white or green either.
    """
    if caller.member.kind == MemberKind.GOVERNMENT:
        return visible(order, caller)
    return exists().where(delivery.c.order == order.c.id, _addressed(caller))


def listed(caller: Caller) -> ColumnElement[bool]:
    """The same for a list of orders, which begins at those that the caller may see."""
    if caller.member.kind == MemberKind.GOVERNMENT:
        return readable(order, caller)
    return order.c.id.in_(select(delivery.c.order).where(_addressed(caller)))


def _this(caller: Caller, id: str) -> ColumnElement[bool]:
    if caller.member.kind == MemberKind.GOVERNMENT:
        return this(order, caller, id)
    mine = select(delivery.c.order).where(delivery.c.order == id, _addressed(caller))
    return order.c.id == mine.scalar_subquery()


def _addressed(caller: Caller) -> ColumnElement[bool]:
    """Deliveries to an exchange or an issuer; to nobody else is an order delivered."""
    if caller.member.kind not in (MemberKind.EXCHANGE, MemberKind.ISSUER):
        return false()
    return delivery.c.member == caller.member.id


def found(connection: Connection, caller: Caller, id: str) -> Row[Any]:
    """The row of an order. Raises NotFoundError where there is none that the caller may see."""
    require(caller, scope=Scope.READ)
    row = connection.execute(select(order).where(_this(caller, id))).one_or_none()
    if row is None:
        raise NotFoundError(f"no order {id}")
    return row


def found_by_government(connection: Connection, caller: Caller, id: str) -> Row[Any]:
    """As `found`, for what governments alone write about an order."""
    row = found(connection, caller, id)
    if caller.member.kind != MemberKind.GOVERNMENT:
        raise NotFoundError(f"no order {id}")
    return row
