"""Attacks on who somebody is, and on what they may write."""

import pytest

from stanch.web.caller import forwarded
from tests.web.conftest import UPBEAT, Client, World
from tests.web.test_cases import opened

CASE = {"title": "Theft"}


def test_what_changes_something_needs_the_sessions_own_token(korea: Client, upbeat: Client) -> None:
    for token in ("", "x", upbeat.headers["x-csrf-token"], korea.headers["x-csrf-token"] + "x"):
        answer = korea.post("/v1/cases", CASE, headers={"x-csrf-token": token})
        assert answer.status_code == 403, token
    del korea.headers["x-csrf-token"]
    assert korea.post("/v1/cases", CASE).status_code == 403
    assert korea.post("/v1/sign-out").status_code == 403
    assert korea.get("/v1/cases").json()["items"] == []


def test_what_another_site_sends_is_refused_even_with_the_token(korea: Client) -> None:
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert korea.post("/v1/cases", CASE, headers=headers).status_code == 403
    assert korea.post("/v1/cases", CASE, headers={"origin": "https://desk.example"}).is_success


def test_another_site_signs_nobody_in(world: World) -> None:
    link = world.house.link(world.house.chief, world.house.person(world.house.chief, "analyst"))
    evil = {"origin": "https://evil.example"}
    client = world.nobody()
    assert client.post("/v1/sign-in/link", {"token": link}, headers=evil).status_code == 403
    assert client.post("/v1/sign-in/link", {"token": link}).status_code == 200


def test_a_form_of_another_site_is_no_body_of_json(korea: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = korea(
            "POST", "/v1/cases", content=b'{"title": "x"}', headers={"content-type": kind}
        )
        assert answer.status_code == 422


def test_a_session_that_somebody_planted_ends_at_sign_in(world: World, korea: Client) -> None:
    planted = korea.cookies["__Host-stanch"]
    link = world.house.link(world.house.chief, world.house.person(world.house.chief, "analyst"))
    victim = world.nobody()
    victim.cookies.set("__Host-stanch", planted, domain="desk.example")
    answer = victim.post("/v1/sign-in/link", {"token": link})
    assert answer.status_code == 200
    assert planted not in answer.headers["set-cookie"]
    assert korea.get("/v1/me").status_code == 401


def test_two_sessions_in_one_request_are_none(world: World, korea: Client, upbeat: Client) -> None:
    both = "; ".join(f"__Host-stanch={c.cookies['__Host-stanch']}" for c in (korea, upbeat))
    assert world.nobody().get("/v1/me", headers={"cookie": both}).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic c3RrXw==", "Bearer sts_x", "stk_x", "Bearer stk_" +
               "a" * 300])  # fmt: skip
def test_a_wrong_header_is_not_made_good_by_a_right_cookie(korea: Client, header: str) -> None:
    assert korea.get("/v1/me", headers={"authorization": header}).status_code == 401


def test_a_session_is_no_key_and_a_key_is_no_session(world: World, korea: Client) -> None:
    session = korea.cookies["__Host-stanch"]
    bearer = {"authorization": f"Bearer {session}"}
    assert world.nobody().get("/v1/me", headers=bearer).status_code == 401
    program = world.program(korea, "read", "admin")
    token = program.headers["authorization"].removeprefix("Bearer ")
    cookie = {"cookie": f"__Host-stanch={token}"}
    assert world.nobody().get("/v1/me", headers=cookie).status_code == 401
    made = program.post("/v1/keys", {"label": "more", "scopes": ["read"]})
    assert made.status_code == 403  # a stolen key makes no other


@pytest.mark.parametrize(
    "text",
    [
        "'; drop table person; --",
        "' or '1'='1",
        '" or 1=1 --',
        "{{7*7}}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
        "${7*7}",
        "%(x)s %s %d {0} {x.__class__}",
        ":title",
        "<script>alert(1)</script>",
        "a\\'b",
    ],
)
def test_what_looks_like_a_command_is_a_text(korea: Client, text: str) -> None:
    case = opened(korea, title=text)
    assert korea.get(f"/v1/cases/{case}").json()["title"] == text
    note = {"kind": "note", "body": {"text": text}}
    item = korea.post(f"/v1/cases/{case}/items", note).json()["id"]
    assert korea.get(f"/v1/items/{item}").json()["body"]["text"] == text
    for query in ({"owner": text}, {"marking": text}, {"state": text}):
        assert korea.get("/v1/cases", params=query).json() == {"items": [], "next": None}
    assert korea.get("/v1/cases", params={"sort": text}).status_code == 422
    assert korea.get("/v1/people", params={"name": text}).json()["items"] == []
    assert korea.get(f"/v1/cases/{case}").status_code == 200


@pytest.mark.parametrize("id", ["..%2F..%2Fetc%2Fpasswd", "..", "case-1'--", "CASE-1", "a" * 100])
def test_what_cannot_be_an_id_names_nothing(korea: Client, id: str) -> None:
    assert korea.get(f"/v1/cases/{id}").status_code in (404, 422)
    assert korea.get(f"/v1/files/{id}").status_code in (404, 422)


def test_nobody_makes_themselves_more_than_they_are(world: World, upbeat: Client) -> None:
    analyst = world.client(world.house.chief, "analyst")
    me = analyst.get("/v1/me").json()["person"]
    assert analyst.put(f"/v1/people/{me}/roles", {"roles": ["administrator"]}).status_code == 403
    assert analyst.post(f"/v1/people/{me}/link").status_code == 403
    assert analyst.post("/v1/people", {"name": "X", "roles": ["approver"]}).status_code == 403
    new = {"name": "Mine", "kind": "exchange", "country": "KR"}
    assert upbeat.post("/v1/members", new).status_code == 403
    assert upbeat.post("/v1/directory", {"document": "{}", "signatures": []}).status_code == 403
    assert upbeat.post("/v1/audit/export").status_code == 403
    assert upbeat.get("/v1/audit/entries").status_code == 403


def test_an_auditor_of_an_exchange_reads_what_its_own_people_did(
    world: World, korea: Client
) -> None:
    opened(korea)
    auditor = world.client(world.house.exchange, "auditor")
    items = auditor.get("/v1/audit/entries").json()["items"]
    assert items
    assert {row["member"] for row in items} == {UPBEAT}


def test_only_a_trusted_proxy_says_where_somebody_comes_from() -> None:
    assert forwarded("1.2.3.4", "9.9.9.9", ()) == "1.2.3.4"
    assert forwarded("10.0.0.1", "9.9.9.9", ("10.0.0.0/8",)) == "9.9.9.9"
    assert forwarded("10.0.0.1", "6.6.6.6, 9.9.9.9, 10.0.0.2", ("10.0.0.0/8",)) == "9.9.9.9"
    assert forwarded("10.0.0.1", "6.6.6.6, unknown", ("10.0.0.0/8",)) == "10.0.0.1"
    assert forwarded("10.0.0.1", "", ("10.0.0.0/8",)) == "10.0.0.1"
    assert forwarded("unknown", "9.9.9.9", ("10.0.0.0/8",)) == "unknown"
