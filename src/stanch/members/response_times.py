"""How fast members have answered so far, over the deliveries that the caller may see.

A government sees every delivery of an order that it may see; everybody else what went to their own
member, whatever its marking, and nothing of how another member answers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import median

from sqlalchemy import ColumnElement, Connection, select

from stanch.members.times import seconds
from stanch.model.desk.people import Caller, MemberKind
from stanch.store.desk.tables import delivery, order
from stanch.store.desk.visible import visible


@dataclass(frozen=True, slots=True)
class Times:
    """Deliveries so far, and seconds from each to its acknowledgement and answer: the medians.

    None where nothing was acknowledged or answered.
    """

    deliveries: int
    acknowledged: float | None
    answered: float | None


def response_times(
    connection: Connection, caller: Caller, members: Collection[str]
) -> dict[str, Times]:
    """Times by member, without those to whom the caller may see no delivery."""
    query = (
        select(delivery.c.member, delivery.c.created, delivery.c.acknowledged, delivery.c.answered)
        .join(order, delivery.c.order == order.c.id)
        .where(_seen(caller), delivery.c.member.in_(sorted(members)))
    )
    rows = defaultdict(list)
    for row in connection.execute(query):
        rows[row.member].append(row)
    return {
        of: Times(
            len(found),
            _median((row.created, row.acknowledged) for row in found),
            _median((row.created, row.answered) for row in found),
        )
        for of, found in rows.items()
    }


def _seen(caller: Caller) -> ColumnElement[bool]:
    if caller.member.kind is MemberKind.GOVERNMENT:
        return visible(order, caller)
    return delivery.c.member == caller.member.id


def _median(spans: Iterable[tuple[str, str | None]]) -> float | None:
    known = [seconds(start, end) for start, end in spans if end is not None]
    return median(known) if known else None
