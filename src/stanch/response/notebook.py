"""What the rules concluded, written down: the order's columns, its targets, deliveries and effects,
one entry of the log for each consequence, and whom it is told.

The log is read by who may not see the order, and never forgets: why, and which accounts, stand in
it as commitments.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, update

from stanch.model.desk.canonical import canonical
from stanch.model.desk.orders import Target
from stanch.model.desk.people import Caller, Member, MemberKind
from stanch.model.desk.states import OrderState
from stanch.response import deliveries, effects, feed
from stanch.response.orders import all_members
from stanch.response.rules.addressees import addressed, reaches
from stanch.response.rules.consequences import (
    CameIntoForce,
    Confirmed,
    Consequence,
    Expired,
    Lapsed,
    Proposed,
    Released,
)
from stanch.response.rules.standing import Standing
from stanch.store.desk.log import commit_to
from stanch.store.desk.tables import order, target
from stanch.store.desk.transaction import Transaction, stamp

# What addressees are told; the rest is between those who decide.
_OUTWARD: Final = (CameIntoForce, Confirmed, Released, Lapsed, Expired)
_OVER: Final = (OrderState.RELEASED, OrderState.EXPIRED, OrderState.WITHDRAWN)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEALED: Final = ("reason", "accounts", "targets")
_VERBS: Final[Mapping[type, str]] = {CameIntoForce: "order.in_force"}


def keep(
    tx: Transaction,
    caller: Caller | None,
    row: Row[Any],
    now: tuple[Standing, Iterable[Consequence]],
) -> None:
    """Write an order's new standing and what followed. `caller` None: time passed."""
    standing, told = now
    _columns(tx, row, standing, told)
    members = all_members(tx.connection)
    for one in told:
        said = _said(one)
        tx.record(caller, verb(one), row.id, _sealed(tx, said))
        if isinstance(one, CameIntoForce):
            _begin(tx, standing, members)
        if isinstance(one, Released | Lapsed | Expired):
            _free(tx, standing, one)
        _tell(tx, standing, members, (one, said))
    if standing.state in (OrderState.RELEASED, OrderState.EXPIRED) and told:
        effects.end(tx, row.id, standing.state)


def verb(one: Consequence) -> str:
    """How the log and the feed call a consequence: order.release_due."""
    kind = type(one)
    return _VERBS.get(kind) or "order." + _CAMEL.sub("_", kind.__name__).lower()


def _columns(
    tx: Transaction, row: Row[Any], standing: Standing, told: Iterable[Consequence]
) -> None:
    proposed = next((stamp(one.at) for one in told if isinstance(one, Proposed)), row.proposed)
    over = standing.state in _OVER
    values = {
        "state": standing.state.value,
        "proposed": proposed,
        "in_force": _maybe(standing.in_force),
        "lapses": _maybe(standing.lapses),
        "confirmed": _maybe(standing.confirmed),
        "release_due": _maybe(standing.release_due),
        "seen": stamp(standing.seen),
        "ended": row.ended or (max(stamp(one.at) for one in told) if over and told else None),
    }
    tx.connection.execute(update(order).where(order.c.id == row.id).values(**values))


def _free(tx: Transaction, standing: Standing, one: Released | Lapsed | Expired) -> None:
    """Targets are free from the moment that the rules say, not from when somebody looked."""
    made = standing.order
    places = [made.targets.index(each) for each in one.targets]
    gone = (target.c.order == made.id, target.c.place.in_(places), target.c.ended.is_(None))
    tx.connection.execute(update(target).where(*gone).values(ended=stamp(one.at)))


def _begin(tx: Transaction, standing: Standing, members: list[Member]) -> None:
    """The order goes out: deliveries, targets that are held, effects that are asked for."""
    made, known = standing.order, {each.id: each for each in members}
    rows = [
        {"order": made.id, "place": place, "account": each.account, "asset": each.asset,
         "amount": None if each.amount is None else str(each.amount)}
        for place, each in enumerate(made.targets)
    ]  # fmt: skip
    tx.connection.execute(target.insert(), rows)
    to = addressed(made, members)
    for member in to:
        deliveries.begin(tx, made.id, made.kind, member)
    effects.begin(tx, made.id, sorted({known[member].country for member in to} - {""}))


def _tell(
    tx: Transaction,
    standing: Standing,
    members: list[Member],
    what: tuple[Consequence, Mapping[str, Any]],
) -> None:
    made, (one, said) = standing.order, what
    to = {each.id for each in members if _may_decide(each) and reaches(made.sharing, each.id)}
    if isinstance(one, _OUTWARD):
        to.add(made.authority)
    body = {"order": made.id, "hash": standing.hash, "version": made.version, **said}
    there = {each["member"]: each["id"] for each in deliveries.listed(tx.connection, made.id)}
    if isinstance(one, _OUTWARD):
        to |= there.keys()
    for member in sorted(to):
        mine = {"delivery": there[member]} if member in there else {}
        if member in there or reaches(made.sharing, member):
            feed.tell(tx, member, verb(one), made.id, {**body, **mine})
        else:  # in red: the members' people on its list find the rest by the id
            feed.tell(tx, member, verb(one), made.id, {"order": made.id})


def _may_decide(member: Member) -> bool:
    return member.kind is MemberKind.GOVERNMENT


def _said(one: Consequence) -> dict[str, Any]:
    return {each.name: _plain(getattr(one, each.name)) for each in fields(one)}


def _sealed(tx: Transaction, said: Mapping[str, Any]) -> dict[str, Any]:
    def seal(value: Any) -> str:
        text = value if isinstance(value, str) else canonical(value).decode()
        return commit_to(tx.connection, text)

    return {name: seal(value) if name in _SEALED else value for name, value in said.items()}


def _plain(value: Any) -> Any:
    """A part of a consequence as JSON has it."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Target):
        amount = None if value.amount is None else str(value.amount)
        return {"account": value.account, "asset": value.asset, "amount": amount}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _maybe(at: datetime | None) -> str | None:
    return None if at is None else stamp(at)
