"""What addressees found: nothing, money that they hold now, money that had left, or why not."""

import re
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from stanch.cases.items import account_of
from stanch.errors import RefusedError, UsageError
from stanch.members.words import chosen, new_id, typed
from stanch.model.asset import Asset
from stanch.model.desk.orders import Answer, OrderKind
from stanch.model.desk.people import Caller, MemberKind
from stanch.response import deliveries, feed
from stanch.response.seen import found
from stanch.store.desk.tables import delivery, order, reply, target
from stanch.store.desk.transaction import Transaction

_DIGITS: Final = 78
_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")
_ONCE: Final = re.compile(r"[-_.:~A-Za-z0-9]{1,128}")
_NEEDS: Final = {
    Answer.NOTHING: (),
    Answer.HELD: ("asset", "amount"),
    Answer.GONE: ("gone_to",),
    Answer.REFUSED: ("reason",),
}
_MAY: Final = {
    Answer.NOTHING: frozenset({"reason"}),
    Answer.HELD: frozenset({"asset", "amount", "reference", "reason", "transaction"}),
    Answer.GONE: frozenset({"asset", "amount", "gone_to", "reference", "reason", "transaction"}),
    Answer.REFUSED: frozenset({"reason"}),
}


@dataclass(frozen=True, slots=True)
class NewReply:
    """One answer, about one of the order's accounts, or about all of them where none is named.

    `amount` in the smallest unit of `asset`; `reference` is the customer's account, hashed by the
    exchange; `gone_to` an account; `transaction` what proves an issuer's freeze.
    """

    answer: str
    account: str | None = None
    asset: str | None = None
    amount: str | None = None
    reference: str | None = None
    gone_to: str | None = None
    reason: str | None = None
    transaction: str | None = None


def add(
    tx: Transaction, caller: Caller, order_id: str, new: NewReply, once: str | None = None
) -> str:
    """Answer an order that went to the caller's member; returns the reply's id.

    The authority is told at once. What came under the key `once` before is not taken again: it has
    the id that it had. Raises ForbiddenError, NotFoundError, UsageError for an answer that lacks
    what it must say, RefusedError for an issuer's hold without its proof, and for another answer
    under the same key.
    """
    row = deliveries.mine(tx, caller, order_id)
    at = tx.connection.execute(select(order).where(order.c.id == order_id)).one()
    said = _checked(tx.connection, order_id, new)
    if once is not None and (before := _before(tx.connection, row.id, once, said)):
        return before
    _check_first(tx.connection, row.id, said)
    held = said["answer"] == Answer.HELD.value
    if at.kind == OrderKind.ISSUER.value and held and not said["transaction"]:
        raise RefusedError("an issuer's order is answered with the transaction that froze it")
    id = new_id("reply")
    kept = {"delivery": row.id, **said, "once": once, "person": caller.person, "created": tx.at}
    tx.connection.execute(insert(reply).values(id=id, **kept))
    deliveries.answered(tx, row)
    told = {"case": at.case, "member": caller.member.id, "reply": id, **said}
    tx.record(caller, "reply.given", order_id, {"reply": id, "answer": said["answer"]})
    feed.tell_owner(tx, order_id, "order.answered", told)
    return id


def listed(connection: Connection, caller: Caller, order_id: str) -> list[dict[str, Any]]:
    """Replies to an order, the oldest first: an addressee sees its own. Raises NotFoundError."""
    found(connection, caller, order_id)
    shown = [each for each in reply.c if each.name != "once"]
    query = (
        select(*shown, delivery.c.member)
        .join(delivery, reply.c.delivery == delivery.c.id)
        .where(delivery.c.order == order_id)
        .order_by(reply.c.created, reply.c.id)
    )
    if caller.member.kind != MemberKind.GOVERNMENT:
        query = query.where(delivery.c.member == caller.member.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _checked(connection: Connection, order_id: str, new: NewReply) -> dict[str, str | None]:
    answer = Answer(chosen(Answer, "answer", [new.answer]))
    names = ("asset", "amount", "reference", "gone_to", "reason", "transaction")
    said = {name: getattr(new, name) or None for name in names}
    for name, value in said.items():
        if value is not None and name not in _MAY[answer]:
            raise UsageError(f"{name}: is not said with {answer}")
        if value is None and name in _NEEDS[answer]:
            raise UsageError(f"{answer}: {name} is missing")
        if value is not None:
            said[name] = typed(name, value, 2000 if name == "reason" else 200)
    if said["amount"] is not None:
        _check_amount(said["amount"], said["asset"])
    if said["asset"] is not None:
        _check_asset(said["asset"])
    if said["reference"] is not None and not _HASH.fullmatch(said["reference"]):
        raise UsageError("reference: a customer's account leaves the house as sha256:<hex> only")
    if said["gone_to"] is not None:
        said["gone_to"] = account_of(said["gone_to"])
    return {"answer": answer.value, "account": _account(connection, order_id, new), **said}


def _before(
    connection: Connection, delivery_id: str, once: str, said: dict[str, str | None]
) -> str | None:
    """The id of the reply that came under this key, where it said the same."""
    if not _ONCE.fullmatch(once):
        raise UsageError("an idempotency key is 1 to 128 letters, digits and -_.:~")
    here = (reply.c.delivery == delivery_id, reply.c.once == once)
    row = connection.execute(select(reply).where(*here)).mappings().one_or_none()
    if row is None:
        return None
    if any(row[name] != value for name, value in said.items()):
        raise RefusedError("another answer came under this idempotency key")
    return str(row["id"])


def _check_first(connection: Connection, delivery_id: str, said: dict[str, str | None]) -> None:
    """One answer for each account and asset, or what is held would be counted twice."""
    same = (reply.c[name].is_not_distinct_from(said[name]) for name in ("account", "asset"))
    query = select(reply.c.id).where(reply.c.delivery == delivery_id, *same)
    if connection.execute(query).first() is not None:
        raise RefusedError("this account and asset was answered already")


def _account(connection: Connection, order_id: str, new: NewReply) -> str | None:
    if new.account is None:
        return _only(connection, order_id, new)
    account = account_of(new.account)
    held = select(target.c.place).where(target.c.order == order_id, target.c.account == account)
    row: Row[Any] | None = connection.execute(held).first()
    if row is None:
        raise UsageError("account: is none of the order's")
    return account


def _only(connection: Connection, order_id: str, new: NewReply) -> str | None:
    """The one account that can be meant; a trace cannot go on from nobody knows where."""
    query = select(target.c.account).where(target.c.order == order_id).distinct()
    accounts = connection.execute(query.limit(2)).scalars().all()
    if len(accounts) == 1:
        return str(accounts[0])
    if new.answer == Answer.GONE:
        raise UsageError("account: from which of the order's accounts did it go?")
    return None


def _check_asset(asset: str) -> None:
    try:
        Asset.parse(asset)
    except ValueError:
        raise UsageError(f"asset: {asset!r} is no CAIP-19 id") from None


def _check_amount(amount: str, asset: str | None) -> None:
    if asset is None:
        raise UsageError("amount: of which asset? Give its CAIP-19 id")
    if not (amount.isascii() and amount.isdigit() and len(amount) <= _DIGITS) or amount[0] == "0":
        raise UsageError("amount: is to be a whole number of the asset's smallest unit, from 1")
