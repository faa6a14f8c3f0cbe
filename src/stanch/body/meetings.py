"""Meetings of a body: called by its schedule, moved, cancelled, and all that belongs to one."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, select, update

from stanch.body import actions, items
from stanch.body.called import seen, to_change
from stanch.body.rows import chaired, fresh, sealed, seen_body, write
from stanch.body.schedule import Schedule, following, local
from stanch.body.words import MeetingState
from stanch.cases.cases import Shared, said_of
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.times import seconds, zoned
from stanch.members.words import typed
from stanch.model.desk.people import Caller
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.seated import Reader, at_the_time
from stanch.store.desk.tables import meeting
from stanch.store.desk.transaction import Transaction

_FAR: Final = 3653 * 86_400.0  # seconds
LISTING: Final = Listing(meeting, ("at", "created"), ("state", "marking"))


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting as it is called: where, and when if not by the schedule."""

    place: str
    shared: Shared
    at: str | None = None


def call(tx: Transaction, caller: Caller, body: str, new: NewMeeting) -> str:
    """Call the next meeting, with the agenda of such meetings; returns its id.

    Raises ForbiddenError, NotFoundError, RefusedError where the schedule has come to its end.
    """
    of = chaired(tx, caller, body)
    # Of all meetings, whoever may see them: a number is given once.
    last = select(func.max(meeting.c.number), func.max(meeting.c.slot))
    number, slot = tx.connection.execute(last.where(meeting.c.body == body)).one()
    schedule = Schedule(of["rule"], of["first"], of["zone"], of["minutes"])
    at, slot = _when(schedule, slot or of["created"], new.at)
    _near(at, tx.at)
    said = {"number": (number or 0) + 1, "at": at, "place": typed("place", new.place)}
    row = fresh(
        meeting, "meet", body=body, slot=slot, minutes=of["minutes"], zone=of["zone"],
        state=MeetingState.CALLED.value, sequence=0, changed=tx.at, **said,
    )  # fmt: skip
    write(tx, caller, meeting, row, new.shared)
    told = {"body": body, "meeting": sealed(tx, said), **said_of(new.shared)}
    tx.record(caller, "meeting.called", row["id"], told)
    _still_seen(tx, caller, row["id"])
    items.open_agenda(tx, caller, row, of["agenda"], new.shared)
    return str(row["id"])


def move(tx: Transaction, caller: Caller, id: str, at: str | None, place: str | None) -> None:
    """Give a meeting another time or place; its invitations count one up.

    Raises ForbiddenError, NotFoundError, RefusedError where it is cancelled or has begun,
    UsageError for a time that is past.
    """
    row = to_change(tx, caller, id)
    if row["at"] <= tx.at:
        raise RefusedError(f"{id} has begun at {row['at']}: it was then and there")
    said = {
        "at": row["at"] if at is None else _ahead(_near(zoned("at", at), tx.at), tx.at),
        "place": row["place"] if place is None else typed("place", place),
    }
    if said == {"at": row["at"], "place": row["place"]}:
        raise RefusedError(f"{id} is there and then already")
    _change(tx, row, **said)
    tx.record(caller, "meeting.moved", id, {"meeting": sealed(tx, said)})
    _still_seen(tx, caller, id)


def cancel(tx: Transaction, caller: Caller, id: str, reason: str) -> None:
    """Cancel a meeting; the next one follows by the schedule all the same.

    Raises ForbiddenError, NotFoundError, RefusedError where it is cancelled already.
    """
    row = to_change(tx, caller, id)
    reason = typed("reason", reason, 2000)
    _change(tx, row, state=MeetingState.CANCELLED.value)
    tx.record(caller, "meeting.cancelled", id, {"reason": sealed(tx, {"reason": reason})})


def listed(connection: Connection, reader: Reader, body: str, asked: Asked) -> Page:
    """The meetings of a body that the reader may see. Raises NotFoundError."""
    seen_body(connection, reader, body)
    query = select(meeting).where(at_the_time(meeting, reader, body))
    found = page(connection, query, LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def one(connection: Connection, reader: Reader, id: str) -> dict[str, Any]:
    """A meeting with what the reader may see of it: it opens with the actions of the meetings
    before that are open still. Raises NotFoundError.
    """
    row = seen(connection, reader, id)
    return {
        **_shown(row),
        "open": actions.open_before(connection, reader, row),
        **items.of_meeting(connection, reader, id),
        "actions": actions.of_meeting(connection, reader, id),
    }


def _shown(row: Any) -> dict[str, Any]:
    """With the time that the clocks of its place show."""
    return {**row, "local": local(row["at"], row["zone"]).isoformat(timespec="minutes")}


def _when(schedule: Schedule, last: str, asked: str | None) -> tuple[str, str]:
    """When a meeting begins, and the time by the schedule that it takes: one at another time takes
    the next one's, however far away it is, or is one more where it lies before it.
    """
    if asked is None:
        at = following(schedule, last)
        return at, at
    at = zoned("at", asked)
    try:
        return at, min(at, following(schedule, last))
    except RefusedError:  # the schedule has come to its end
        return at, at


def _near(at: str, now: str) -> str:
    """The stamp, where it is within ten years of now. Raises UsageError.

    Clocks of later years nobody knows, and the next meetings would follow a year typed wrongly.
    """
    if abs(seconds(now, at)) > _FAR:
        raise UsageError(f"at: {at[:10]} is more than ten years away")
    return at


def _ahead(at: str, now: str) -> str:
    """The stamp, where it is still to come. Raises UsageError."""
    if at <= now:
        raise UsageError(f"at: {at} is past")
    return at


def _still_seen(tx: Transaction, caller: Caller, id: str) -> None:
    """Raise UsageError where who wrote a meeting had no seat at its time: nobody would see it."""
    try:
        seen(tx.connection, Reader(caller, tx.at), id)
    except NotFoundError:
        raise UsageError("at: your member has no seat at that time") from None


def _change(tx: Transaction, row: dict[str, Any], **to: str) -> None:
    values = {**to, "sequence": row["sequence"] + 1, "changed": tx.at}
    tx.connection.execute(update(meeting).where(meeting.c.id == row["id"]).values(**values))
