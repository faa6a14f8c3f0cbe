"""Orders over HTTP: drafted, changed while nobody has signed, unseen by whom they don't concern."""

from typing import Any

import pytest

from tests.web.conftest import UPBEAT, Client, World
from tests.web.founders import Founders
from tests.web.test_cases import ACCOUNT, opened


def body(case: str, **more: Any) -> dict[str, Any]:
    return {
        "case": case,
        "kind": "hold",
        "targets": [{"account": ACCOUNT}],
        "legal_reference": "Court 2026-1",
        "expires": "2027-02-26T12:00:00Z",
        "addressees": {"members": [UPBEAT]},
        **more,
    }


@pytest.fixture
def founders(world: World) -> Founders:
    return Founders.of(world)


def drafted(korea: Client, **more: Any) -> str:
    answer = korea.post("/v1/orders", body(opened(korea), **more))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.usefixtures("founders")
def test_a_draft_is_written_anew_and_dropped(korea: Client) -> None:
    order = drafted(korea)
    first = korea.get(f"/v1/orders/{order}/document").content
    again = korea.put(f"/v1/orders/{order}", body(opened(korea), kind="emergency"))
    assert again.json() == {"version": 2}
    assert korea.get(f"/v1/orders/{order}").json()["kind"] == "emergency"
    assert korea.get(f"/v1/orders/{order}/document").content != first
    assert korea.get("/v1/orders/counts").json()["draft"] == 1
    assert korea.post(f"/v1/orders/{order}/drop", {"reason": "a slip"}).status_code == 204
    assert korea.get(f"/v1/orders/{order}").json()["state"] == "withdrawn"
    assert korea.post(f"/v1/orders/{order}/drop", {"reason": "again"}).status_code == 409


@pytest.mark.usefixtures("founders")
def test_an_order_that_did_not_go_to_an_exchange_does_not_exist_for_it(
    korea: Client, upbeat: Client
) -> None:
    order = drafted(korea, marking="TLP:CLEAR")
    for part in ("", "/document", "/effects", "/outcomes"):
        there = upbeat.get(f"/v1/orders/{order}{part}")
        none = upbeat.get(f"/v1/orders/ord-0000000000000000{part}")
        assert there.status_code == none.status_code == 404
        assert there.text.replace(order, "ord-0000000000000000") == none.text
    assert upbeat.get("/v1/orders").json() == {"items": [], "next": None}
    assert set(upbeat.get("/v1/orders/counts").json().values()) == {0}
    assert upbeat.post("/v1/orders", body(opened(upbeat))).status_code == 403


@pytest.mark.usefixtures("founders")
def test_an_order_that_no_rule_allows_is_refused(korea: Client) -> None:
    case = opened(korea)
    for more, status in (
        ({"targets": []}, 422),
        ({"targets": [{"account": "nonsense"}]}, 422),
        ({"targets": [{"account": ACCOUNT, "amount": "5"}]}, 422),
        ({"targets": [{"account": ACCOUNT, "amount": 5}]}, 422),
        ({"targets": [{"account": ACCOUNT}, {"account": ACCOUNT.upper()}]}, 422),
        ({"expires": "2020-01-01T00:00:00Z"}, 409),
        ({"expires": "soon"}, 422),
        ({"expires": "2027-02-26T12:00:00"}, 422),
        ({"rule": {"members": 1}}, 409),
        ({"rule": {"own": 1}}, 409),
        ({"rule": {"cooling_hours": 0}}, 409),
        ({"rule": {"among": ["mem-nobody", "mem-else"]}}, 409),
        ({"rule": {"among": []}}, 422),
        ({"expires": "2099-01-01T00:00:00Z"}, 409),
        ({"addressees": {"members": ["mem-nobody"]}}, 409),
        ({"addressees": {"countries": ["ZZ"]}}, 409),
        ({"case": "case-0000000000000000"}, 404),
        ({"kind": "freeze"}, 422),
        ({"directory": "sha256:" + "0" * 64}, 422),
    ):
        answer = korea.post("/v1/orders", {**body(case), **more})
        assert answer.status_code == status, (more, answer.text)


def test_without_a_directory_nobody_could_sign(korea: Client) -> None:
    assert korea.post("/v1/orders", body(opened(korea))).status_code == 409
