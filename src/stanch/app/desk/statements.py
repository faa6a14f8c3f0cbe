"""Signed statements about an order, handed in and handed out with all that proves it."""

from dataclasses import asdict
from typing import Any

from stanch.app.desk.desk import Desk
from stanch.formats.signed.bundle import write_bundle
from stanch.model.desk.people import Caller
from stanch.response import followed, orders, statements


def take(desk: Desk, caller: Caller, order: str, text: str) -> dict[str, Any]:
    """Take a signed statement; returns where the order stands now. Twice the same is once.

    What time did comes first and stays, whatever becomes of the statement. Raises ForbiddenError,
    NotFoundError, SignatureError, RefusedError.
    """
    with desk.database.write() as tx:
        statements.pass_time(tx, order)
    with desk.database.read() as connection:
        counts = statements.counted(connection, caller, order)
    with desk.database.write() as tx:
        statements.take(tx, caller, order, text, counts)
        return orders.one(tx.connection, caller, order)


def bundle(desk: Desk, caller: Caller, order: str) -> bytes:
    """The order with all that was signed about it. Raises NotFoundError."""
    with desk.database.read() as connection:
        return write_bundle(statements.bundle(connection, caller, order))


def deliveries(desk: Desk, caller: Caller, order: str) -> list[dict[str, Any]]:
    """How far an order has come: at all addressees for governments, at itself for one of them."""
    with desk.database.read() as connection:
        found = followed.followed(connection, caller, order)
    return [dict(each.delivery) for each in found.addressees]


def releases(desk: Desk, caller: Caller, order: str) -> list[dict[str, Any]]:
    """Releases that are being signed, or cool: of which accounts, by how many hands, when due."""
    with desk.database.read() as connection:
        found = followed.followed(connection, caller, order)
    return [asdict(each) for each in found.releases]
