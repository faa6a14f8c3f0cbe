"""Block orders from draft to what came of them: each use case one transaction."""

from typing import Any

from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.model.desk.states import OrderState
from stanch.response import effects, orders, outcomes
from stanch.response.orders import NewOrder
from stanch.response.outcomes import NewOutcome
from stanch.store.desk.page import Asked, Page


def draft(desk: Desk, caller: Caller, new: NewOrder) -> str:
    """Draft an order; returns its id. Raises ForbiddenError, RefusedError, UsageError."""
    with desk.database.write() as tx:
        return orders.draft(tx, caller, new)


def redraft(desk: Desk, caller: Caller, id: str, new: NewOrder) -> int:
    """Write a draft anew; returns its version. Raises as `draft`, NotFoundError."""
    with desk.database.write() as tx:
        return orders.redraft(tx, caller, id, new)


def drop(desk: Desk, caller: Caller, id: str, reason: str) -> None:
    """Withdraw a draft that nobody has signed. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        orders.drop(tx, caller, id, reason)


def listed(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """Orders that the caller may see."""
    with desk.database.read() as connection:
        return orders.listed(connection, caller, asked)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """An order, without its document. Raises NotFoundError."""
    with desk.database.read() as connection:
        return orders.one(connection, caller, id)


def counted(desk: Desk, caller: Caller) -> dict[str, int]:
    """How many orders there are in each state, of those that the caller may see."""
    with desk.database.read() as connection:
        found = orders.counted(connection, caller)
    return {state.value: found.get(state.value, 0) for state in OrderState}


def document(desk: Desk, caller: Caller, id: str) -> bytes:
    """The bytes whose hash statements sign. Raises NotFoundError."""
    with desk.database.read() as connection:
        return orders.document(connection, caller, id)


def listed_effects(desk: Desk, caller: Caller, id: str) -> list[dict[str, Any]]:
    """What an order is in the law of each country. Raises NotFoundError."""
    with desk.database.read() as connection:
        return effects.listed(connection, caller, id)


def change_effect(desk: Desk, caller: Caller, id: str, to: str, reference: str) -> None:
    """Say what an order is in the caller's own country. Raises NotFoundError, RefusedError."""
    with desk.database.write() as tx:
        effects.change(tx, caller, id, to, reference)


def listed_outcomes(desk: Desk, caller: Caller, id: str, asked: Asked) -> Page:
    """What came of an order. Raises NotFoundError."""
    with desk.database.read() as connection:
        return outcomes.listed(connection, caller, id, asked)


def add_outcome(desk: Desk, caller: Caller, id: str, new: NewOutcome) -> str:
    """Add a stage to what came of an order; returns its id. Raises NotFoundError, UsageError."""
    with desk.database.write() as tx:
        return outcomes.add(tx, caller, id, new)
