"""An order's life: a standing and one thing that happens give a standing and what follows.

    propose     the requesting authority signs; an emergency hold is in force at once
    hear        an approver concurs, signs a release, or refuses
    pass_time   a deadline goes by: a release takes effect, the order lapses or expires
    revoke      a new directory revoked keys
    drop        a draft that nobody signed is withdrawn
    replay      all of that again from the first draft, as the log has it

Each gives the new `Standing` and a tuple of consequences, in the order in which they took effect.
What a rule does not allow raises RefusedError, and the standing stays. Whatever happens, the
deadlines before it take effect first, at their own time. Call `pass_time` and keep what it gives
before you try a statement: what it gives would be lost with a statement that is refused.

Time never goes back: something that is said to happen before the latest thing happens with it.
A statement that was taken before changes nothing and has no consequences.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from stanch.errors import RefusedError
from stanch.model.desk.orders import Order, OrderKind, Said
from stanch.model.desk.states import ORDER, OrderState, move
from stanch.response.rules.concurrence import (
    Outcome,
    check_hand,
    come_into_force,
    concur,
    decline,
    drop_hands,
)
from stanch.response.rules.consequences import Consequence, Expired, Lapsed, Proposed, Withdrawn
from stanch.response.rules.emergency import Used, may_hold
from stanch.response.rules.floor import check_order
from stanch.response.rules.moments import moment
from stanch.response.rules.release import make_void, sign_release, signed_by, take_effect
from stanch.response.rules.standing import (
    Revoked,
    Signed,
    Standing,
    at_its_time,
    check_meant,
    draft,
    known,
    remember,
)


def propose(standing: Standing, signed: Signed, used: Iterable[Used]) -> Outcome:
    """The requesting authority's first signature. `used` is what `emergency.used_up` gives."""
    if known(standing, signed):
        return pass_time(standing, signed.heard)
    standing, before = pass_time(standing, signed.heard)
    signed = at_its_time(standing, signed)
    said, now = signed.statement, standing.seen
    check_meant(standing, signed)
    if said.said is not Said.PROPOSE:
        raise RefusedError(f"an order is proposed first, not to be begun by {said.said}")
    if said.member != standing.order.authority:
        raise RefusedError(f"{standing.order.authority} proposes this order, not {said.member}")
    if said.targets:
        raise RefusedError("only a release names accounts: an order is signed as a whole")
    check_hand(standing, signed)
    check_order(standing.order, now)
    may_hold(used, standing.order)
    state = move(ORDER, standing.state, OrderState.PROPOSED)
    standing = remember(replace(standing, state=state, hands=(signed,)), signed)
    told: tuple[Consequence, ...] = (*before, Proposed(now, said.member, said.person))
    if standing.order.kind is OrderKind.EMERGENCY:
        standing, begins = come_into_force(standing, now)
        told = (*told, *begins)
    return standing, told


def hear(standing: Standing, signed: Signed) -> Outcome:
    """Concurrence, release or refusal by an approver of a member."""
    if known(standing, signed):
        return pass_time(standing, signed.heard)
    standing, before = pass_time(standing, signed.heard)
    signed = at_its_time(standing, signed)
    check_meant(standing, signed)
    standing, follows = _said(standing, signed)
    return remember(standing, signed), (*before, *follows)


def pass_time(standing: Standing, now: datetime) -> Outcome:
    """Let every deadline up to `now` take effect, each at its own time, the earliest first."""
    told: tuple[Consequence, ...] = ()
    now = max(now, standing.seen)
    while (deadline := standing.next_deadline) is not None and deadline <= now:
        standing, follows = _deadline(standing, deadline)
        told = (*told, *follows)
    return replace(standing, seen=now), told


def revoke(standing: Standing, revoked: Revoked) -> Outcome:
    """Take away the hands of revoked keys, where an order or a release still waits for anything.

    Every open release that such a key signed is void: the others sign anew.
    """
    standing, before = pass_time(standing, revoked.heard)
    kids, now = revoked.kids, standing.seen
    standing = replace(standing, revoked=standing.revoked | kids)
    standing, fell = drop_hands(standing, kids, now)
    signed = tuple(r for r in standing.releases if any(hand.kid in kids for hand in r.hands))
    standing, voided = make_void(standing, signed, "a key that signed it was revoked", now)
    return standing, (*before, *fell, *voided)


def drop(standing: Standing, now: datetime, reason: str) -> Outcome:
    """Withdraw a draft, which nobody has signed. What is proposed needs a signature for that."""
    if standing.state is not OrderState.DRAFT:
        raise RefusedError(f"an order that is {standing.state} is ended by signatures only")
    return _withdraw(replace(standing, seen=max(now, standing.seen)), reason)


def replay(order: Order, hash: str, happened: Iterable[Signed | Revoked]) -> Standing:
    """The standing after all that was taken, in the order of the log, at the time of the last.

    `heard` is the time that counted: that of `Standing.statements`, and `seen` after `revoke`.
    What other emergency holds had used up was looked at when the proposal was taken, and is not
    looked at again. Raises RefusedError where something was kept that no rule allows.
    """
    standing: Standing | None = None
    for thing in happened:
        if standing is None:
            standing = draft(order, hash, thing.heard)
        if isinstance(thing, Revoked):
            standing, _ = revoke(standing, thing)
        elif thing.statement.said is Said.PROPOSE:
            standing, _ = propose(standing, thing, ())
        else:
            standing, _ = hear(standing, thing)
    return standing or draft(order, hash, moment(order.issued))


def _said(standing: Standing, signed: Signed) -> Outcome:
    said, now = signed.statement, standing.seen
    match said.said:
        case Said.CONCUR:
            return concur(standing, signed, now)
        case Said.RELEASE if standing.state is OrderState.IN_FORCE:
            return sign_release(standing, signed, now)
        case Said.RELEASE:
            return _withdraw_signed(standing, signed)
        case Said.REFUSE if not said.reason.strip():
            raise RefusedError("a refusal says why")
        case Said.REFUSE if given := signed_by(standing, signed):
            return make_void(standing, given, said.reason, now)
        case Said.REFUSE:
            return decline(standing, signed, now)
        case _:
            raise RefusedError(f"an order that is {standing.state} cannot be proposed again")


def _deadline(standing: Standing, at: datetime) -> Outcome:
    """What happens at the next deadline, `at`. A release that is due then goes before the end."""
    if standing.state is OrderState.PROPOSED:
        return _withdraw(replace(standing, seen=at), "nobody concurred before it expired")
    due = next((release for release in standing.releases if release.due == at), None)
    if due is not None:
        return take_effect(standing, due, at)
    freed = standing.held
    told = Expired(at, freed) if standing.lapses is None else Lapsed(at, freed)
    state = move(ORDER, standing.state, OrderState.EXPIRED)
    ended = (*standing.ended, *freed)
    return replace(standing, state=state, lapses=None, releases=(), ended=ended), (told,)


def _withdraw_signed(standing: Standing, signed: Signed) -> Outcome:
    """A release before an order is in force: its authority takes it back, by one hand."""
    said = signed.statement
    if said.member != standing.order.authority:
        raise RefusedError(f"only {standing.order.authority} may withdraw its order")
    if said.targets:
        raise RefusedError("an order that is not in force is withdrawn as a whole")
    if not said.reason.strip():
        raise RefusedError("a withdrawal says why")
    return _withdraw(standing, said.reason)


def _withdraw(standing: Standing, reason: str) -> Outcome:
    state = move(ORDER, standing.state, OrderState.WITHDRAWN)
    return replace(standing, state=state), (Withdrawn(standing.seen, reason),)
