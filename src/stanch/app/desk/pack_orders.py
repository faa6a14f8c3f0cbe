"""Orders of a period as rows of a pack, and how many of them the reader may not see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, func, not_, select

from stanch.model.desk.people import Caller
from stanch.model.desk.states import OrderState
from stanch.reports.pack.pack import Came, Heard, LeftOut, OrderRow, ReviewRow, Row, Why
from stanch.response import outcomes, replies, reviews
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
    asked = [_reviews(connection, caller, each["id"]) for each in found]
    orders = tuple(
        replace(_order(connection, caller, row, after), reviews=tuple(_review(e, last) for e in of))
        for row, after, of in zip(found, came, asked, strict=True)
    )
    return Orders(orders, [*found, *(each for of in (*came, *asked) for each in of)])


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


def _review(row: Mapping[str, Any], last: date) -> ReviewRow:
    """When it was asked for and answered; of who asked, and of the reasons, nothing."""
    due, answered = date.fromisoformat(row["due"][:10]), row["answered"]
    if answered is None:
        heard = Heard.OVERDUE if due <= last else Heard.OPEN
    else:
        heard = Heard.LATE if answered > row["due"] else Heard.IN_TIME
    return ReviewRow(
        row["id"],
        date.fromisoformat(row["created"][:10]),
        due,
        None if answered is None else date.fromisoformat(answered[:10]),
        heard,
        None if answered is None else bool(row["upheld"]),
    )


def _hours(connection: Connection, caller: Caller, row: Mapping[str, Any]) -> Decimal | None:
    """From the coming into force to the first answer, to a tenth."""
    answers = replies.listed(connection, caller, row["id"])
    if row["in_force"] is None or not answers:
        return None
    taken = moment(answers[0]["created"]) - moment(row["in_force"])
    return (Decimal(int(taken.total_seconds())) / 3600).quantize(Decimal("0.1"))


def _reviews(connection: Connection, caller: Caller, id: str) -> list[Mapping[str, Any]]:
    return list(reviews.listed(connection, caller, id))


def _outcomes(connection: Connection, caller: Caller, id: str) -> list[Mapping[str, Any]]:
    return list(outcomes.listed(connection, caller, id, Asked(MOST, "happened")).rows)
