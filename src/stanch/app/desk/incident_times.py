"""How long it took from a theft to the first order and to the first hold, of what the caller sees.

An incident of the registry names its cases in links.csv; a case names its incidents by its items.
A case has orders; addressees say what they hold.
"""

from collections.abc import Mapping
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from stanch.app.desk.desk import Desk
from stanch.app.registry.shelf import Kept
from stanch.cases import items as case_items
from stanch.members.access.rights import require
from stanch.model.desk.orders import Answer
from stanch.model.desk.people import Caller, MemberKind, Scope
from stanch.model.registry.incident import Incident
from stanch.model.registry.words import LinkKind
from stanch.registry.registry import Registry
from stanch.response.seen import seen
from stanch.store.desk import log
from stanch.store.desk.tables import case_item, delivery, order, reply

Days = tuple[int | None, int | None]  # to the first order in force, to the first hold


def kept_times(desk: Desk, caller: Caller, kept: Kept) -> Mapping[str, Days]:
    """The same of what everybody may see, looked up when the log has grown."""
    require(caller, scope=Scope.READ)
    with desk.database.read() as connection:
        size = log.size(connection)

    def made() -> tuple[Mapping[str, Days], int]:
        times = incident_times(desk, caller, kept.shown)
        return times, len(times)

    key = ("times", caller.member.id, caller.person)
    return kept.memo.of(key, size, made)


def incident_times(
    desk: Desk, caller: Caller, registry: Registry, of: str | None = None
) -> Mapping[str, Days]:
    """Whole days from each incident that has a case, or from one: None where nothing came, or is
    not seen.
    """
    with desk.database.read() as connection:
        linked = _linked(connection, caller, registry, of)
        cases = sorted({case for each in linked.values() for case in each})
        if not cases:
            return {}
        firsts = _ordered(connection, caller, cases), _held(connection, caller, cases)
    return {
        id: (
            _after(registry.incidents[id], _first(firsts[0], each)),
            _after(registry.incidents[id], _first(firsts[1], each)),
        )
        for id, each in linked.items()
    }


def with_times(found: dict[str, Any], times: Mapping[str, Days]) -> dict[str, Any]:
    """Counted cells with the median days of their rows, `ordered` and `held`."""
    for cell in (*found["cells"], found["whole"]):
        known = [times[id] for id in cell["rows"] if id in times]
        for place, name in enumerate(("ordered", "held")):
            days = [day for each in known if (day := each[place]) is not None]
            cell[name] = float(median(days)) if days else None
    return found


def _linked(
    connection: Connection, caller: Caller, registry: Registry, of: str | None
) -> dict[str, list[str]]:
    """The cases of each incident that has any: by the files, and by items that the caller sees."""
    found = {
        id: [each.value for each in one.links if each.kind is LinkKind.CASE]
        for id, one in registry.incidents.items()
        if one.links and of in (None, id)
    }
    query = select(case_item.c.incident, case_item.c.case).where(
        case_item.c.incident.is_not(None), case_items.seen(caller)
    )
    if of is not None:
        query = query.where(case_item.c.incident == of)
    for incident, case in connection.execute(query.distinct()):
        if incident in registry.incidents:
            found.setdefault(incident, []).append(case)
    return {id: cases for id, cases in found.items() if cases}


def _ordered(connection: Connection, caller: Caller, cases: list[str]) -> dict[str, str]:
    query = (
        select(order.c.case, func.min(order.c.in_force))
        .where(order.c.case.in_(cases), order.c.in_force.is_not(None), _seen(caller))
        .group_by(order.c.case)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _held(connection: Connection, caller: Caller, cases: list[str]) -> dict[str, str]:
    """A government sees every addressee's answer, an addressee its own."""
    query = (
        select(order.c.case, func.min(reply.c.created))
        .join(delivery, delivery.c.order == order.c.id)
        .join(reply, reply.c.delivery == delivery.c.id)
        .where(order.c.case.in_(cases), reply.c.answer == Answer.HELD.value, _seen(caller))
        .group_by(order.c.case)
    )
    if caller.member.kind != MemberKind.GOVERNMENT:
        query = query.where(delivery.c.member == caller.member.id)
    return {row[0]: row[1] for row in connection.execute(query)}


def _seen(caller: Caller) -> ColumnElement[bool]:
    return order.c.id.in_(select(order.c.id).where(seen(caller)).correlate(None))


def _first(times: Mapping[str, str], cases: list[str]) -> str | None:
    return min((times[case] for case in cases if case in times), default=None)


def _after(one: Incident, at: str | None) -> int | None:
    """Days from the theft; none where its day is not known."""
    if at is None or not one.happened.of_a_day:
        return None
    return (date.fromisoformat(at[:10]) - one.happened.first).days
