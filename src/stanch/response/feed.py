"""What each member is told, in an order of its own without gaps: pulled, or sent by webhook.

A row is written in the transaction of what it tells of. It is an outbox too: a row that is to be
sent is claimed for a while; a claim that nobody settles, because the sender was killed, comes back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update

from stanch.errors import RefusedError
from stanch.members.access.rights import require
from stanch.members.times import moved
from stanch.model.desk.canonical import canonical
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Scope
from stanch.response import deliveries
from stanch.response.webhooks import ACTIVE
from stanch.store.desk import log
from stanch.store.desk.tables import attempt, desk, feed, order, webhook
from stanch.store.desk.transaction import Transaction

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message did not arrive; `again`: when it is tried next, None leaves it to the feed."""

    status: int | None
    problem: str
    again: str | None


def tell(tx: Transaction, member: str, kind: str, subject: str, body: Mapping[str, Any]) -> int:
    """Tell a member something; returns its place. One writer at a time: the log is locked.

    The body also names the desk, so that what came from one is never taken for another's. With it
    goes the latest signed head of the log, None before the first: who keeps it finds out a desk
    that is rolled back behind what it told.
    """
    n = _last(tx.connection, member) + 1
    row = {"member": member, "n": n, "kind": kind, "subject": subject, "created": tx.at}
    head = log.last_head(tx.connection)
    name = tx.connection.execute(select(desk.c.id)).scalar_one()
    text = canonical({"desk": name, **body}).decode()
    tx.connection.execute(insert(feed).values(**row, body=text, head=head, tries=0, next_try=tx.at))
    return n


def tell_owner(tx: Transaction, order_id: str, kind: str, body: Mapping[str, Any]) -> None:
    """Tell the authority of an order. A feed is a whole member's: of one in red it has the id."""
    query = select(order.c.owner, order.c.marking).where(order.c.id == order_id)
    row = tx.connection.execute(query).one()
    rest = {} if row.marking == Marking.RED else body
    tell(tx, row.owner, kind, order_id, {**rest, "order": order_id})


def since(connection: Connection, caller: Caller, after: int, limit: int) -> list[dict[str, Any]]:
    """What the caller's member was told after place `after`, as messages.

    Raises RefusedError for a place that the feed has not reached: the desk was restored from a
    backup, and who went on in silence would never be told what came in between.
    """
    require(caller, scope=Scope.READ)
    last = _last(connection, caller.member.id)
    if after > last:
        raise RefusedError(f"after {after}: the feed has {last} messages; was the desk restored?")
    mine = (feed.c.member == caller.member.id, feed.c.n > after)
    query = select(feed).where(*mine).order_by(feed.c.n).limit(min(limit, MOST))
    return [message(row) for row in connection.execute(query).mappings()]


def message(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as it is told, by whatever way: under one id, its idempotency key.

    The time is in it too: a desk that was restored from a backup counts from where that ends, and
    what it tells then must not be taken for what was told before.
    """
    names = ("member", "n", "kind", "subject", "created", "head")
    told = {name: row[name] for name in names}
    at = "".join(filter(str.isdigit, row["created"]))
    return {"id": f"{row['member']}-{row['n']}-{at}", **told, "body": json.loads(row["body"])}


def pulled(tx: Transaction, caller: Caller, upto: int) -> None:
    """The caller's member has read its feed up to a place: what stood there has arrived."""
    mine = (feed.c.member == caller.member.id, feed.c.n <= upto, feed.c.sent.is_(None))
    for row in tx.connection.execute(select(feed.c.subject, feed.c.kind).where(*mine)):
        deliveries.arrived(tx, row.subject, caller.member.id)
    tx.connection.execute(update(feed).where(*mine).values(sent=tx.at, next_try=None))


def claim(tx: Transaction, most: int, lease: int) -> list[dict[str, Any]]:
    """Take up to `most` messages that are due, for `lease` seconds, with the address of each."""
    here = (webhook.c.member == feed.c.member) & (webhook.c.state == ACTIVE)
    query = (
        select(feed, webhook.c.url)
        .join(webhook, here)
        .where(feed.c.sent.is_(None), feed.c.next_try <= tx.at)
        .order_by(feed.c.next_try, feed.c.member, feed.c.n)
        .limit(most)
    )
    taken = []
    for row in tx.connection.execute(query).mappings().all():
        now = {"tries": row["tries"] + 1, "next_try": moved(tx.at, seconds=lease)}
        _set(tx, row["member"], row["n"], now)
        told = message(row)
        taken.append({"url": row["url"], "message": told, **told, "tries": now["tries"]})
    return taken


def sent(tx: Transaction, member: str, n: int, status: int | None) -> None:
    """A message arrived: it is not sent again, and the order that it tells of has come there."""
    _set(tx, member, n, {"sent": tx.at, "next_try": None})
    _tried(tx, member, n, status, None)
    here = (feed.c.member == member, feed.c.n == n)
    subject = tx.connection.execute(select(feed.c.subject).where(*here)).scalar_one()
    deliveries.arrived(tx, subject, member)


def failed(tx: Transaction, member: str, n: int, failure: Failure) -> None:
    """A message did not arrive; it stays in the feed, whether it is tried again or not."""
    _set(tx, member, n, {"next_try": failure.again})
    _tried(tx, member, n, failure.status, failure.problem)


def _last(connection: Connection, member: str) -> int:
    query = select(func.max(feed.c.n)).where(feed.c.member == member)
    return int(connection.execute(query).scalar() or 0)


def _set(tx: Transaction, member: str, n: int, values: Mapping[str, Any]) -> None:
    here = (feed.c.member == member, feed.c.n == n, feed.c.sent.is_(None))
    tx.connection.execute(update(feed).where(*here).values(**values))


def _tried(tx: Transaction, member: str, n: int, status: int | None, problem: str | None) -> None:
    row = {"member": member, "n": n, "at": tx.at, "status": status, "problem": problem}
    tx.connection.execute(insert(attempt).values(**row))
