"""What an answer to an order must say and may say, and the one form in which it is kept."""

import re
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.cases.items import account_of
from stanch.errors import UsageError
from stanch.formats.addresses import NAMESPACES, normalise
from stanch.formats.chain_event import Event
from stanch.members.words import chosen, typed
from stanch.model.asset import Asset
from stanch.model.desk.orders import Answer
from stanch.store.desk.tables import target

_DIGITS: Final = 78
_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")
_CONTRACTS: Final = ("erc20", "erc721", "erc1155", "trc20")
_NAMES: Final = ("asset", "amount", "reference", "gone_to", "reason", "transaction")
_NEEDS: Final = {
    Answer.NOTHING: (),
    Answer.HELD: ("asset", "amount"),
    Answer.GONE: ("gone_to",),
    Answer.REFUSED: ("reason",),
}
_MAY: Final = {
    Answer.NOTHING: frozenset({"asset", "reason"}),
    Answer.HELD: frozenset({"asset", "amount", "reference", "reason", "transaction"}),
    Answer.GONE: frozenset(_NAMES),
    Answer.REFUSED: frozenset({"asset", "reason"}),
}


@dataclass(frozen=True, slots=True)
class NewReply:
    """One answer, about one of the order's accounts, or about all of them where none is named.

    `amount` in the smallest unit of `asset`; `reference` is the customer's account, hashed by the
    exchange; `gone_to` an account; `transaction` where it happened on a chain; `proof` the event by
    which an issuer froze the account. `replaces` is the id of the answer that this one takes the
    place of; without it, of whichever counts for this account and asset.
    """

    answer: str
    account: str | None = None
    asset: str | None = None
    amount: str | None = None
    reference: str | None = None
    gone_to: str | None = None
    reason: str | None = None
    transaction: str | None = None
    proof: Event | None = None
    replaces: str | None = None


def said_in(connection: Connection, order_id: str, new: NewReply) -> dict[str, str | None]:
    """The columns of an answer, all but its proof. Raises UsageError."""
    answer = Answer(chosen(Answer, "answer", [new.answer]))
    said: dict[str, str | None] = {name: getattr(new, name) or None for name in _NAMES}
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
        said["asset"] = asset_of(said["asset"])
    if said["reference"] is not None and not _HASH.fullmatch(said["reference"]):
        raise UsageError("reference: a customer's account leaves the house as sha256:<hex> only")
    if said["gone_to"] is not None:
        said["gone_to"] = account_of(said["gone_to"])
    return {"answer": answer.value, "account": _account(connection, order_id, new), **said}


def asset_of(text: str) -> str:
    """An asset as CAIP-19 in its one canonical form: two spellings of it would be counted twice.

    Raises UsageError.
    """
    try:
        asset = Asset.parse(text)
        reference = asset.reference
        namespace = asset.chain.partition(":")[0]
        if asset.namespace in _CONTRACTS and namespace in NAMESPACES:
            reference = normalise(asset.chain, reference)
    except ValueError:
        raise UsageError(f"asset: {text!r} is no CAIP-19 id") from None
    return str(Asset(asset.chain, asset.namespace, reference, asset.token))


def _account(connection: Connection, order_id: str, new: NewReply) -> str | None:
    if new.account is None:
        return _only(connection, order_id, new)
    account = account_of(new.account)
    held = select(target.c.place).where(target.c.order == order_id, target.c.account == account)
    row: Any = connection.execute(held).first()
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


def _check_amount(amount: str, asset: str | None) -> None:
    if asset is None:
        raise UsageError("amount: of which asset? Give its CAIP-19 id")
    if not (amount.isascii() and amount.isdigit() and len(amount) <= _DIGITS) or amount[0] == "0":
        raise UsageError("amount: is to be a whole number of the asset's smallest unit, from 1")
