"""Where an order stands, as one value, and what is heard about it."""

from dataclasses import dataclass, replace
from datetime import datetime

from stanch.errors import RefusedError
from stanch.formats.signed.verdict import CLOCKS_DIFFER, GOOD_FOR
from stanch.model.desk.orders import Order, OrderKind, Statement, Target
from stanch.model.desk.people import Member
from stanch.model.desk.states import OrderState
from stanch.response.rules.moments import moment


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement whose signature, certificate and directory held, heard by the desk at `heard`.

    `member` is the signer's as the directory has it, `kid` the key. Who makes one vouches that
    `kid` is a living key of an approver `statement.person` of that member.
    """

    statement: Statement
    member: Member
    kid: str
    heard: datetime


@dataclass(frozen=True, slots=True)
class Revoked:
    """Keys that a new directory revoked, and when the desk took that directory."""

    kids: frozenset[str]
    heard: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """A release being signed: its accounts, the hands given, and when it is due if they suffice."""

    accounts: frozenset[str]
    hands: tuple[Signed, ...]
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An order and all that is true of it at the moment `seen`, the latest it has heard of.

    `hands` are the signatures for the order that count, `statements` all that were ever taken.
    `lapses` is set while an emergency hold waits for concurrence, `confirmed` once it has it.
    `ended` are targets that it held and holds no more. `declined` says when, by the signer's
    clock, each member last declined; `void` when a release last became void.
    """

    order: Order
    hash: str
    state: OrderState
    seen: datetime
    hands: tuple[Signed, ...] = ()
    statements: tuple[Signed, ...] = ()
    in_force: datetime | None = None
    lapses: datetime | None = None
    confirmed: datetime | None = None
    releases: tuple[Release, ...] = ()
    ended: tuple[Target, ...] = ()
    declined: tuple[tuple[str, datetime], ...] = ()
    void: datetime | None = None
    revoked: frozenset[str] = frozenset()

    @property
    def held(self) -> tuple[Target, ...]:
        """The targets that the order holds now."""
        if self.state is not OrderState.IN_FORCE:
            return ()
        return tuple(target for target in self.order.targets if target not in self.ended)

    @property
    def release_due(self) -> datetime | None:
        """When the next release takes effect, if one has all its hands."""
        return min((r.due for r in self.releases if r.due is not None), default=None)

    @property
    def next_deadline(self) -> datetime | None:
        """When time itself changes something next; None where it never does."""
        if self.state is OrderState.PROPOSED:
            return moment(self.order.expires)
        if self.state is not OrderState.IN_FORCE:
            return None
        end = self.lapses or moment(self.order.expires)
        return min(end, self.release_due or end)

    @property
    def unconfirmed(self) -> bool:
        """Whether this is an emergency hold that began and never had its concurrence."""
        emergency = self.order.kind is OrderKind.EMERGENCY
        return emergency and self.in_force is not None and self.confirmed is None


def draft(order: Order, hash: str, now: datetime) -> Standing:
    """An order that nobody has signed yet. `hash` is what statements will sign."""
    return Standing(order, hash, OrderState.DRAFT, now)


def check_counts(standing: Standing, signed: Signed, what: str = "its hand does not count") -> None:
    """Raise RefusedError where the signer's member is none of those whose hands the rule counts."""
    rule = standing.order.rule
    if rule.counts(signed.member):
        return
    says = f"none of {', '.join(sorted(rule.among))}" if rule.among else "not a founding member"
    raise RefusedError(f"{signed.member.id} is {says}: {what}")


def known(standing: Standing, signed: Signed) -> bool:
    """Whether this very statement by this key was taken before: the same one twice is one."""
    return any(
        old.kid == signed.kid and old.statement == signed.statement for old in standing.statements
    )


def check_meant(standing: Standing, signed: Signed) -> None:
    """Raise RefusedError where a statement is not about this order, or not of this time."""
    order, said = standing.order, signed.statement
    meant = (said.desk, said.order, said.version, said.order_hash)
    if meant != (order.desk, order.id, order.version, standing.hash):
        raise RefusedError(f"the statement is not about version {order.version} of {order.id}")
    if said.member != signed.member.id:
        raise RefusedError(f"{said.person} signed for {said.member}, not for {signed.member.id}")
    if signed.kid in standing.revoked:
        raise RefusedError(f"the key {signed.kid} was revoked")
    at, now = moment(said.at), max(signed.heard, standing.seen)
    if at > now + CLOCKS_DIFFER:
        raise RefusedError(f"the statement was signed at {said.at}, which is yet to come")
    if at < now - GOOD_FOR:
        raise RefusedError(f"the statement of {said.at} is more than a day old: sign it again")


def at_its_time(standing: Standing, signed: Signed) -> Signed:
    """A statement with the time that counts, where the desk's clock was behind that time.

    The records keep it so, and then telling the log again gives the same standing.
    """
    return replace(signed, heard=standing.seen)


def remember(standing: Standing, signed: Signed) -> Standing:
    """Keep a statement that was taken."""
    return replace(standing, statements=(*standing.statements, signed))
