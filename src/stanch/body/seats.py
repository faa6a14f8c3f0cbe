"""Seats in a body: which agency of which member sits there, as what, from when to when."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, null, or_, select, update
from sqlalchemy import case as when

from stanch.body.rows import chaired, fresh, sealed, seen_body
from stanch.body.words import SeatRole
from stanch.cases.cases import known
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.times import zoned
from stanch.members.words import chosen, typed
from stanch.model.desk.people import Caller
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.seated import Reader, heard
from stanch.store.desk.seated import seats as seen
from stanch.store.desk.tables import member, seat
from stanch.store.desk.transaction import Transaction

LISTING: Final = Listing(seat, ("since", "created"), ("member", "role"))


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat as it is taken: from when (without: now) to when (without: until it is ended)."""

    member: str
    agency: str
    role: str
    since: str | None = None
    until: str | None = None


def take(tx: Transaction, caller: Caller, body: str, new: NewSeat) -> str:
    """Seat somebody; a co-chair may. Returns the seat's id.

    Raises ForbiddenError, NotFoundError, UsageError.
    """
    chaired(tx, caller, body)
    return enter(tx, caller, body, new)


def enter(tx: Transaction, caller: Caller, body: str, new: NewSeat) -> str:
    """As `take`, for callers in the house that have asked whether it may be."""
    known_members = select(member.c.id).where(member.c.id == new.member)
    if tx.connection.execute(known_members).first() is None:
        raise UsageError(f"member: no member {new.member[:80]!r}")
    since = tx.at if new.since is None else zoned("from", new.since)
    until = None if new.until is None else zoned("until", new.until)
    if until is not None and until <= since:
        raise UsageError("until: is not after the seat begins")
    said = {
        "body": body,
        "member": new.member,
        "agency": typed("agency", new.agency),
        "role": chosen(SeatRole, "role", [new.role]),
        "since": since,
        "until": until,
    }
    row = fresh(seat, "seat", **said)
    tx.connection.execute(insert(seat).values(**row, created=tx.at))
    tx.record(caller, "seat.taken", row["id"], {"body": body, "seat": sealed(tx, said)})
    return str(row["id"])


def end(tx: Transaction, caller: Caller, id: str, until: str | None = None) -> None:
    """End a seat, now or at a time to come; what was seen by it may be seen further. One that is
    yet to begin is taken back by an end without a time: it was never there, and shows nothing.

    Raises NotFoundError, RefusedError where it would end in the past or no co-chair were left.
    """
    query = select(seat).where(seat.c.id == known("seat", id), seen(Reader(caller, tx.at)))
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no seat {id}")
    chaired(tx, caller, row.body)
    back = until is None and row.since > tx.at
    at = row.since if back else tx.at if until is None else zoned("until", until)
    wrong = at < tx.at or at <= row.since or (row.until is not None and row.until < at)
    if wrong and not back:
        raise RefusedError(
            f"{id} cannot end then: it is from {row.since} to {row.until or 'now on'}"
        )
    others = select(seat.c.id).where(
        seat.c.body == row.body, seat.c.role == SeatRole.CO_CHAIR, seat.c.id != id,
        seat.c.since <= at, seat.c.until.is_(None),
    )  # fmt: skip
    if row.role == SeatRole.CO_CHAIR and tx.connection.execute(others.limit(1)).first() is None:
        raise RefusedError("a body keeps a co-chair: seat another first")
    tx.connection.execute(update(seat).where(seat.c.id == id).values(until=at))
    tx.record(caller, "seat.ended", id, {"seat": sealed(tx, {"until": at})})


def listed(connection: Connection, reader: Reader, body: str, asked: Asked) -> Page:
    """Who sits in a body, or sat there when the reader did. Raises NotFoundError."""
    seen_body(connection, reader, body)
    # Who left before another seat ended knows that one as it was: without an end.
    told = or_(seat.c.member == reader.caller.member.id, heard(seat, reader, seat.c.until))
    until = when((told, seat.c.until), else_=null()).label("until")
    columns = [until if column is seat.c.until else column for column in seat.c]
    query = select(*columns).where(seat.c.body == body, seen(reader))
    return page(connection, query, LISTING, asked)


def at(connection: Connection, reader: Reader, body: str, time: str) -> list[dict[str, Any]]:
    """The seats at a time, in the order of their members, that the reader may see."""
    query = (
        select(seat)
        .where(
            seat.c.body == body,
            seen(reader),
            seat.c.since <= time,
            seat.c.until.is_(None) | (seat.c.until > time),
        )
        .order_by(seat.c.role, seat.c.member, seat.c.agency, seat.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
