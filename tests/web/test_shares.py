"""Sharing by the API: a row goes into a collection, is listed with its reason, is taken back."""

import html
import re

from tests.web.conftest import KOREA, UPBEAT, Client, World
from tests.web.test_cases import opened


def collection(korea: Client, *readers: str) -> str:
    made = korea.post("/v1/collections", {"title": "Partners", "alias": "partners"})
    for each in readers:
        grant = {"reads": True, "writes": False}
        assert korea.put(f"/v1/collections/partners/grants/{each}", grant).status_code == 204
    return str(made.json()["id"])


def test_a_row_is_shared_listed_and_taken_back(world: World, korea: Client, upbeat: Client) -> None:
    into = collection(korea, UPBEAT)
    case = opened(korea, marking="TLP:AMBER", release=[UPBEAT])
    body = {"row": case, "collection": "partners", "why": "Upbeat asked."}
    made = korea.post("/v1/shares", body)
    assert made.status_code == 201
    id = made.json()["id"]
    assert korea.post("/v1/shares", body).json() == {**made.json(), "came": 0}
    (row,) = korea.get("/v1/shares", params={"row": case}).json()["items"]
    assert (row["id"], row["collection"], row["why"], row["ended"]) == (
        id, into, "Upbeat asked.", None,
    )  # fmt: skip
    assert row["to"] == [KOREA, UPBEAT]
    (seen,) = korea.get(f"/v1/shares/as/{UPBEAT}").json()["items"]
    assert [each["name"] for each in seen["items"] if each["type"] == "incident"] == [
        "Theft at Upbeat"
    ]
    assert upbeat.get("/v1/shares").json()["items"] == []
    assert upbeat.get(f"/v1/shares/{id}").status_code == 404
    assert upbeat.post(f"/v1/shares/{id}/end", {"reason": "x"}).status_code == 404
    listed = upbeat.get("/v1/collections/partners/objects").json()["items"]
    assert {each["id"] for each in listed} == {each["id"] for each in seen["items"]}
    assert korea.post(f"/v1/shares/{id}/end", {"reason": "Done."}).status_code == 204
    assert korea.post(f"/v1/shares/{id}/end", {"reason": "Done."}).status_code == 409
    assert korea.get(f"/v1/shares/{id}").json()["reason"] == "Done."
    assert upbeat.get("/v1/collections/partners/objects").json()["items"] == []
    assert korea.get(f"/v1/shares/as/{UPBEAT}").json()["items"][0]["items"] == []


def test_terms_go_with_a_row_and_are_told(world: World, korea: Client, upbeat: Client) -> None:
    collection(korea, UPBEAT)
    terms = {"pap": "PAP:AMBER", "reliability": "B", "confidence": "0-10:7"}
    body = {"row": "ronin-2022", "collection": "partners", "why": "x", "terms": terms}
    id = korea.post("/v1/shares", body).json()["id"]
    assert korea.get(f"/v1/shares/{id}").json()["terms"] == terms
    (seen,) = korea.get(f"/v1/shares/as/{UPBEAT}").json()["items"]
    assert "PAP:AMBER" in {each.get("name") for each in seen["items"]}
    (main,) = [each for each in seen["items"] if each["type"] == "incident"]
    assert main["confidence"] == 70
    for wrong in ({"pap": "AMBER"}, {"reliability": "G"}, {"terms": 1}):
        assert korea.post("/v1/shares", body | {"terms": wrong}).status_code == 422
    answer = korea.post("/v1/shares", body | {"terms": {"confidence": "x:7"}})
    assert (answer.status_code, "say SCALE:WORD" in answer.json()["detail"]) == (422, True)


def test_the_view_as_partner_goes_on_to_its_end(world: World, korea: Client) -> None:
    id = collection(korea, UPBEAT)
    for row in (
        "ronin-2022",
        "wannacry-2017",
        "upbit-2019",
        "harmony-2022",
        "kucoin-2020",
        "atomic-wallet-2023",
        "liquid-2021",
    ):
        korea.post("/v1/shares", {"row": row, "collection": "partners", "why": "x"})
    path = f"/v1/shares/as/{UPBEAT}"
    (whole,) = korea.get(path, params={"limit": 500}).json()["items"]
    assert (whole["more"], whole["next"]) == (False, None)
    assert len(whole["items"]) > 50
    found, after = [], ""
    while after is not None:
        (part,) = korea.get(
            path, params={"limit": 20, "collection": id, "after": after}
        ).json()["items"]  # fmt: skip
        found, after = [*found, *part["items"]], part["next"]
        assert part["more"] == (after is not None)
    assert found == whole["items"]
    for wrong in ({"after": "x"}, {"after": "x", "collection": id}):
        assert korea.get(path, params=wrong).status_code == 422
    first = korea.get(f"/sharing/as/{UPBEAT}").text
    (link,) = re.findall(r'href="(/sharing/as/[^"]+)" rel="next"', first)
    last = korea.get(html.unescape(link)).text
    shown = [re.findall(r"<code>([a-z-]+--[0-9a-f-]{36})</code>", each) for each in (first, last)]
    assert [*shown[0], *shown[1]] == [each["id"] for each in whole["items"]]
    assert 'rel="next"' not in last


def test_what_may_not_go_says_why(world: World, korea: Client) -> None:
    collection(korea, UPBEAT)
    for marking, status, words in (
        ("TLP:RED", 409, "is TLP:RED: for the people on its list"),
        ("TLP:AMBER", 409, "released to nobody who reads Partners: release it first"),
    ):
        case = opened(korea, marking=marking)
        answer = korea.post("/v1/shares", {"row": case, "collection": "partners", "why": "x"})
        assert (answer.status_code, words in answer.json()["detail"]) == (status, True)
    never = korea.post("/v1/shares", {"row": "case-0000000000000000", "collection": "partners",
                                      "why": "x"})  # fmt: skip
    assert (never.status_code, never.json()["detail"]) == (404, "no case case-0000000000000000")


def test_a_key_shares_with_the_scope_for_it_alone(world: World, korea: Client) -> None:
    collection(korea, UPBEAT)
    body = {"row": "ronin-2022", "collection": "partners", "why": "Known to all."}
    assert world.program(korea, "read", "cases").post("/v1/shares", body).status_code == 403
    done = world.program(korea, "read", "share").post("/v1/shares", body)
    assert done.status_code == 201
    assert done.json()["came"] > 5
