"""A block order as a `course-of-action`, and what addressees answered as notes about it.

The order's document stands whole in our extension `stanch-order`, with the hash that its statements
sign, so that a receiver who knows us verifies it (`order_of`). Any other reader sees a course of
action, its wallets and what was answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.order import order_document, order_from, order_hash
from stanch.formats.signed.statement import statement_from
from stanch.formats.stix.actor import relationship
from stanch.formats.stix.extensions import extended, said_by
from stanch.formats.stix.handling import PUBLIC, Handling, strictest
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Object, first_hand, made_of, make
from stanch.formats.stix.times import newest, of_text
from stanch.formats.stix.wallet import wallet
from stanch.model.desk.orders import Answer, Order


@dataclass(frozen=True, slots=True)
class Answered:
    """What a member found about an account of an order, or about all where none is named.

    `amount` is in the smallest unit of `asset` (CAIP-19); `at` is an ISO 8601 UTC text. What would
    name a customer is no part of it.
    """

    member: str
    at: str
    answer: Answer
    account: str = ""
    asset: str = ""
    amount: int | None = None
    gone_to: str = ""
    reason: str = ""
    transaction: str = ""


def order_items(
    order: Order,
    statements: Sequence[str] = (),
    answers: Sequence[Answered] = (),
    *,
    within: Handling = PUBLIC,
    at: str = "",
) -> list[Item]:
    """The order, its targets, and the answers. `statements` are JWS, carried as they are: nobody's
    signature is looked at here. The order's version is of the newest statement, or of `at` (ISO
    8601), if that is later; `within` is how its row is handled beside its marking.

    Raises SignatureError for a text that is no signed statement.
    """
    of = first_hand(strictest((Handling(order.sharing.marking), within)))
    hashed = order_hash(order)
    issued = of_text(order.issued)
    said_at = [of_text(statement_from(jws.read(each).payload).at) for each in statements]
    said_at += [of_text(at)] if at else []
    said = {
        "created": issued,
        "modified": newest((issued, *said_at)),
        "name": f"Block order {order.id}, version {order.version}: {order.kind}",
        "description": _told(order),
        "labels": ["block-order"],
        "external_references": [{"source_name": "stanch-order", "external_id": hashed}],
        "extensions": extended(
            "order",
            order_hash=hashed,
            document=order_document(order),
            statements=list(statements),
        ),
    }
    main = make(named("course-of-action", "order", hashed), said, of)
    accounts = dict.fromkeys(each.account for each in order.targets)
    links: dict[str, Item] = {}
    for each in accounts:
        link = relationship("related-to", main, wallet(each, of), of, {"description": "Target."})
        links.setdefault(link.id, link)
    return [main, *links.values(), *(_answer(main, hashed, each) for each in answers)]


def order_of(data: Object) -> Order | None:
    """The order that an object carries; None where it carries none.

    Raises SignatureError where its document breaks a rule, or its hash is another.
    """
    said = said_by(data, "order")
    if said is None:
        return None
    order = order_from(said.get("document"))
    if order_hash(order) != said.get("order_hash"):
        raise SignatureError("the order has another hash than is said of it")
    return order


def _told(order: Order) -> str:
    targets = [
        f"{each.account}"
        + (
            f", {each.amount if each.amount is not None else 'all'} of {each.asset}"
            * bool(each.asset)
        )
        for each in order.targets[:20]
    ]
    more = len(order.targets) - len(targets)
    rest = f" and {more:,} more" if more else ""
    return (
        f"{order.authority} asks to {'hold' if order.kind != 'issuer' else 'freeze'} until "
        f"{order.expires}: {'; '.join(targets)}{rest}. Legal basis: {order.legal_reference or '-'}."
    )


def _answer(main: Item, hashed: str, said: Answered) -> Item:
    amount = "" if said.amount is None else str(said.amount)
    where = said.account or "every account of the order"
    told = f"{said.member} answers for {where}: {said.answer.replace('_', ' ')}"
    for what, value in (
        ("amount", f"{amount} of {said.asset}" if amount else ""), ("gone to", said.gone_to),
        ("transaction", said.transaction), ("reason", said.reason),
    ):  # fmt: skip
        told += f"; {what} {value}" if value else ""
    at = of_text(said.at)
    own = {
        "created": at,
        "modified": at,
        "abstract": f"Answer of {said.member}: {said.answer.replace('_', ' ')}",
        "content": f"{told}.",
        "authors": [said.member],
        "object_refs": [main],
        "labels": ["block-order-answer"],
        "extensions": extended(
            "answer",
            order_hash=hashed,
            member=said.member,
            answered=said.at,
            answer=said.answer.value,
            account=said.account,
            asset=said.asset,
            amount=amount,
            gone_to=said.gone_to,
            reason=said.reason,
            transaction=said.transaction,
        ),
    }
    key = (hashed, said.member, said.at, said.answer.value, said.account, said.asset)
    return make(named("note", "answer", *key), own, made_of(main))
