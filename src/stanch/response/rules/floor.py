"""What an order must be before anybody may sign it: the least hands, the longest times.

The floor makes a release strictly harder than a block. Whoever can release has one hand of the
requesting member and hands of `members - 1` others, which is enough to block; has a second hand
of the requesting member too; and waits.
"""

from datetime import datetime
from typing import Final

from stanch.errors import RefusedError, SignatureError
from stanch.formats.signed.order import check_expiry
from stanch.model.asset import is_native
from stanch.model.desk.orders import Order, OrderKind, Rule
from stanch.response.rules.moments import moment

LEAST_MEMBERS: Final = 2  # one member alone blocks nobody for longer than an emergency
LEAST_OWN: Final = 2  # one stolen key must not release
LEAST_OTHERS: Final = 1  # nor one member that was broken into
LEAST_COOLING: Final = 1  # hours in which those whose keys were used can still be asked
MOST_COOLING: Final = 168  # hours; who was blocked wrongly does not wait more than a week
MOST_LAPSE: Final = 72  # hours; as the partners decided (docs/design/desk.md)
MOST_HANDS: Final = 9  # a release that asks for more than there are people is never given


def check_rule(rule: Rule, kind: OrderKind, founding: int | None = None) -> None:
    """Raise RefusedError where a rule is below the floor, or so high that nobody can meet it.

    `founding` is how many founding members there are, where that is known.
    """
    others = max(LEAST_OTHERS, rule.members - 1)
    _within("members to come into force", rule.members, LEAST_MEMBERS, MOST_HANDS)
    _within("approvers of the requesting member to release", rule.own, LEAST_OWN, MOST_HANDS)
    _within("other members to release", rule.others, others, MOST_HANDS)
    _within("hours of cooling", rule.cooling_hours, LEAST_COOLING, MOST_COOLING)
    if kind is OrderKind.EMERGENCY:
        _within("hours until an emergency hold lapses", rule.lapses_hours or 0, 1, MOST_LAPSE)
    elif rule.lapses_hours is not None:
        raise RefusedError(f"only an emergency hold lapses; this order is of kind {kind}")
    if rule.among and len(rule.among) < max(rule.members, rule.others + 1):
        raise RefusedError(f"the rule asks for more members than the {len(rule.among)} it names")
    if founding is not None and not rule.among and max(rule.members, rule.others + 1) > founding:
        raise RefusedError(f"the rule asks for more founding members than the {founding} there are")


def check_order(order: Order, now: datetime, founding: int | None = None) -> None:
    """Raise RefusedError where nobody may sign this order at `now`."""
    check_rule(order.rule, order.kind, founding)
    _check_targets(order)
    if order.sharing.owner != order.authority:
        raise RefusedError(f"the order's owner must be {order.authority}, which requests it")
    if order.rule.among and order.authority not in order.rule.among:
        raise RefusedError(
            f"{order.authority}, which requests the order, is not of those who concur"
        )
    if not order.legal_reference.strip():
        raise RefusedError("the order names no legal reference")
    if not order.basis.case:
        raise RefusedError("the order names no case")
    if not moment(order.issued) < moment(order.expires):
        raise RefusedError("the order expires before it is issued")
    try:
        check_expiry(order)
    except SignatureError as error:
        raise RefusedError(str(error)) from None
    if moment(order.expires) <= now:
        raise RefusedError(f"the order expired at {order.expires}")


def _within(what: str, value: int, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise RefusedError(f"{what}: {value} is not from {least} to {most}")


def _check_targets(order: Order) -> None:
    if not order.targets:
        raise RefusedError("the order names no target")
    places = {(target.account, target.asset) for target in order.targets}
    if len(places) < len(order.targets):
        raise RefusedError("the order names an account and asset twice")
    for target in order.targets:
        if not target.account or target.asset == "":
            raise RefusedError("a target has an empty account or asset")
        if target.amount is not None and (type(target.amount) is not int or target.amount <= 0):
            raise RefusedError(f"{target.account}: an amount to hold is an integer above nothing")
        if order.kind is OrderKind.ISSUER and target.asset is None:
            raise RefusedError(f"{target.account}: an order to an issuer names the token")
        if order.kind is OrderKind.ISSUER and target.asset and is_native(target.asset):
            raise RefusedError(f"{target.asset}: a chain's own coin has no issuer to freeze it")
