"""The addressees' side of an order: seen, answered, and what its targets came to by that."""

from typing import Any

from stanch.app.desk.desk import Desk
from stanch.formats.chain_event import Event
from stanch.model.desk.people import Caller
from stanch.response import closing as came
from stanch.response import deliveries, replies
from stanch.response.closing import Closing
from stanch.response.replies import NewReply

__all__ = ["Closing", "Event", "NewReply", "acknowledge", "closing", "listed", "reply"]


def acknowledge(desk: Desk, caller: Caller, order: str) -> None:
    """Somebody at the addressee has seen the order. Raises ForbiddenError, NotFoundError."""
    with desk.database.write() as tx:
        deliveries.acknowledge(tx, caller, order)


def reply(desk: Desk, caller: Caller, order: str, new: NewReply, once: str | None = None) -> str:
    """Answer an order; returns the reply's id, which is the same for the same key `once`.

    Raises NotFoundError, UsageError, RefusedError.
    """
    with desk.database.write() as tx:
        return replies.add(tx, caller, order, new, once)


def listed(desk: Desk, caller: Caller, order: str) -> list[dict[str, Any]]:
    """Replies to an order: all for governments, its own for an addressee. Raises NotFoundError."""
    with desk.database.read() as connection:
        return replies.listed(connection, caller, order)


def closing(desk: Desk, caller: Caller, order: str) -> Closing:
    """Per target what was asked, held and proved, as far as the caller sees answers.

    Raises NotFoundError.
    """
    with desk.database.read() as connection:
        return came.closing(connection, caller, order)
