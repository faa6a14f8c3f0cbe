"""What addressees found: nothing, money that they hold now, money that had left, or why not.

An issuer's hold on a chain whose events can be read is answered with the event that froze it.
"""

import json
import re
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from stanch.errors import RefusedError, UsageError
from stanch.members.words import new_id
from stanch.model.desk.canonical import canonical, digest
from stanch.model.desk.orders import Answer, OrderKind
from stanch.model.desk.people import Caller, MemberKind
from stanch.response import counting, deliveries, feed
from stanch.response.rules import freeze
from stanch.response.said import NewReply, said_in
from stanch.response.seen import found
from stanch.store.desk.tables import delivery, order, reply, target
from stanch.store.desk.transaction import Transaction

__all__ = ["NewReply", "add", "listed"]

_ONCE: Final = re.compile(r"[-_.:~A-Za-z0-9]{1,128}")


def add(
    tx: Transaction, caller: Caller, order_id: str, new: NewReply, once: str | None = None
) -> str:
    """Answer an order that went to the caller's member; returns the reply's id.

    It takes the place of what the member answered before for the same account and asset, and the
    authority is told at once. What came under the key `once` before is not taken again: it has
    the id that it had. Raises ForbiddenError, NotFoundError, UsageError for an answer that lacks
    what it must say, RefusedError for an issuer's hold without its proof, for another answer
    under the same key, and for one that would count money twice.
    """
    row = deliveries.mine(tx, caller, order_id)
    kind = tx.connection.execute(select(order.c.kind).where(order.c.id == order_id)).scalar_one()
    said = said_in(tx.connection, order_id, new)
    said |= _proof(tx.connection, order_id, kind, new, said)
    if once is not None and (before := _before(tx.connection, row.id, once, said, new.replaces)):
        return before
    said["replaces"] = counting.replaced(tx.connection, row.id, said, new.replaces)
    id = new_id("reply")
    last = select(func.max(reply.c.n)).where(reply.c.delivery == row.id)
    n = int(tx.connection.execute(last).scalar() or 0) + 1
    kept = {"delivery": row.id, "n": n, **said, "once": once, "person": caller.person}
    tx.connection.execute(insert(reply).values(id=id, created=tx.at, **kept))
    deliveries.answered(tx, row)
    _tell(tx, caller, order_id, id, said)
    return id


def listed(connection: Connection, caller: Caller, order_id: str) -> list[dict[str, Any]]:
    """Replies to an order, the oldest first: an addressee sees its own. Raises NotFoundError.

    `counts` is false of one that a later one replaced.
    """
    found(connection, caller, order_id)
    shown = [each for each in reply.c if each.name != "once"]
    query = (
        select(*shown, delivery.c.member, counting.counts().label("counts"))
        .join(delivery, reply.c.delivery == delivery.c.id)
        .where(delivery.c.order == order_id)
        .order_by(reply.c.created, reply.c.delivery, reply.c.n)
    )
    if caller.member.kind != MemberKind.GOVERNMENT:
        query = query.where(delivery.c.member == caller.member.id)
    rows = connection.execute(query).mappings()
    return [{**row, "proof": _read(row["proof"]), "counts": bool(row["counts"])} for row in rows]


def _tell(tx: Transaction, caller: Caller, order_id: str, id: str, said: dict[str, Any]) -> None:
    """The log says that there is an answer, and which one it replaces; the authority what it is."""
    logged = {"reply": id, "answer": said["answer"]}
    if said["proof"] is not None:
        logged["proof"] = digest(_read(said["proof"]))
    if said["replaces"] is not None:
        logged["replaces"] = said["replaces"]
    tx.record(caller, "reply.given", order_id, logged)
    case = tx.connection.execute(select(order.c.case).where(order.c.id == order_id)).scalar_one()
    told = {"case": case, "member": caller.member.id, "reply": id, **said}
    kind = "order.answered" if said["replaces"] is None else "order.answered_anew"
    feed.tell_owner(tx, order_id, kind, {**told, "proof": _read(said["proof"])})


def _proof(
    connection: Connection, order_id: str, kind: str, new: NewReply, said: dict[str, str | None]
) -> dict[str, str | None]:
    """The event that proves an issuer's freeze, checked, and its transaction."""
    held = said["answer"] == Answer.HELD.value
    if kind != OrderKind.ISSUER.value or not held:
        if new.proof is not None:
            raise UsageError("proof: is said with what an order of kind issuer holds")
        return {"proof": None}
    account, asset = said["account"], said["asset"]
    if account is None or asset is None:
        raise UsageError("account: which of the order's accounts was frozen?")
    _check_target(connection, order_id, account, asset)
    if new.proof is None:
        if freeze.provable(asset):
            raise RefusedError("an issuer's hold is answered with the event that froze it (proof)")
        if said["transaction"] is None:
            raise RefusedError("an issuer's hold is answered with the transaction that froze it")
        return {"proof": None}
    event, what = freeze.proved(new.proof, account, asset)
    if said["transaction"] and _bare(said["transaction"]) != _bare(event.transaction):
        raise UsageError("transaction: is another than the proof's")
    text = canonical({**event.body(), "event": what.name}).decode()
    return {"proof": text, "transaction": event.transaction}


def _check_target(connection: Connection, order_id: str, account: str, asset: str) -> None:
    here = (target.c.order == order_id, target.c.account == account, target.c.asset == asset)
    if connection.execute(select(target.c.place).where(*here)).first() is None:
        raise RefusedError("asset: the order names another token for this account")


def _before(
    connection: Connection,
    delivery_id: str,
    once: str,
    said: dict[str, str | None],
    replaces: str | None,
) -> str | None:
    """The id of the reply that came under this key, where it said the same and still counts.

    What was said before it was replaced cannot be sent again by mistake, nor be brought back
    without saying so.
    """
    if not _ONCE.fullmatch(once):
        raise UsageError("an idempotency key is 1 to 128 letters, digits and -_.:~")
    here = (reply.c.delivery == delivery_id, reply.c.once == once)
    query = select(*reply.c, counting.counts().label("counts")).where(*here)
    kept = connection.execute(query).mappings().one_or_none()
    if kept is None:
        return None
    if any(kept[name] != value for name, value in said.items()):
        raise RefusedError("another answer came under this idempotency key")
    if replaces is not None and kept["replaces"] != replaces:
        raise RefusedError("another answer came under this idempotency key")
    if not kept["counts"]:
        raise RefusedError(f"{kept['id']} came under this key and was replaced since: to say it "
                           "again, name what it replaces, under another key")  # fmt: skip
    return str(kept["id"])


def _bare(transaction: str) -> str:
    """Tron writes the same hash without 0x."""
    return transaction.lower().removeprefix("0x")


def _read(proof: str | None) -> Any:
    return None if proof is None else json.loads(proof)
