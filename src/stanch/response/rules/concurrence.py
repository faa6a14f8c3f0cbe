"""Hands for an order: who may give one, when they suffice, how one is taken back.

A hand is a member's. Each comes from another founding member, or from another of those that the
order's rule names, by another person, with another key; the requesting authority is always among
them, because its proposal is the first.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from stanch.errors import RefusedError
from stanch.model.desk.orders import OrderKind
from stanch.model.desk.states import ORDER, OrderState, move
from stanch.response.rules.consequences import (
    CameIntoForce,
    Concurred,
    Confirmed,
    Consequence,
    Declined,
    HandFell,
)
from stanch.response.rules.moments import moment
from stanch.response.rules.standing import Signed, Standing, check_counts

Outcome = tuple[Standing, tuple[Consequence, ...]]


def concur(standing: Standing, signed: Signed, now: datetime) -> Outcome:
    """Add a member's hand. With enough of them the order comes into force, or is confirmed."""
    said = signed.statement
    if standing.state not in (OrderState.PROPOSED, OrderState.IN_FORCE):
        raise RefusedError(f"an order that is {standing.state} cannot be concurred with")
    _check_no_targets(signed)
    check_hand(standing, signed)
    declined = dict(standing.declined).get(said.member)
    if declined is not None and moment(said.at) <= declined:
        raise RefusedError(f"{said.member} declined after this was signed: sign it again")
    grown = replace(standing, hands=(*standing.hands, signed))
    needed = standing.order.rule.members
    heard = Concurred(now, said.member, said.person, len(grown.hands), needed)
    if not enough(grown):
        return grown, (heard,)
    if grown.state is OrderState.PROPOSED:
        begun, begins = come_into_force(grown, now)
        return begun, (heard, *begins)
    if grown.lapses is None:
        return grown, (heard,)
    return replace(grown, lapses=None, confirmed=now), (heard, Confirmed(now))


def decline(standing: Standing, signed: Signed, now: datetime) -> Outcome:
    """Write down that a member does not concur; the hand it gave is gone, until it gives another.

    Once an order has its concurrence there is nothing to decline: it ends by a release.
    """
    said = signed.statement
    waits = standing.state is OrderState.PROPOSED or standing.lapses is not None
    if not waits:
        raise RefusedError("there is nothing to refuse: no release of yours and no concurrence")
    if said.member == standing.order.authority:
        raise RefusedError(f"{said.member} requests the order: sign a release to end it")
    check_counts(standing, signed, "its concurrence is not asked")
    given = [hand for hand in standing.hands if hand.member.id == said.member]
    if any(moment(hand.statement.at) > moment(said.at) for hand in given):
        raise RefusedError(f"{said.member} concurred after this was signed: sign it again")
    hands = tuple(hand for hand in standing.hands if hand not in given)
    before = dict(standing.declined)
    last = max(moment(said.at), before.get(said.member, moment(said.at)))
    declined = tuple(sorted((before | {said.member: last}).items()))
    told = Declined(now, said.member, said.person, said.reason)
    return replace(standing, hands=hands, declined=declined), (told,)


def check_hand(standing: Standing, signed: Signed) -> None:
    """Raise RefusedError where this member, person or key may not give a hand for the order."""
    said = signed.statement
    check_counts(standing, signed)
    for hand in standing.hands:
        if hand.member.id == said.member:
            raise RefusedError(f"{said.member} has signed already, by {hand.statement.person}")
        if hand.statement.person == said.person or hand.kid == signed.kid:
            raise RefusedError(f"{said.person} has signed already, for {hand.member.id}")


def enough(standing: Standing) -> bool:
    """Whether the rule's number of members has signed, the requesting authority among them."""
    members = {hand.member.id for hand in standing.hands}
    return standing.order.authority in members and len(members) >= standing.order.rule.members


def come_into_force(standing: Standing, now: datetime) -> Outcome:
    """Begin to hold. An emergency hold without its concurrence gets the hour at which it lapses."""
    state = move(ORDER, standing.state, OrderState.IN_FORCE)
    rule, order = standing.order.rule, standing.order
    lapses = None
    if order.kind is OrderKind.EMERGENCY and not enough(standing):
        lapses = min(now + timedelta(hours=rule.lapses_hours or 0), moment(order.expires))
    confirmed = None if lapses else now
    begun = replace(standing, state=state, in_force=now, lapses=lapses, confirmed=confirmed)
    return begun, (CameIntoForce(now, lapses),)


def drop_hands(standing: Standing, kids: frozenset[str], now: datetime) -> Outcome:
    """Take away the hands of revoked keys, where the order still waits for concurrence.

    An order that had its concurrence stays: those who concurred can release it.
    """
    if standing.state is not OrderState.PROPOSED and standing.lapses is None:
        return standing, ()
    fallen = [hand for hand in standing.hands if hand.kid in kids]
    left = tuple(hand for hand in standing.hands if hand.kid not in kids)
    told = tuple(HandFell(now, hand.member.id, hand.statement.person) for hand in fallen)
    return replace(standing, hands=left), told


def _check_no_targets(signed: Signed) -> None:
    if signed.statement.targets:
        raise RefusedError("only a release names accounts: an order is signed as a whole")
