"""How long an order took, for the whole of it and at each addressee: `rules.clock`, from the rows.

Seconds, exactly; None where one end is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select

from stanch.model.desk.orders import Answer
from stanch.model.desk.people import Caller, MemberKind
from stanch.response.rules import clock
from stanch.response.rules.clock import Moments, Times
from stanch.response.seen import found
from stanch.store.desk.tables import case, delivery, reply
from stanch.store.desk.transaction import moment
from stanch.store.desk.visible import visible


@dataclass(frozen=True, slots=True)
class Measured:
    """The three times of an order, and those of each addressee that the caller may see."""

    order: Mapping[str, float | None]
    addressees: Mapping[str, Mapping[str, float | None]]


def measured(connection: Connection, caller: Caller, order_id: str) -> Measured:
    """The times of an order. Raises NotFoundError.

    A government sees every addressee, an addressee itself alone; and when the theft was reported
    only who may see the case.
    """
    row = found(connection, caller, order_id)
    there = _moments(connection, row, _reported(connection, caller, row.case))
    if caller.member.kind != MemberKind.GOVERNMENT:
        there = {id: each for id, each in there.items() if id == caller.member.id}
    whole = clock.measure(clock.first(tuple(there.values())))
    each = {id: _seconds(clock.measure(moments)) for id, moments in sorted(there.items())}
    return Measured(_seconds(whole), each)


def _moments(
    connection: Connection, row: Row[Any], reported: datetime | None
) -> dict[str, Moments]:
    held = (
        select(func.min(reply.c.created))
        .where(reply.c.delivery == delivery.c.id, reply.c.answer == Answer.HELD.value)
        .scalar_subquery()
    )
    query = select(delivery.c.member, delivery.c.acknowledged, held.label("held"))
    rows = connection.execute(query.where(delivery.c.order == row.id))
    began = _maybe(row.in_force)
    return {
        each.member: Moments(reported, began, _maybe(each.acknowledged), _maybe(each.held))
        for each in rows
    }


def _reported(connection: Connection, caller: Caller, case_id: str) -> datetime | None:
    query = select(case.c.reported).where(case.c.id == case_id, visible(case, caller))
    return _maybe(connection.execute(query).scalar())


def _seconds(times: Times) -> dict[str, float | None]:
    return {
        "report_to_order": _length(times.report_to_order),
        "order_to_acknowledgement": _length(times.order_to_acknowledgement),
        "order_to_hold": _length(times.order_to_hold),
    }


def _length(length: timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else moment(text)
