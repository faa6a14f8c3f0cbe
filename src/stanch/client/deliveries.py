"""What a desk tells a member, by webhook or by the feed: the same thing under the same id."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from stanch.client.heads import Told, in_order, same_log
from stanch.client.state import State
from stanch.client.trust import Pin
from stanch.errors import SignatureError
from stanch.formats.signed.head import Head, head_of
from stanch.formats.webhook import Trust, receive
from stanch.model.desk.webhook import is_id

MOST: Final = 1 << 20  # bytes of a webhook's body


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that happened: `kind` says what, `subject` to what, `body` the rest.

    `n` is its place in the member's feed. `again`: it was dealt with before; do nothing more. It
    says that something is to be fetched, and proves no order. `head` is the latest signed head of
    the desk's log when it was queued, None where there was none yet.
    """

    id: str
    n: int
    kind: str
    subject: str
    body: Mapping[str, Any]
    again: bool = False
    head: Head | None = None


def from_webhook(
    headers: Mapping[str, str], body: bytes, pin: Pin, known: State, now: datetime
) -> Delivery:
    """A webhook, once it is proved to be the desk's, fresh, and for this member.

    Raises SignatureError. One that is meant for another member is as good as forged: whoever got
    it there could send it on.
    """
    if len(body) > MOST:
        raise SignatureError(f"a webhook is longer than {MOST:,} bytes")
    received = receive(headers, body, Trust((pin.public().raw,), known.seen), now)
    try:
        said = json.loads(received.body)
    except (ValueError, RecursionError):
        raise SignatureError("a webhook's body is no JSON") from None
    delivery = delivery_of(said, pin, known)
    if delivery.id != received.id:
        raise SignatureError("a webhook's id is another than its body's")
    return delivery


def delivery_of(said: Any, pin: Pin, known: State) -> Delivery:
    """A delivery from its JSON. Raises SignatureError where it is none, or another member's; and
    where the head that it brings cannot be of the log that earlier deliveries told of.
    """
    if not isinstance(said, dict):
        raise SignatureError("a delivery is no object")
    if said.get("member") != pin.member:
        raise SignatureError(f"a delivery for another member than {pin.member}")
    id, kind, subject = (_text(said, name) for name in ("id", "kind", "subject"))
    n, body = said.get("n"), said.get("body")
    if type(n) is not int or n < 1 or not isinstance(body, dict) or not is_id(id):
        raise SignatureError("a delivery lacks a field, or has one of another kind")
    again, head = id in known.seen, _head(said, pin, known)
    delivery = Delivery(id, n, kind, subject, body, again, head)
    with_head(known, pin, delivery)
    return delivery


def with_head(known: State, pin: Pin, delivery: Delivery) -> State:
    """The state with the head that a delivery brings, where no later delivery brought one.

    Raises SignatureError where it is shorter than what an earlier delivery brought, or is another
    log of the same size. That a longer log contains the shorter is for `client.log` to prove.
    """
    head = delivery.head
    if head is not None and known.head:
        same_log(head_of(known.head, pin.public(), head.desk), head)
    if known.told:
        desk = _desk(known, delivery.body) if head is None else head.desk
        kept = Told(known.told_n, head_of(known.told, pin.public(), desk))
        in_order(kept, Told(delivery.n, head))
    if head is None or (known.told and delivery.n < known.told_n):
        return known
    return replace(known, told=head.text, told_n=delivery.n)


def _head(said: dict[str, Any], pin: Pin, known: State) -> Head | None:
    if "head" not in said:
        raise SignatureError("a delivery says nothing of the log's head")
    if said["head"] is None:
        return None
    return head_of(_text(said, "head"), pin.public(), _desk(known, said["body"]))


def _desk(known: State, body: Mapping[str, Any]) -> str:
    """Which desk it is: until the client has its directory, what the delivery says."""
    desk = known.desk or body.get("desk")
    if not isinstance(desk, str):
        raise SignatureError("a delivery names no desk")
    return desk


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise SignatureError(f"a delivery has no {name}")
    return value
