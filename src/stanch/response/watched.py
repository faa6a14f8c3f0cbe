"""What orders in force hold, and which members may be told of it: the rows that are screened, and
what changed of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from stanch.model.desk.people import Member, MemberKind
from stanch.model.desk.states import OrderState
from stanch.store.desk.tables import delivery, log, member, order, release, target
from stanch.store.desk.visible import EVERYBODY, NAMED_MEMBERS, released

# What changes the accounts that are held; who concurs or answers is no business of a holder's.
CHANGING: Final = ("order.in_force", "order.released", "order.lapsed", "order.expired")
_HOLDERS: Final = (MemberKind.EXCHANGE, MemberKind.ISSUER)


@dataclass(frozen=True, slots=True)
class Held:
    """One account that an order in force holds. `audience` are member ids."""

    order: str
    account: str
    asset: str | None
    amount: str | None
    audience: frozenset[str]
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """An order that came into force or let go of accounts, last at place `n` of the log.

    `held` is all that it holds now, nothing where it is over: it takes the place of what a member
    had of this order.
    """

    n: int
    order: str
    marking: str
    kind: str
    expires: str
    held: tuple[Held, ...]


def targets_in_force(connection: Connection, only: Iterable[str] | None = None) -> Iterator[Held]:
    """All that orders in force hold now, or those of them in `only` (ids of orders).

    An addressee is told whatever the marking says; an exchange or issuer that is none is not; every
    other member as the order's marking has it, the requesting authority among them.
    """
    query = (
        select(order, target.c.account, target.c.asset, target.c.amount)
        .join(target, target.c.order == order.c.id)
        .where(order.c.state == OrderState.IN_FORCE.value, target.c.ended.is_(None))
        .order_by(order.c.id, target.c.place)
    )
    if only is not None:
        query = query.where(order.c.id.in_(sorted(only)))
    audiences = _Audiences(connection, only)
    for row in connection.execute(query):
        details = {"marking": row.marking, "kind_of_order": row.kind, "expires": row.expires}
        told = audiences.of(row.id, row.owner, row.marking)
        yield Held(row.id, row.account, row.asset, row.amount, told, details)


def changes(
    connection: Connection, to: Member, after: int, limit: int
) -> tuple[list[Changed], int | None]:
    """What changed after a place of the log in what a member may hold, each order once; and up to
    which place that is told, where there may be more.
    """
    told: dict[str, int] = {}
    query = (
        select(log.c.n, order.c.id)
        .join(order, order.c.id == log.c.subject)
        .where(log.c.n > after, log.c.verb.in_(CHANGING), told_of(to))
        .order_by(log.c.n)
    )
    place = after
    for n, id in connection.execute(query):
        if id not in told and len(told) == limit:
            return _as_they_are(connection, told), place
        told[id] = place = n
    return _as_they_are(connection, told), None


def told_of(to: Member) -> ColumnElement[bool]:
    """The orders whose accounts a member is told of: those that went to it, whatever the marking;
    and to who is no exchange and no issuer those that the marking shows to the member as a whole.
    """
    addressed = exists().where(delivery.c.order == order.c.id, delivery.c.member == to.id)
    if to.kind in _HOLDERS:
        return addressed
    named = or_(order.c.owner == to.id, released(order, to.id))
    return or_(
        addressed,
        order.c.marking.in_(EVERYBODY),
        and_(order.c.marking.in_(NAMED_MEMBERS), named),
    )


def _as_they_are(connection: Connection, told: Mapping[str, int]) -> list[Changed]:
    held: dict[str, list[Held]] = {id: [] for id in told}
    for one in targets_in_force(connection, told) if told else ():
        held[one.order].append(one)
    query = select(order).where(order.c.id.in_(sorted(told)))
    rows = {row.id: row for row in connection.execute(query)} if told else {}
    return [
        Changed(n, id, rows[id].marking, rows[id].kind, rows[id].expires, tuple(held[id]))
        for id, n in sorted(told.items(), key=lambda one: one[1])
    ]


class _Audiences:
    """Who may be told of orders, all or those in `only`: from tables that are small beside the
    targets.
    """

    def __init__(self, connection: Connection, only: Iterable[str] | None = None) -> None:
        bodies = select(member.c.id).where(member.c.kind.not_in(_HOLDERS))
        self._bodies = frozenset(connection.execute(bodies).scalars())
        addressed = select(delivery.c.order, delivery.c.member)
        listed = select(release.c.row, release.c.to).where(release.c.kind == order.name)
        if only is not None:
            ids = sorted(only)
            addressed = addressed.where(delivery.c.order.in_(ids))
            listed = listed.where(release.c.row.in_(ids))
        self._addressed = _sets(connection.execute(addressed))
        self._listed = _sets(connection.execute(listed))
        self._known: dict[str, frozenset[str]] = {}

    def of(self, id: str, owner: str, marking: str) -> frozenset[str]:
        if id not in self._known:
            told = self._addressed.get(id, frozenset())
            if marking in EVERYBODY:
                told |= self._bodies
            elif marking in NAMED_MEMBERS:
                told |= (self._listed.get(id, frozenset()) & self._bodies) | {owner}
            self._known[id] = told
        return self._known[id]


def _sets(rows: Iterable[Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for key, value in rows:
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}
