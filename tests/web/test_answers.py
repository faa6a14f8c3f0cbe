"""An order's addressees over HTTP: they acknowledge and answer, and see themselves alone."""

from typing import Any

import pytest

from stanch.model.desk.orders import OrderKind
from stanch.response import deliveries
from stanch.web.api.answers import PROOF
from tests.web.conftest import UPBEAT, Client, World
from tests.web.founders import Founders
from tests.web.test_orders import drafted

HELD = {"answer": "held", "asset": "eip155:1/slip44:60", "amount": "5"}


@pytest.fixture
def order(world: World, korea: Client) -> str:
    """An order that went to Upbeat."""
    Founders.of(world)
    id = drafted(korea)
    with world.desk.database.write() as tx:
        deliveries.begin(tx, id, OrderKind.HOLD, UPBEAT)
        tx.record(None, "told", id, {})
    return id


def test_an_addressee_acknowledges_and_answers(korea: Client, upbeat: Client, order: str) -> None:
    for _ in range(2):
        assert upbeat.post(f"/v1/orders/{order}/acknowledge", {}).status_code == 204
    made = upbeat.post(f"/v1/orders/{order}/replies", HELD)
    assert made.status_code == 201, made.text
    for who in (korea, upbeat):
        found = who.get(f"/v1/orders/{order}/replies").json()["items"]
        assert [(each["id"], each["amount"]) for each in found] == [(made.json()["id"], "5")]
    assert korea.get("/v1/feed").json()["items"][-1]["kind"] == "order.answered"


def test_who_the_order_did_not_go_to_does_not_answer_it(
    world: World, korea: Client, upbeat: Client, order: str
) -> None:
    other = drafted(korea)
    for path, body in (("acknowledge", {}), ("replies", HELD)):
        there = upbeat.post(f"/v1/orders/{other}/{path}", body)
        none = upbeat.post(f"/v1/orders/ord-0000000000000000/{path}", body)
        assert there.status_code == none.status_code == 404
        assert there.text.replace(other, "ord-0000000000000000") == none.text
        assert korea.post(f"/v1/orders/{order}/{path}", body).status_code == 404
    reader = world.program(upbeat, "read")
    assert reader.post(f"/v1/orders/{order}/replies", HELD).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"answer": "held"},
        {"answer": "maybe"},
        {**HELD, "amount": "-5"},
        {**HELD, "amount": 5},
        {**HELD, "amount": "1" * 79},
        {**HELD, "gone_to": "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"},
        {**HELD, "account": "eip155:1:0x0000000000000000000000000000000000000001"},
        {**HELD, "reference": "account 12345"},
        {"answer": "already_gone", "gone_to": "somewhere"},
        {"answer": "refused"},
        {**HELD, "proof": PROOF},
        {**HELD, "proof": {}},
        {**HELD, "proof": "0x" + "5c" * 32},
        {**HELD, "proof": {**PROOF, "topics": PROOF["topics"] * 5}},
        {**HELD, "proof": {**PROOF, "topics": [[]]}},
        {**HELD, "proof": {**PROOF, "data": "0x" + "00" * 5000}},
        {**HELD, "proof": {**PROOF, "block": "21270000"}},
        {**HELD, "proof": {**PROOF, "blockHash": "0x"}},
        {**HELD, "replaces": "'; drop table reply; --"},
    ],
)
def test_an_answer_that_says_too_little_or_too_much_is_refused(
    upbeat: Client, order: str, body: dict[str, Any]
) -> None:
    assert upbeat.post(f"/v1/orders/{order}/replies", body).status_code == 422
    assert upbeat.get(f"/v1/orders/{order}/replies").json()["items"] == []


def test_the_same_answer_under_one_key_is_one(korea: Client, upbeat: Client, order: str) -> None:
    path, key = f"/v1/orders/{order}/replies", {"idempotency-key": "order-1.try_a"}
    made = [upbeat.post(path, HELD, headers=key) for _ in range(3)]
    assert {each.status_code for each in made} == {201}
    assert len({each.json()["id"] for each in made}) == 1
    other = upbeat.post(path, {**HELD, "amount": "6"}, headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "urn:stanch:problem:refused")
    found = korea.get(path).json()["items"]
    assert [(each["amount"], "once" in each) for each in found] == [("5", False)]
    told = [each["kind"] for each in korea.get("/v1/feed").json()["items"]]
    assert told.count("order.answered") == 1


def test_a_later_answer_is_told_as_one_that_replaces(
    korea: Client, upbeat: Client, order: str
) -> None:
    path = f"/v1/orders/{order}/replies"
    first = upbeat.post(path, HELD).json()["id"]
    second = upbeat.post(path, {**HELD, "amount": "8"}).json()["id"]
    stale = upbeat.post(path, {**HELD, "amount": "9", "replaces": first})
    assert stale.status_code == 409
    assert second in stale.json()["detail"]
    found = [(each["amount"], each["counts"]) for each in korea.get(path).json()["items"]]
    assert found == [("5", False), ("8", True)]
    told = korea.get("/v1/feed").json()["items"][-1]
    assert (told["kind"], told["body"]["replaces"]) == ("order.answered_anew", first)
    came = upbeat.get(f"/v1/orders/{order}/targets").json()
    assert (came["held"], came["closed"]) == ({"eip155:1/slip44:60": "8"}, None)
    assert korea.get(f"/v1/orders/{order}/targets").json() == came


@pytest.mark.parametrize("key", ["", "a b", "x" * 129, "a/../b", "'; drop table reply; --"])
def test_what_is_no_key_is_refused(upbeat: Client, order: str, key: str) -> None:
    path = f"/v1/orders/{order}/replies"
    assert upbeat.post(path, HELD, headers={"idempotency-key": key}).status_code == 422
    assert upbeat.get(path).json()["items"] == []


def test_a_key_is_of_one_addressee(world: World, upbeat: Client, korea: Client, order: str) -> None:
    other = drafted(korea)
    with world.desk.database.write() as tx:
        deliveries.begin(tx, other, OrderKind.HOLD, UPBEAT)
        tx.record(None, "told", other, {})
    key = {"idempotency-key": "same"}
    ids = {
        upbeat.post(f"/v1/orders/{each}/replies", HELD, headers=key).json()["id"]
        for each in (order, other)
    }
    assert len(ids) == 2
