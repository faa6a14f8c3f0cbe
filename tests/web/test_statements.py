"""Hands over HTTP: two governments sign, the order is in force, the exchange gets and proves it."""

import json
from dataclasses import replace

import pytest

from stanch.formats.signed.bundle import read_bundle, verify_bundle
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.directory import directory_document, directory_hash
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.order import order_hash, read_order
from stanch.formats.signed.statement import sign_statement
from stanch.members import people
from stanch.members.people import NewPerson
from stanch.model.desk.canonical import canonical
from stanch.model.desk.directory import Approver, Certificate
from stanch.model.desk.orders import Said, Statement
from stanch.model.desk.people import Role
from tests.members.house import KOREA, UPBEAT
from tests.members.signing import AT, following
from tests.web.conftest import Client, World
from tests.web.founders import JAPAN, Founders
from tests.web.test_cases import ACCOUNT
from tests.web.test_orders import drafted

LATER = "2027-11-26T12:00:00Z"


class Signing:
    """An approver of each government, certified and in the directory."""

    def __init__(self, world: World, korea: Client) -> None:
        self.founders, self.korea = Founders.of(world), korea
        with world.desk.database.write() as tx:
            token = people.add_first(tx, world.house.chief, JAPAN, NewPerson("Sato", ["analyst"]))
        self.japan = world.nobody().sign_in(token)
        new = {"name": "Sato", "roles": ["approver"]}
        self.people = {
            KOREA: korea.post("/v1/people", new).json()["id"],
            JAPAN: self.japan.post("/v1/people", new).json()["id"],
        }
        self.keys = {KOREA: PrivateKey.generate(), JAPAN: PrivateKey.generate()}
        offline = {KOREA: self.founders.keys.korea, JAPAN: self.founders.japan}
        approvers = []
        for member, person in sorted(self.people.items(), key=lambda each: each[1]):
            said = Certificate(
                world.desk.id, member, person, self.keys[member].public.text,
                frozenset({Role.APPROVER}), AT, LATER,
            )  # fmt: skip
            approvers.append(Approver(person, member, approver_certificate(offline[member], said)))
        self.known = replace(following(self.founders.first), approvers=tuple(approvers))
        body = {
            "document": canonical(directory_document(self.known)).decode(),
            "signatures": self.founders.signed(self.known),
        }
        answer = korea.post("/v1/directory", body)
        assert answer.status_code == 201, answer.text

    def statement(self, id: str, member: str, said: Said) -> str:
        order = read_order(self.korea.get(f"/v1/orders/{id}/document").content)
        whole = Statement(
            said=said, desk=order.desk, order=id, order_hash=order_hash(order),
            version=order.version, directory=directory_hash(self.known), member=member,
            person=self.people[member], at="2026-11-26T12:00:00Z",
        )  # fmt: skip
        return sign_statement(self.keys[member], whole)


@pytest.fixture
def signing(world: World, korea: Client) -> Signing:
    return Signing(world, korea)


def test_two_hands_bring_an_order_into_force_and_the_exchange_can_prove_it(
    korea: Client, upbeat: Client, signing: Signing
) -> None:
    order = drafted(korea, release=[JAPAN])
    path = f"/v1/orders/{order}/statements"
    proposed = korea.post(path, {"statement": signing.statement(order, KOREA, Said.PROPOSE)})
    assert proposed.json().get("state") == "proposed", proposed.text
    assert upbeat.get(f"/v1/orders/{order}").status_code == 404
    concur = {"statement": signing.statement(order, JAPAN, Said.CONCUR)}
    assert signing.japan.post(path, concur).json()["state"] == "in_force"
    assert signing.japan.post(path, concur).json()["state"] == "in_force"  # twice is once
    told = upbeat.get("/v1/feed").json()["items"]
    assert [each["subject"] for each in told] == [order]
    bundle = read_bundle(upbeat.get(f"/v1/orders/{order}/bundle").content)
    verified = verify_bundle(bundle, directory_hash(signing.founders.first))
    assert verified.holds(ACCOUNT, "2026-11-26T12:00:01Z")
    assert not verified.holds(ACCOUNT.replace("28c6", "28c7"), "2026-11-26T12:00:01Z")
    assert len(upbeat.get(f"/v1/orders/{order}/deliveries").json()["items"]) == 1
    assert upbeat.post(f"/v1/orders/{order}/acknowledge", {}).status_code == 204
    asked = upbeat.post(f"/v1/orders/{order}/reviews", {"requester": "Kim", "says": "A baker's."})
    assert asked.status_code == 201, asked.text
    review = f"/v1/reviews/{asked.json()['id']}"
    assert korea.get(review).json()["says"] == "A baker's."
    said = {"upheld": False, "reason": "It is on the chain."}
    assert upbeat.post(f"{review}/answer", said).status_code == 409
    assert korea.post(f"{review}/answer", said).status_code == 204
    assert korea.get("/v1/reviews/counts").json()["answered"] == 1
    assert [each["order"] for each in upbeat.get(f"/v1/orders/{order}/reviews").json()["items"]]
    assert korea.get(f"/v1/orders/{order}/times").json()["addressees"].keys() == {UPBEAT}
    effect = {"to": "binding", "reference": "Court 2026-1"}
    assert korea.put(f"/v1/orders/{order}/effect", effect).status_code == 204


def test_a_hand_that_is_none_changes_nothing(korea: Client, signing: Signing) -> None:
    order, other = drafted(korea, release=[JAPAN]), drafted(korea)
    good = signing.statement(order, KOREA, Said.PROPOSE)
    head, body, signature = good.split(".")
    signing.keys[JAPAN], mine = PrivateKey.generate(), signing.keys[JAPAN]
    stranger = signing.statement(order, JAPAN, Said.CONCUR)
    signing.keys[JAPAN] = mine
    for path, text in (
        (order, f"{head}.{body}.{signature[:-4]}AAAA"),
        (order, f"{head}.{body}."),
        (order, json.dumps({"alg": "none"})),
        (order, stranger),
        (other, good),
    ):
        answer = korea.post(f"/v1/orders/{path}/statements", {"statement": text})
        assert answer.status_code in (409, 422), (answer.text, text)
    for id in (order, other):
        assert korea.get(f"/v1/orders/{id}").json()["state"] == "draft"
