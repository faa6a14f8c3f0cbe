"""How far an order has come at each addressee: the rows of `rules.delivery`."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.members.words import new_id
from stanch.model.desk.orders import OrderKind
from stanch.model.desk.people import Caller, Role, Scope
from stanch.model.desk.states import Delivery
from stanch.response.rules import delivery as rules
from stanch.response.rules.delivery import Slip
from stanch.store.desk.tables import delivery
from stanch.store.desk.transaction import Transaction, moment, stamp

_OPEN = (Delivery.QUEUED, Delivery.DELIVERED, Delivery.ACKNOWLEDGED, Delivery.LATE)


def begin(tx: Transaction, order_id: str, kind: OrderKind, member: str) -> str:
    """An order goes to a member; returns the delivery's id."""
    id = new_id("del")
    row = {"id": id, "order": order_id, "member": member}
    values = _columns(rules.queued(kind, moment(tx.at)))
    tx.connection.execute(insert(delivery).values(**row, **values))
    return id


def arrived(tx: Transaction, order_id: str, member: str) -> None:
    """An order has come to a member's machine, if it was sent there at all."""
    row = _row(tx.connection, order_id, member)
    if row is not None:
        _advance(tx, row, Delivery.DELIVERED)


def acknowledge(tx: Transaction, caller: Caller, order_id: str) -> None:
    """Somebody at the caller's member has seen the order. Twice is once.

    Raises ForbiddenError, NotFoundError for an order that did not go to them.
    """
    row = mine(tx, caller, order_id)
    if _advance(tx, row, Delivery.ACKNOWLEDGED):
        tx.record(caller, "delivery.acknowledged", order_id, {"delivery": row.id})


def answered(tx: Transaction, row: Row[Any]) -> None:
    """The member of a delivery has answered."""
    _advance(tx, row, Delivery.ANSWERED)


def mine(tx: Transaction, caller: Caller, order_id: str) -> Row[Any]:
    """The delivery of an order to the caller's member, to be acknowledged or answered."""
    require(caller, Role.ANALYST, Role.APPROVER, scope=Scope.REPLIES)
    row = _row(tx.connection, order_id, caller.member.id)
    if row is None:
        raise NotFoundError(f"no order {order_id}")
    return row


def listed(connection: Connection, order_id: str) -> list[dict[str, Any]]:
    """All deliveries of an order, by member, for callers within the house."""
    query = select(delivery).where(delivery.c.order == order_id).order_by(delivery.c.member)
    return [dict(row) for row in connection.execute(query).mappings()]


def pass_deadlines(tx: Transaction, late: Callable[[Row[Any]], None]) -> int:
    """Call late whatever has not come far enough; `late` is told of each; how many there were."""
    due = (delivery.c.state.in_(_OPEN), delivery.c.due <= tx.at, delivery.c.answered.is_(None))
    count = 0
    for row in tx.connection.execute(select(delivery).where(*due)).all():
        before = _slip(row)
        after = rules.pass_deadline(before, moment(tx.at))
        if after != before:
            _keep(tx, row.id, after)
        if after.late and not before.late:
            count += 1
            late(row)
    return count


def _advance(tx: Transaction, row: Row[Any], to: Delivery) -> bool:
    before = _slip(row)
    after = rules.advance(before, to, moment(tx.at))
    if after != before:
        _keep(tx, row.id, after)
    return after != before


def _row(connection: Connection, order_id: str, member: str) -> Row[Any] | None:
    here = (delivery.c.order == order_id, delivery.c.member == member)
    return connection.execute(select(delivery).where(*here)).one_or_none()


def _keep(tx: Transaction, id: str, slip: Slip) -> None:
    tx.connection.execute(update(delivery).where(delivery.c.id == id).values(**_columns(slip)))


def _slip(row: Row[Any]) -> Slip:
    times = [
        None if text is None else moment(text)
        for text in (row.delivered, row.acknowledged, row.answered)
    ]
    return Slip(Delivery(row.state), moment(row.created), moment(row.due), row.late, *times)


def _columns(slip: Slip) -> dict[str, Any]:
    moments = {
        name: None if (at := getattr(slip, name)) is None else stamp(at)
        for name in ("created", "due", "delivered", "acknowledged", "answered")
    }
    return {"state": slip.state.value, "late": slip.late, **moments}
