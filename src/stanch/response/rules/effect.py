"""What an order is in the law of each jurisdiction. A desk's order binds nobody by itself.

`Effects` has a state for each country's code; one that is not in it is `none`. A country's court
or authority makes it binding there, an exchange may follow of its own will, and when the order
ends what it had of force is lifted.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from stanch.errors import RefusedError
from stanch.model.desk.states import EFFECT, Effect, OrderState, move

Effects = Mapping[str, Effect]

_NEED_REFERENCE: Final = frozenset({Effect.BINDING, Effect.REFUSED})
_OVER: Final = frozenset({OrderState.RELEASED, OrderState.EXPIRED})


def request(effects: Effects, countries: Iterable[str]) -> dict[str, Effect]:
    """An order that came into force is requested wherever it has addressees."""
    asked = {c: Effect.REQUESTED for c in countries if effects.get(c, Effect.NONE) is Effect.NONE}
    return dict(sorted((dict(effects) | asked).items()))


def change(
    effects: Effects, country: str, to: Effect, reference: str, order: OrderState
) -> dict[str, Effect]:
    """Set a country's state. `reference` names the decision there, `order` the order's state.

    Raises RefusedError for a move that is not in the table, for a binding decision or a refusal
    without a reference, and for anything but lifting once the order is over or before it began.
    """
    now = effects.get(country, Effect.NONE)
    move(EFFECT, now, to)
    if to in _NEED_REFERENCE and not reference.strip():
        raise RefusedError(f"{country}: {to} needs a reference to the decision")
    if to is not Effect.LIFTED and order is not OrderState.IN_FORCE:
        raise RefusedError(f"{country}: the order is {order}, and has no effect to get")
    return dict(sorted((dict(effects) | {country: to}).items()))


def lift(effects: Effects, order: OrderState) -> dict[str, Effect]:
    """What is binding or voluntary ends with the order. Raises RefusedError while it goes on."""
    if order not in _OVER:
        raise RefusedError(f"the order is {order}: what it has of force stays")
    return {
        country: Effect.LIFTED if Effect.LIFTED in EFFECT[state] else state
        for country, state in sorted(effects.items())
    }
