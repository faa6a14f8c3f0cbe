"""An issuer's order over HTTP: closed by the event that proves the freeze, and by nothing else."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from stanch.formats.freeze_event import freeze
from stanch.model.chain import TRON
from stanch.model.desk.orders import Target
from stanch.web.api.answers import PROOF, ReplyBody
from tests.formats.test_freeze_event import CIRCLE, PUBLISHED, TETHER, TRON_USDT, USDC
from tests.members.house import KOREA, UPBEAT
from tests.web.conftest import Client, World
from tests.web.pages.frozen import COIN, OTHER, issued
from tests.web.pages.frozen import issuer as joined
from tests.web.pages.hold import Hands
from tests.web.pages.seeds import ACCOUNT, USDT
from tests.web.pages.test_orders import approver, hands
from tests.web.test_openapi import example_of, same_shape

__all__ = ["hands"]

HELD = {"answer": "held", "account": ACCOUNT, "asset": USDT, "amount": "5"}
COIN_OF_TRON = f"{TRON}/trc20:{TRON_USDT}"
SOLANA = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"
MINT = f"{SOLANA}/token:Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB"
AT_SOLANA = f"{SOLANA}:7dHbWXmci3dT8UFYWYZweBLXgycu7Y3iL6trKn1Y7ARj"


def body_of(event: Any) -> dict[str, Any]:
    return {**asdict(event), "topics": list(event.topics)}


@pytest.fixture
def issuer(world: World, hands: Hands) -> Client:
    """An analyst of the issuer, who has signed in."""
    return world.client(joined(hands), "analyst")


def test_each_target_is_closed_by_its_own_event(
    world: World, hands: Hands, issuer: Client, korea: Client
) -> None:
    order = issued(hands, Target(ACCOUNT, USDT, 5), Target(OTHER, USDT))
    path, seen = f"/v1/orders/{order}/replies", f"/v1/orders/{order}/targets"
    assert issuer.get(seen).json()["closed"] is False
    assert issuer.post(path, {**HELD, "proof": PROOF}).status_code == 201
    found = korea.get(seen).json()
    assert found["closed"] is False
    assert [each["proof"] is not None for each in found["items"]] == [True, False]
    proof = found["items"][0]["proof"]
    assert {name: proof[name] for name in PROOF} == PROOF
    assert (proof["event"], proof["member"]) == ("AddedBlackList(address)", COIN)
    other = {**PROOF, "data": PROOF["data"][:-4] + "aaaa", "index": 118}
    assert issuer.post(path, {**HELD, "account": OTHER, "proof": other}).status_code == 201
    assert korea.get(seen).json()["closed"] is True
    operation = korea.get("/v1/openapi.json").json()["paths"]["/v1/orders/{order}/targets"]["get"]
    same_shape(example_of(operation)[2], korea.get(seen).json(), seen)
    kept = korea.get(path).json()["items"]
    assert [each["transaction"] for each in kept] == [PROOF["transaction"]] * 2
    told = korea.get("/v1/feed").json()["items"][-1]["body"]
    assert told["proof"]["data"] == other["data"]


def test_an_answer_that_takes_the_freeze_back_opens_the_order_again(
    world: World, hands: Hands, issuer: Client, korea: Client
) -> None:
    order = issued(hands, Target(ACCOUNT, USDT))
    path, seen = f"/v1/orders/{order}/replies", f"/v1/orders/{order}/targets"
    issuer.post(path, {**HELD, "proof": PROOF})
    assert korea.get(seen).json()["closed"] is True
    freed = {"answer": "nothing_found", "account": ACCOUNT, "asset": USDT, "reason": "unfrozen"}
    assert issuer.post(path, freed).status_code == 201
    came = korea.get(seen).json()
    assert (came["closed"], came["held"], came["items"][0]["proof"]) == (False, {}, None)


@pytest.mark.parametrize(
    ("changes", "status", "why"),
    [
        ({}, 409, "answered with the event"),
        ({"transaction": PROOF["transaction"]}, 409, "answered with the event"),
        ({"proof": body_of(CIRCLE)}, 409, "and the token"),
        ({"proof": {**PROOF, "contract": USDC}}, 409, "and the token"),
        ({"proof": {**PROOF, "data": PROOF["data"][:-4] + "aaaa"}}, 409, "and not"),
        ({"proof": {**PROOF, "chain": "eip155:56"}}, 409, "on eip155:56"),
        ({"proof": {**PROOF, "chain": SOLANA}}, 409, "events of solana"),
        (
            {"proof": {**PROOF, "topics": [PUBLISHED["RemovedBlackList(address)"]]}},
            409, "lets an account go",
        ),
        ({"proof": {**PROOF, "topics": ["0x" + "00" * 32]}}, 409, "none that is known"),
        ({"proof": {**PROOF, "topics": ["AddedBlackList"]}}, 409, "32 bytes"),
        ({"proof": {**PROOF, "data": "0x"}}, 409, "no address"),
        ({"proof": PROOF, "asset": f"eip155:1/erc20:{USDC}"}, 409, "names another token"),
        ({"proof": PROOF, "account": "eip155:1:0x" + "11" * 20}, 422, "none of the order"),
        ({"proof": PROOF, "transaction": "0x" + "5d" * 32}, 422, "another than the proof"),
        ({"proof": PROOF, "answer": "refused", "reason": "no", "amount": None}, 422, "proof"),
    ],
)  # fmt: skip
def test_what_proves_another_freeze_or_none_closes_nothing(
    world: World, hands: Hands, issuer: Client, changes: dict[str, Any], status: int, why: str
) -> None:
    order = issued(hands, Target(ACCOUNT, USDT))
    body = {name: each for name, each in {**HELD, **changes}.items() if each is not None}
    answer = issuer.post(f"/v1/orders/{order}/replies", body)
    assert (answer.status_code, why in answer.json()["detail"]) == (status, True), answer.text
    came = issuer.get(f"/v1/orders/{order}/targets").json()
    assert (came["closed"], came["held"]) == (False, {})
    assert issuer.get(f"/v1/orders/{order}/replies").json()["items"] == []


def test_a_freeze_on_tron(world: World, hands: Hands, issuer: Client) -> None:
    event = replace(TETHER, chain=TRON, contract=TRON_USDT)
    account = f"{TRON}:{freeze(event).address}"
    order = issued(hands, Target(account, COIN_OF_TRON))
    said = {**HELD, "account": account, "asset": COIN_OF_TRON}
    proof = {**body_of(event), "contract": "41a614f803b6fd780986a42c78ec9c7f77e6ded13c"}
    path = f"/v1/orders/{order}/replies"
    assert issuer.post(path, {**said, "proof": PROOF}).status_code == 409
    assert issuer.post(path, {**said, "proof": proof}).status_code == 201
    assert issuer.get(f"/v1/orders/{order}/targets").json()["closed"] is True


def test_where_no_event_can_be_read_a_transaction_is_kept_and_proves_nothing(
    world: World, hands: Hands, issuer: Client
) -> None:
    order = issued(hands, Target(AT_SOLANA, MINT))
    said = {"answer": "held", "account": AT_SOLANA, "asset": MINT, "amount": "5"}
    path = f"/v1/orders/{order}/replies"
    assert issuer.post(path, said).status_code == 409
    assert issuer.post(path, {**said, "proof": PROOF}).status_code == 409
    assert issuer.post(path, {**said, "transaction": "5VERv8NMvzbJMEkV8xnr"}).status_code == 201
    came = issuer.get(f"/v1/orders/{order}/targets").json()
    assert (came["closed"], came["held"]) == (False, {MINT: "5"})
    page = issuer.get(f"/orders/{order}").text
    assert "not proved" in page
    assert "5VERv8NMvzbJMEkV8xnr" in page


def test_who_the_order_did_not_go_to_sees_and_proves_nothing(
    world: World, hands: Hands, issuer: Client, upbeat: Client
) -> None:
    order = issued(hands, Target(ACCOUNT, USDT))
    for path in ("", "/targets", "/replies"):
        there = upbeat.get(f"/v1/orders/{order}{path}")
        none = upbeat.get(f"/v1/orders/ord-0000000000000000{path}")
        assert there.status_code == none.status_code == 404
        assert there.text.replace(order, "ord-0000000000000000") == none.text
    assert upbeat.post(f"/v1/orders/{order}/replies", {**HELD, "proof": PROOF}).status_code == 404
    assert UPBEAT not in issuer.get(f"/v1/orders/{order}/targets").text


def test_the_page_says_per_target_what_was_asked_held_and_proved(
    world: World, hands: Hands, issuer: Client
) -> None:
    order = issued(hands, Target(ACCOUNT, USDT, 5_000_000), Target(OTHER, USDT))
    korea, path = approver(world, hands, KOREA), f"/v1/orders/{order}/replies"
    before = korea.get(f"/orders/{order}").text
    assert "0 of 2 targets" in before
    issuer.post(path, {**HELD, "amount": "4000000", "proof": PROOF})
    issuer.post(path, {**HELD, "amount": "4500000", "proof": PROOF})
    page = korea.get(f"/orders/{order}").text
    for words in ("1 of 2 targets", "not closed", "5,000,000", "4,500,000", "21,270,000",
                  "AddedBlackList(address)", PROOF["transaction"], "not proved",
                  "1 earlier, replaced since", "has not asked the chain"):  # fmt: skip
        assert words in page, words
    other = {**PROOF, "data": PROOF["data"][:-4] + "aaaa"}
    issuer.post(path, {**HELD, "account": OTHER, "proof": other})
    page = korea.get(f"/orders/{order}").text
    assert "2 of 2 targets" in page
    assert "not closed" not in page
    assert "not proved" not in page


def test_the_example_of_the_openapi_document_is_a_body(world: World) -> None:
    document = world.nobody().get("/v1/openapi.json").json()
    example = document["components"]["schemas"]["ProofBody"]["examples"][0]
    assert example == PROOF == body_of(TETHER)
    body = ReplyBody.model_validate({**HELD, "proof": example})
    assert body.said().proof == TETHER
