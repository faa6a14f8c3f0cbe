"""What may follow what: an order, its legal effect in a jurisdiction, its delivery to one member.

Three tables and nothing else. A move that is not in them is refused wherever it is tried.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from stanch.errors import RefusedError


class OrderState(StrEnum):
    """Where a block order stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    RELEASED = "released"
    EXPIRED = "expired"  # its time is over, or an emergency hold lapsed
    WITHDRAWN = "withdrawn"  # before it came into force


class Effect(StrEnum):
    """What an order is in the law of one jurisdiction."""

    NONE = "none"
    REQUESTED = "requested"
    BINDING = "binding"
    VOLUNTARY = "voluntary"
    REFUSED = "refused"
    LIFTED = "lifted"


class Delivery(StrEnum):
    """How far an order has come at one addressee."""

    QUEUED = "queued"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    LATE = "late"  # not acknowledged or not answered in time; it goes on from there


State = TypeVar("State", bound=StrEnum)
Moves = Mapping[StrEnum, frozenset[StrEnum]]

ORDER: Final[Moves] = {
    OrderState.DRAFT: frozenset({OrderState.PROPOSED, OrderState.WITHDRAWN}),
    OrderState.PROPOSED: frozenset({OrderState.IN_FORCE, OrderState.WITHDRAWN}),
    OrderState.IN_FORCE: frozenset({OrderState.RELEASED, OrderState.EXPIRED}),
    OrderState.RELEASED: frozenset(),
    OrderState.EXPIRED: frozenset(),
    OrderState.WITHDRAWN: frozenset(),
}
EFFECT: Final[Moves] = {
    Effect.NONE: frozenset({Effect.REQUESTED}),
    Effect.REQUESTED: frozenset({Effect.BINDING, Effect.VOLUNTARY, Effect.REFUSED}),
    Effect.BINDING: frozenset({Effect.LIFTED}),
    Effect.VOLUNTARY: frozenset({Effect.BINDING, Effect.LIFTED}),
    Effect.REFUSED: frozenset({Effect.REQUESTED}),
    Effect.LIFTED: frozenset(),
}
_ONWARDS: Final = frozenset({Delivery.DELIVERED, Delivery.ACKNOWLEDGED, Delivery.ANSWERED})
DELIVERY: Final[Moves] = {
    Delivery.QUEUED: _ONWARDS | {Delivery.LATE},
    Delivery.DELIVERED: frozenset({Delivery.ACKNOWLEDGED, Delivery.ANSWERED, Delivery.LATE}),
    Delivery.ACKNOWLEDGED: frozenset({Delivery.ANSWERED, Delivery.LATE}),
    Delivery.ANSWERED: frozenset(),
    Delivery.LATE: _ONWARDS,
}


def move(moves: Moves, state: State, to: State) -> State:
    """Return `to`. Raises RefusedError where it may not follow `state`."""
    if to not in moves[state]:
        allowed = ", ".join(sorted(moves[state])) or "nothing"
        raise RefusedError(f"{state} cannot become {to}; it can become: {allowed}")
    return to
