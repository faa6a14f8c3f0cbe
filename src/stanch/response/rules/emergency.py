"""An emergency hold is one member's word alone, so a target bears it once."""

from collections.abc import Iterable

from stanch.errors import RefusedError
from stanch.model.desk.orders import Order, OrderKind, Target
from stanch.response.rules.standing import Standing


def used_up(standings: Iterable[Standing]) -> tuple[Target, ...]:
    """The targets of every emergency hold that began and was never concurred with.

    One that runs counts too, and one that expired, was released or ends early: otherwise a single
    key could chain emergency holds, each begun just before the last one lapses.
    """
    return tuple(
        t for standing in standings if standing.unconfirmed for t in standing.order.targets
    )


def may_hold(used: Iterable[Target], order: Order) -> None:
    """Raise RefusedError where an emergency hold has a target that such a hold has used up.

    It does not matter whose emergency hold that was. Orders of the other kinds need concurrence
    to come into force, and so may hold anything.
    """
    if order.kind is not OrderKind.EMERGENCY:
        return
    spent = tuple(used)
    for target in order.targets:
        if any(touches(target, old) for old in spent):
            raise RefusedError(
                f"{target.account} was under an emergency hold that had no concurrence: "
                "concur with that one while it runs, or propose an order of kind hold"
            )


def touches(one: Target, other: Target) -> bool:
    """Whether two targets have an account in common, whichever assets of it they name.

    Who is to hold an asset of an account holds the account in practice, and there are as many
    tokens as somebody cares to make: one key could hold it for ever, a token at a time. Case is no
    difference, so that an address written otherwise is not taken for another.
    """
    return one.account.casefold() == other.account.casefold()
