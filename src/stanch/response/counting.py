"""Which answers count: the newest for each account and asset of a delivery.

More money may arrive later, or a first answer be wrong: an addressee answers again, and what it
said before stays as it was, but counts no more. What is held is summed over what counts.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, exists, or_, select

from stanch.errors import RefusedError
from stanch.model.desk.orders import Answer
from stanch.model.desk.people import Caller, MemberKind
from stanch.response.seen import found
from stanch.store.desk.tables import delivery, reply

_LATER: Final = reply.alias("later")
_PLACE: Final = ("account", "asset")


def counts() -> ColumnElement[bool]:
    """Whether a row of `reply` counts: no later one replaces it."""
    return ~exists().where(_LATER.c.replaces == reply.c.id)


def counting(connection: Connection, caller: Caller, order_id: str) -> list[RowMapping]:
    """The answers to an order that count, of those that the caller may see; with `member`.

    A government sees all of them, an addressee its own. Raises NotFoundError.
    """
    found(connection, caller, order_id)
    query = (
        select(*reply.c, delivery.c.member)
        .join(delivery, reply.c.delivery == delivery.c.id)
        .where(delivery.c.order == order_id, counts())
        .order_by(reply.c.created, reply.c.delivery, reply.c.n)
    )
    if caller.member.kind != MemberKind.GOVERNMENT:
        query = query.where(delivery.c.member == caller.member.id)
    return list(connection.execute(query).mappings())


def summed(rows: list[RowMapping]) -> dict[str, int]:
    """What is held, by asset in its smallest unit, of answers that count. Exact."""
    sums: dict[str, int] = {}
    for row in rows:
        if row["answer"] == Answer.HELD:
            sums[row["asset"]] = sums.get(row["asset"], 0) + int(row["amount"])
    return dict(sorted(sums.items()))


def replaced(
    connection: Connection, delivery_id: str, said: Mapping[str, Any], named: str | None
) -> str | None:
    """The id of the answer whose place a new one takes; None where it is the first of its kind.

    Raises RefusedError where `named` is another, and where the new one overlaps what is held
    without taking its place: the same money would be counted twice, or taken back half.
    """
    same = (reply.c[name].is_not_distinct_from(said[name]) for name in _PLACE)
    here = (reply.c.delivery == delivery_id, counts())
    id = connection.execute(select(reply.c.id).where(*here, *same)).scalar_one_or_none()
    if named is not None and named != id:
        raise RefusedError(f"replaces: what counts for this account and asset is {id or 'nothing'}")
    if said["answer"] == Answer.GONE:
        return id
    wide: list[ColumnElement[bool]] = [reply.c.answer == Answer.HELD.value]
    if said["account"] is not None:
        wide.append(or_(reply.c.account.is_(None), reply.c.account == said["account"]))
    if said["asset"] is not None:
        wide.append(reply.c.asset == said["asset"])
    query = select(reply.c.account, reply.c.asset).where(*here, *wide, reply.c.id != (id or ""))
    other = connection.execute(query.order_by(reply.c.n)).first()
    if other is not None:
        where = f"{other.account or 'all accounts'} and {other.asset}"
        raise RefusedError(f"{where} counts as held: answer for just these to change it")
    return id
