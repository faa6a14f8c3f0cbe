"""Orders of a period as rows of a pack, and how many of them the reader may not see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, func, not_, select

from stanch.model.desk.people import Caller
from stanch.model.desk.states import OrderState
from stanch.reports.pack.pack import Came, LeftOut, OrderRow, Row, Why
from stanch.response import outcomes, replies
from stanch.response.closing import closing
from stanch.response.seen import seen
from stanch.store.desk.page import MOST, Asked
from stanch.store.desk.tables import order
from stanch.store.desk.transaction import moment


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders as a pack has them, and the rows with their markings."""

    orders: tuple[OrderRow, ...]
    rows: Sequence[Mapping[str, Any]]


def order_rows(connection: Connection, caller: Caller, first: date, last: date) -> Orders:
    """The orders of the days from `first` to `last` that the caller may see, the oldest first."""
    shown = (order.c.id, order.c.case, order.c.state, order.c.created, order.c.in_force,
             order.c.marking)  # fmt: skip
    query = (
        select(*shown)
        .where(_within(first, last), seen(caller))
        .order_by(order.c.created, order.c.id)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    came = [_outcomes(connection, caller, each["id"]) for each in found]
    orders = tuple(
        _order(connection, caller, row, after) for row, after in zip(found, came, strict=True)
    )
    return Orders(orders, [*found, *(each for after in came for each in after)])


def hidden_orders(connection: Connection, caller: Caller, first: date, last: date) -> LeftOut:
    """How many orders of these days the caller may not see."""
    query = select(func.count()).select_from(order).where(_within(first, last), not_(seen(caller)))
    return LeftOut(Row.ORDERS, Why.MARKING, int(connection.execute(query).scalar_one()))


def _within(first: date, last: date) -> Any:
    """Orders that somebody signed; a draft is nobody's business yet.

    Times are text: `T` stands behind a day, and `U` behind all of its times.
    """
    days = order.c.created.between(first.isoformat(), f"{last.isoformat()}U")
    return and_(order.c.proposed.is_not(None), days)


def _order(
    connection: Connection, caller: Caller, row: Mapping[str, Any], after: Sequence[Any]
) -> OrderRow:
    came = closing(connection, caller, row["id"]).targets
    return OrderRow(
        row["id"],
        row["case"],
        date.fromisoformat(row["created"][:10]),
        OrderState(row["state"]),
        len(came) or None,
        sum(bool(each.held) for each in came) if came else None,
        _hours(connection, caller, row),
        tuple(Came(each["stage"]) for each in after),
    )


def _hours(connection: Connection, caller: Caller, row: Mapping[str, Any]) -> Decimal | None:
    """From the coming into force to the first answer, to a tenth."""
    answers = replies.listed(connection, caller, row["id"])
    if row["in_force"] is None or not answers:
        return None
    taken = moment(answers[0]["created"]) - moment(row["in_force"])
    return (Decimal(int(taken.total_seconds())) / 3600).quantize(Decimal("0.1"))


def _outcomes(connection: Connection, caller: Caller, id: str) -> list[Mapping[str, Any]]:
    return list(outcomes.listed(connection, caller, id, Asked(MOST, "happened")).rows)
