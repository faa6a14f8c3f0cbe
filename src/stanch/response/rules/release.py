"""Hands for a release: harder than a block, slow, and taken back by one of those who gave them.

A release is of accounts, all of them where none is named, and hands for the same accounts add
up: `own` persons of the requesting member, and one person each of `others` members of those who
may concur, all with keys of their own. Then it cools; then the accounts are free. A court's paper
is named in `reason`, and no rule reads that.

Whoever gave a hand may take the release back until it takes effect, alone, and then all hands
are gone: a release is stopped more easily than given. Nobody can join one that cools, and what
was signed before a release became void never counts again. A key that is misused to stop
releases has to be revoked. A person who proposed or concurred is not kept from signing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from stanch.errors import RefusedError
from stanch.model.desk.orders import Order
from stanch.model.desk.states import ORDER, OrderState, move
from stanch.response.rules.concurrence import Outcome
from stanch.response.rules.consequences import (
    Consequence,
    Released,
    ReleaseDue,
    ReleaseProposed,
    ReleaseVoid,
)
from stanch.response.rules.moments import moment
from stanch.response.rules.standing import Release, Signed, Standing, check_counts


def sign_release(standing: Standing, signed: Signed, now: datetime) -> Outcome:
    """Give a hand to the release of the statement's accounts; with the last one it cools."""
    said = signed.statement
    accounts = _accounts(standing, said.targets)
    _check_signer(standing, signed)
    found = next((r for r in standing.releases if r.accounts == accounts), Release(accounts, ()))
    rest = tuple(release for release in standing.releases if release is not found)
    if found.due is not None:
        raise RefusedError("this release has all its hands")
    for release in rest:
        if release.accounts & accounts and _gave(release, signed):
            raise RefusedError(f"{said.person} has signed another release of these accounts")
    _check_hand(standing.order, found, signed)
    grown = replace(found, hands=(*found.hands, signed))
    told: tuple[Consequence, ...] = (
        ReleaseProposed(now, accounts, said.member, said.person, said.reason),
    )
    if suffices(standing.order, grown):
        due = now + timedelta(hours=standing.order.rule.cooling_hours)
        grown = replace(grown, due=due)
        told = (*told, ReleaseDue(now, accounts, due))
    return replace(standing, releases=(*rest, grown)), told


def suffices(order: Order, release: Release) -> bool:
    """Whether a release has all its hands: distinct persons with distinct keys."""
    own = {h.statement.person for h in release.hands if h.member.id == order.authority}
    others = {h.member.id for h in release.hands if h.member.id != order.authority}
    persons = {hand.statement.person for hand in release.hands}
    keys = {hand.kid for hand in release.hands}
    apart = len(persons) == len(keys) == len(release.hands)
    return apart and len(own) >= order.rule.own and len(others) >= order.rule.others


def signed_by(standing: Standing, signed: Signed) -> tuple[Release, ...]:
    """The open releases to which this person or key gave a hand."""
    return tuple(release for release in standing.releases if _gave(release, signed))


def make_void(
    standing: Standing, releases: tuple[Release, ...], reason: str, now: datetime
) -> Outcome:
    """Take releases off, with all their hands."""
    if not releases:
        return standing, ()
    kept = tuple(release for release in standing.releases if release not in releases)
    told = tuple(ReleaseVoid(now, release.accounts, reason) for release in releases)
    return replace(standing, releases=kept, void=now), told


def take_effect(standing: Standing, release: Release, at: datetime) -> Outcome:
    """Free a release's accounts. Releases that were being signed for any of them become void."""
    freed = tuple(target for target in standing.held if target.account in release.accounts)
    rest = tuple(other for other in standing.releases if other is not release)
    left = replace(standing, releases=rest, ended=(*standing.ended, *freed))
    whole = not left.held
    told = Released(at, freed, whole)
    crossing = tuple(other for other in rest if other.accounts & release.accounts)
    left, voided = make_void(left, crossing, "another release of its accounts took effect", at)
    if whole:
        left = replace(left, state=move(ORDER, left.state, OrderState.RELEASED), lapses=None)
    return left, (told, *voided)


def _accounts(standing: Standing, named: tuple[str, ...]) -> frozenset[str]:
    """The accounts that a statement means: those held now where it names none."""
    held = frozenset(target.account for target in standing.held)
    stray = [account for account in named if account not in held]
    if stray:
        raise RefusedError(f"the order does not hold {stray[0]}")
    return frozenset(named) or held


def _check_signer(standing: Standing, signed: Signed) -> None:
    said = signed.statement
    if not said.reason.strip():
        raise RefusedError("a release says why")
    if said.member != standing.order.authority:
        check_counts(standing, signed)
    if standing.void is not None and moment(said.at) <= standing.void:
        raise RefusedError("a release became void after this was signed: sign it again")


def _check_hand(order: Order, release: Release, signed: Signed) -> None:
    said = signed.statement
    if _gave(release, signed):
        raise RefusedError(f"{said.person} has signed this release already")
    hands = [hand for hand in release.hands if hand.member.id == said.member]
    if said.member != order.authority and hands:
        raise RefusedError(f"{said.member} has signed already, by {hands[0].statement.person}")


def _gave(release: Release, signed: Signed) -> bool:
    return any(
        hand.statement.person == signed.statement.person or hand.kid == signed.kid
        for hand in release.hands
    )
