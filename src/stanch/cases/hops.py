"""The accounts of a trace by their distance from the theft, as a page or a table shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, select

from stanch.cases.cases import known
from stanch.cases.items import seen_by_id
from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk.tables import case_item, exposure

LARGEST: Final = 5  # accounts of a hop that are named


@dataclass(frozen=True, slots=True)
class Hop:
    """How many accounts are so many hops away, and the largest by amount in smallest units."""

    hop: int
    accounts: int
    largest: Sequence[Mapping[str, Any]]


def of_trace(connection: Connection, caller: Caller, item: str) -> list[Hop]:
    """The hops of a trace that the caller may see, the theft's own accounts first.

    Raises NotFoundError.
    """
    require(caller, scope=Scope.READ)
    here = and_(seen_by_id(caller, known("trace", item)), case_item.c.kind == "trace")
    if connection.execute(select(case_item.c.id).where(here)).one_or_none() is None:
        raise NotFoundError(f"no trace {item}")
    named: dict[int, list[Mapping[str, Any]]] = {}
    for row in connection.execute(_largest(item)).mappings():
        named.setdefault(row["hop"], []).append(dict(row))
    counted = (
        select(exposure.c.hop, func.count(exposure.c.account.distinct()).label("accounts"))
        .where(exposure.c.item == item)
        .group_by(exposure.c.hop)
        .order_by(exposure.c.hop)
    )
    return [Hop(row.hop, row.accounts, named[row.hop]) for row in connection.execute(counted)]


def _largest(item: str) -> Select[Any]:
    """The largest of each hop. A longer number is a larger one: amounts have no leading zeros."""
    size = (func.length(exposure.c.amount).desc(), exposure.c.amount.desc(), exposure.c.place)
    place = func.row_number().over(partition_by=exposure.c.hop, order_by=size)
    ranked = (
        select(exposure, place.label("rank")).where(exposure.c.item == item).subquery()
    )  # fmt: skip
    columns = [ranked.c[name] for name in ("hop", "incident", "account", "asset", "amount")]
    few = select(*columns).where(ranked.c.rank <= LARGEST)
    return few.order_by(ranked.c.hop, ranked.c.rank)
