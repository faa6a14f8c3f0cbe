"""What a desk tells a member, by webhook or by the feed: the same thing under the same id."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from stanch.client.state import State
from stanch.client.trust import Pin
from stanch.errors import SignatureError
from stanch.formats.webhook import Trust, receive
from stanch.model.desk.webhook import is_id

MOST: Final = 1 << 20  # bytes of a webhook's body


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that happened: `kind` says what, `subject` to what, `body` the rest.

    `n` is its place in the member's feed. `again`: it was dealt with before; do nothing more. It
    says that something is to be fetched, and proves no order.
    """

    id: str
    n: int
    kind: str
    subject: str
    body: Mapping[str, Any]
    again: bool = False


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
    """A delivery from its JSON. Raises SignatureError where it is none, or another member's."""
    if not isinstance(said, dict):
        raise SignatureError("a delivery is no object")
    if said.get("member") != pin.member:
        raise SignatureError(f"a delivery for another member than {pin.member}")
    id, kind, subject = (_text(said, name) for name in ("id", "kind", "subject"))
    n, body = said.get("n"), said.get("body")
    if type(n) is not int or n < 1 or not isinstance(body, dict) or not is_id(id):
        raise SignatureError("a delivery lacks a field, or has one of another kind")
    return Delivery(id, n, kind, subject, body, again=id in known.seen)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if not isinstance(value, str):
        raise SignatureError(f"a delivery has no {name}")
    return value
