"""Bodies, who sits in them, and what they aim at: each use case one transaction."""

from typing import Any

from stanch.app.desk.desk import Desk
from stanch.body import bodies, filling, rows, seats, targets
from stanch.body.filling import AskedBody
from stanch.body.seats import NewSeat
from stanch.body.targets import NewReading, NewTarget
from stanch.body.templates import NAMES, Template, template
from stanch.model.desk.people import Caller
from stanch.store.desk.page import Asked, Page
from stanch.store.desk.seated import Reader


def found(desk: Desk, caller: Caller, asked: AskedBody) -> str:
    """Found a body; returns its id. Raises ForbiddenError, UsageError."""
    with desk.database.write() as tx:
        return bodies.found(tx, caller, filling.filled(tx.connection, asked, tx.at))


def listed(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Bodies in which the caller's member has, or had, a seat."""
    with desk.database.read() as connection:
        return bodies.listed(connection, reader(desk, caller), asked)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A body. Raises NotFoundError."""
    with desk.database.read() as connection:
        return bodies.one(connection, reader(desk, caller), id)


def may_write(desk: Desk, caller: Caller, id: str) -> bool:
    """Whether the caller may write in a body that they may see: a co-chair's analyst or
    administrator.
    """
    with desk.database.read() as connection:
        return rows.may_write(connection, reader(desk, caller), id)


def templates() -> dict[str, Template]:
    """The bodies that come with the program, by name."""
    return {name: template(name) for name in NAMES}


def listed_seats(desk: Desk, caller: Caller, body: str, asked: Asked) -> Page:
    """Who sits in a body, or sat there when the caller's member did. Raises NotFoundError."""
    with desk.database.read() as connection:
        return seats.listed(connection, reader(desk, caller), body, asked)


def take_seat(desk: Desk, caller: Caller, body: str, new: NewSeat) -> str:
    """Seat somebody; returns the seat's id. Raises NotFoundError, ForbiddenError, UsageError."""
    with desk.database.write() as tx:
        return seats.take(tx, caller, body, new)


def end_seat(desk: Desk, caller: Caller, seat: str, until: str | None) -> None:
    """End a seat, now or later. Raises NotFoundError, ForbiddenError, RefusedError."""
    with desk.database.write() as tx:
        seats.end(tx, caller, seat, until)


def listed_targets(desk: Desk, caller: Caller, body: str, asked: Asked) -> Page:
    """Targets of a body with their readings, as the caller may see them. Raises NotFoundError."""
    with desk.database.read() as connection:
        return targets.listed(connection, reader(desk, caller), body, asked)


def aim(desk: Desk, caller: Caller, body: str, new: NewTarget) -> str:
    """Set a target; returns its id. Raises NotFoundError, ForbiddenError, UsageError."""
    with desk.database.write() as tx:
        return targets.aim(tx, caller, body, new)


def take_reading(desk: Desk, caller: Caller, new: NewReading) -> str:
    """Note how a target stands. Raises NotFoundError, ForbiddenError, UsageError."""
    with desk.database.write() as tx:
        return targets.take_reading(tx, caller, new)


def reader(desk: Desk, caller: Caller) -> Reader:
    """The caller, looking now: seats begin and end."""
    return Reader(caller, desk.database.now())
