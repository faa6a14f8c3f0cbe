"""A signed statement is handed in about an order. Nobody signs here: the desk has no such key."""

from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.response import statements


def hand_in(desk: Desk, caller: Caller, order: str, text: str) -> None:
    """Take a statement; the same one twice is one. What time did until now is kept before it.

    Raises ForbiddenError, NotFoundError, SignatureError where the signature does not hold,
    RefusedError where the rules do not allow it.
    """
    with desk.database.write() as tx:
        statements.pass_time(tx, order)
    with desk.database.write() as tx:
        statements.take(tx, caller, order, text)
