"""An order as those who may see it follow it: its document, hands, addressees and answers.

Governments that see an order see every addressee of it; an addressee sees itself alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from stanch.formats.signed import jws
from stanch.formats.signed.statement import statement_from
from stanch.members import directory
from stanch.model.desk.orders import Order, Statement
from stanch.model.desk.people import Caller, MemberKind
from stanch.response import deliveries, replies
from stanch.response.history import standing_of, texts
from stanch.response.orders import order_of
from stanch.response.seen import found
from stanch.store.desk.tables import target
from stanch.store.desk.transaction import stamp


@dataclass(frozen=True, slots=True)
class Releasing:
    """A release that is being signed: its accounts, how many hands of whom, when it is due."""

    accounts: Sequence[str]
    own: int
    others: int
    due: str | None


@dataclass(frozen=True, slots=True)
class Addressee:
    """One that the order went to: the row of its delivery, and its replies in their order."""

    delivery: Mapping[str, Any]
    replies: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Followed:
    """All of it. `ended` are accounts that it holds no more; `directory` is the newest's hash."""

    order: Order
    hash: str
    statements: Sequence[Statement]
    releases: Sequence[Releasing]
    addressees: Sequence[Addressee]
    ended: frozenset[str]
    directory: str


def followed(connection: Connection, caller: Caller, id: str) -> Followed:
    """An order with all that became of it. Raises NotFoundError."""
    row = found(connection, caller, id)
    signed = [statement_from(jws.read(text).payload) for text in texts(connection, id)]
    gone = select(target.c.account).where(target.c.order == id, target.c.ended.is_not(None))
    known = directory.current(connection)
    return Followed(
        order_of(row),
        row.hash,
        signed,
        _releases(connection, row) if signed else (),
        _addressees(connection, caller, id),
        frozenset(connection.execute(gone).scalars()),
        known.hash if known else "",
    )


def _releases(connection: Connection, row: Row[Any]) -> list[Releasing]:
    """Told by the same rules that decide, from what is in the log."""
    chain = directory.chain(connection)
    if chain is None:
        return []
    standing = standing_of(connection, row, chain)
    found = []
    for each in standing.releases:
        own = sum(hand.member.id == standing.order.authority for hand in each.hands)
        due = None if each.due is None else stamp(each.due)
        found.append(Releasing(sorted(each.accounts), own, len(each.hands) - own, due))
    return found


def _addressees(connection: Connection, caller: Caller, id: str) -> list[Addressee]:
    said: dict[str, list[Mapping[str, Any]]] = {}
    for one in replies.listed(connection, caller, id):
        said.setdefault(one["delivery"], []).append(one)
    own, sees_all = caller.member.id, caller.member.kind == MemberKind.GOVERNMENT
    rows = deliveries.listed(connection, id)
    return [
        Addressee(row, said.get(row["id"], ())) for row in rows if sees_all or row["member"] == own
    ]
