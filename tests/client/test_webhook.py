"""Webhooks: replayed, forged, and sent on by the member that they were meant for."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from stanch.client.deliveries import MOST, Delivery, from_webhook
from stanch.client.desk import Desk
from stanch.client.state import State
from stanch.errors import SignatureError
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.webhook import signed_bytes
from tests.client.bundles import DESK, MINE, STRANGER

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SAID = {
    "id": "del-1", "n": 1, "kind": "order", "subject": "order_1", "member": "ex", "body": {},
    "head": None,
}  # fmt: skip


def signed(body: bytes, id: str = "del-1", at: datetime = NOON, key: PrivateKey = DESK):
    seconds = str(int(at.timestamp()))
    signature = base64.b64encode(key.sign(signed_bytes(id, seconds, body))).decode()
    return {
        "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": f"v1a,{signature}",
    }  # fmt: skip


def taken(said=SAID, known=State(), now=NOON, **how) -> Delivery:  # noqa: B008 - it is frozen
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return from_webhook(signed(body, **how), body, MINE, known, now)


def test_one_of_the_desk_for_this_member():
    assert taken() == Delivery("del-1", 1, "order", "order_1", {})


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({**SAID, "member": "us"}, {}),
        ({**SAID, "member": None}, {}),
        ({**SAID, "member": ["ex"]}, {}),
        ({**SAID, "id": "del-2"}, {}),
        ({each: SAID[each] for each in SAID if each != "member"}, {}),
        ({**SAID, "n": 0}, {}),
        ({**SAID, "n": True}, {}),
        ({**SAID, "subject": 7}, {}),
        ({**SAID, "body": "x"}, {}),
        ([], {}),
        (b"{", {}),
        (b"[" * 100_000, {}),
        (b"{}" + b" " * MOST, {}),
        (SAID, {"key": STRANGER}),
        (SAID, {"at": NOON - timedelta(minutes=6)}),
        (SAID, {"at": NOON + timedelta(minutes=6)}),
    ],
)
def test_what_is_refused(said, how):
    with pytest.raises(SignatureError):
        taken(said, **how)


def test_a_body_that_was_altered_on_its_way():
    body = json.dumps(SAID).encode()
    with pytest.raises(SignatureError):
        from_webhook(signed(body), body + b" ", MINE, State(), NOON)


def test_the_id_of_another_webhook():
    body = json.dumps(SAID).encode()
    headers = {**signed(body), "webhook-id": "del-2"}
    with pytest.raises(SignatureError):
        from_webhook(headers, body, MINE, State(), NOON)


def test_one_that_is_replayed_is_known_again(tmp_path):
    desk = Desk("https://desk.example", "stk_" + "k" * 43, MINE, tmp_path / "state")
    body = json.dumps(SAID).encode()
    headers = signed(body, at=datetime.now(UTC))
    first = desk.received(headers, body)
    assert not first.again
    assert not desk.received(headers, body).again  # it was not dealt with yet
    desk.dealt_with(first)
    assert desk.received(headers, body).again
    later = Desk("https://desk.example", "stk_" + "k" * 43, MINE, tmp_path / "state")
    assert later.received(headers, body).again
