"""Who says that they were blocked wrongly is heard: a review, its answer; and how long all took."""

from dataclasses import asdict
from typing import Any

from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.response import reviews, times


def ask(desk: Desk, caller: Caller, order: str, requester: str, says: str) -> str:
    """Ask for a review of an order; returns its id. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        return reviews.ask(tx, caller, order, requester, says)


def answer(desk: Desk, caller: Caller, id: str, upheld: bool, reason: str) -> None:
    """Answer a review, once. Raises ForbiddenError, NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        reviews.answer(tx, caller, id, upheld, reason)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A review. Raises NotFoundError."""
    with desk.database.read() as connection:
        return reviews.one(connection, caller, id)


def listed(desk: Desk, caller: Caller, order: str) -> list[dict[str, Any]]:
    """The reviews of an order that the caller may see. Raises NotFoundError."""
    with desk.database.read() as connection:
        return reviews.listed(connection, caller, order)


def counted(desk: Desk, caller: Caller) -> dict[str, int]:
    """How many were asked for, answered, upheld and overdue, of those that the caller may see."""
    with desk.database.read() as connection:
        return asdict(reviews.counted(connection, caller, desk.database.now()))


def measured(desk: Desk, caller: Caller, order: str) -> dict[str, Any]:
    """Seconds from report to order, to acknowledgement, to hold. Raises NotFoundError."""
    with desk.database.read() as connection:
        found = times.measured(connection, caller, order)
    return {
        "order": dict(found.order),
        "addressees": {k: dict(v) for k, v in found.addressees.items()},
    }
