"""What orders in force hold, and which members may be told of it: the rows that are screened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from stanch.model.desk.people import MemberKind
from stanch.model.desk.states import OrderState
from stanch.store.desk.tables import delivery, member, order, release, target
from stanch.store.desk.visible import EVERYBODY, NAMED_MEMBERS


@dataclass(frozen=True, slots=True)
class Held:
    """One account that an order in force holds. `audience` are member ids."""

    order: str
    account: str
    asset: str | None
    amount: str | None
    audience: frozenset[str]
    details: Mapping[str, Any]


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
    audiences = _Audiences(connection)
    for row in connection.execute(query):
        details = {"marking": row.marking, "kind_of_order": row.kind, "expires": row.expires}
        told = audiences.of(row.id, row.owner, row.marking)
        yield Held(row.id, row.account, row.asset, row.amount, told, details)


class _Audiences:
    """Who may be told of an order, from tables that are small beside the targets."""

    def __init__(self, connection: Connection) -> None:
        holders = (MemberKind.EXCHANGE, MemberKind.ISSUER)
        bodies = select(member.c.id).where(member.c.kind.not_in(holders))
        self._bodies = frozenset(connection.execute(bodies).scalars())
        self._addressed = _sets(connection.execute(select(delivery.c.order, delivery.c.member)))
        listed = select(release.c.row, release.c.to).where(release.c.kind == order.name)
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
