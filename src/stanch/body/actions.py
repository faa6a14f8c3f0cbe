"""Actions: what a meeting gave a member to do by a day, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, null, select, update
from sqlalchemy import case as when

from stanch.body.called import to_change
from stanch.body.rows import chaired, fresh, sealed, write
from stanch.body.words import ActionState, SeatRole, day
from stanch.cases.cases import Shared, known, said_of
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.words import chosen, typed
from stanch.model.desk.people import Caller
from stanch.store.desk.seated import Reader, heard, held, of_meetings, this_of_meetings
from stanch.store.desk.tables import action, meeting, seat
from stanch.store.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class NewAction:
    """Which member is to do what, by which day."""

    by: str
    what: str
    due: str
    shared: Shared


def give(tx: Transaction, caller: Caller, id: str, new: NewAction) -> str:
    """Note an action of a meeting; returns its id.

    Raises as `to_change`, UsageError for a member without a seat to act from.
    """
    row = to_change(tx, caller, id)
    _seated(tx, row["body"], new.by)
    said = {"by": new.by, "what": typed("what", new.what, 2000), "due": day("due", new.due)}
    made = fresh(action, "act", body=row["body"], meeting=id, state=ActionState.OPEN.value, **said)
    write(tx, caller, action, made, new.shared)
    told = {"meeting": id, "action": sealed(tx, said), **said_of(new.shared)}
    tx.record(caller, "action.given", made["id"], told)
    return str(made["id"])


def end(tx: Transaction, caller: Caller, id: str, state: str, reason: str | None = None) -> None:
    """Say that an action is done, or is dropped and why.

    Raises NotFoundError, ForbiddenError, UsageError, RefusedError where it has ended.
    """
    query = select(action).where(
        this_of_meetings(action, Reader(caller, tx.at), known("action", id))
    )
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no action {id}")
    chaired(tx, caller, row.body)
    if row.state != ActionState.OPEN:
        raise RefusedError(f"{id} is {row.state}")
    state = chosen(ActionState, "state", [state])
    if state == ActionState.OPEN:
        raise UsageError("state: done or dropped")
    if state == ActionState.DROPPED and reason is None:
        raise UsageError("reason: what is dropped is dropped for one")
    reason = None if reason is None else typed("reason", reason, 2000)
    values = {"state": state, "reason": reason, "ended": tx.at}
    tx.connection.execute(update(action).where(action.c.id == id).values(**values))
    told = {"state": state, "reason": sealed(tx, {"reason": reason})}
    tx.record(caller, f"action.{state}", id, told)


def of_meeting(connection: Connection, reader: Reader, id: str) -> list[dict[str, Any]]:
    """The actions of a meeting that the reader may see, the first due first."""
    return _found(connection, reader, id, held(action.c.meeting) == id)


def open_before(
    connection: Connection, reader: Reader, row: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Actions of the meetings before this one that were open as it began, or are open today."""
    before = select(meeting.c.id).where(meeting.c.body == row["body"], meeting.c.at < row["at"])
    still = action.c.ended.is_(None) | (action.c.ended > row["at"])
    return _found(connection, reader, row["id"], held(action.c.meeting).in_(before) & still)


def _found(
    connection: Connection, reader: Reader, meeting: str, condition: ColumnElement[bool]
) -> list[dict[str, Any]]:
    # Who left before an action ended knows it as it was: open.
    told = heard(action, reader, action.c.ended)
    ending = {"state": literal(ActionState.OPEN.value), "reason": null(), "ended": null()}
    columns = [
        when((told, column), else_=ending[column.name]).label(column.name)
        if column.name in ending
        else column
        for column in action.c
    ]
    query = (
        select(*columns)
        .where(condition, of_meetings(action, reader, meeting))
        .order_by(action.c.due, action.c.created, action.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _seated(tx: Transaction, body: str, member: str) -> None:
    query = select(seat.c.id).where(
        seat.c.body == body,
        seat.c.member == member,
        seat.c.role != SeatRole.OBSERVER,
        seat.c.until.is_(None) | (seat.c.until > tx.at),
    )
    if tx.connection.execute(query.limit(1)).first() is None:
        raise UsageError(f"by: {member[:80]!r} has no seat in this body but to observe")
