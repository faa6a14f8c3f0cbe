"""Coming in, who one is, people and keys, over HTTP."""

from tests.web.conftest import UPBEAT, Client, World


def test_who_signed_in_is_told_who_they_are(korea: Client) -> None:
    found = korea.get("/v1/me").json()
    assert found["member"]["id"] == "mem-korea"
    assert found["roles"] == ["administrator", "analyst", "auditor"]
    assert found["scopes"] == ["*"]


def test_nobody_is_told_so_as_a_problem(world: World) -> None:
    answer = world.nobody().get("/v1/me")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "urn:stanch:problem:stranger"


def test_the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(world: World) -> None:
    client = world.nobody()
    link = world.house.link(world.house.chief, world.house.person(world.house.chief, "analyst"))
    answer = client.post("/v1/sign-in/link", {"token": link})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-stanch=sts_")
    for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


def test_a_link_lets_in_once(world: World) -> None:
    link = world.house.link(world.house.chief, world.house.person(world.house.chief, "analyst"))
    world.nobody().sign_in(link)
    assert world.nobody().post("/v1/sign-in/link", {"token": link}).status_code == 401


def test_signing_out_ends_the_session(world: World, korea: Client) -> None:
    cookies = dict(korea.cookies)
    assert korea.post("/v1/sign-out").status_code == 204
    assert not dict(korea.cookies)
    korea.cookies.update(cookies)
    assert korea.get("/v1/me").status_code == 401


def test_a_program_comes_with_a_key_that_its_scopes_narrow(world: World, korea: Client) -> None:
    program = world.program(korea, "read")
    assert program.get("/v1/me").json()["scopes"] == ["read"]
    assert program.get("/v1/cases").status_code == 200
    refused = program.post("/v1/cases", {"title": "Theft"})
    assert refused.status_code == 403
    assert "scope cases" in refused.json()["detail"]


def test_a_revoked_key_is_nobodys(world: World, korea: Client) -> None:
    program = world.program(korea, "read")
    key = korea.get("/v1/keys").json()["items"][0]["id"]
    assert korea.delete(f"/v1/keys/{key}").status_code == 204
    assert program.get("/v1/me").status_code == 401


def test_an_administrator_adds_a_person_and_lets_them_go(world: World, korea: Client) -> None:
    made = korea.post("/v1/people", {"name": "Park", "roles": ["reader"]}).json()["id"]
    link = korea.post(f"/v1/people/{made}/link").json()["link"]
    park = world.nobody().sign_in(link)
    assert park.get("/v1/me").json()["roles"] == ["reader"]
    assert korea.put(f"/v1/people/{made}/roles", {"roles": ["analyst"]}).status_code == 204
    assert park.get("/v1/me").json()["roles"] == ["analyst"]
    assert korea.delete(f"/v1/people/{made}").status_code == 204
    assert park.get("/v1/me").status_code == 401


def test_lists_go_on_where_the_page_before_ended(korea: Client) -> None:
    for n in range(5):
        korea.post("/v1/people", {"name": f"Person {n}", "roles": ["reader"]})
    seen, after = [], None
    while True:
        query = {"limit": 2, "sort": "name", **({"after": after} if after else {})}
        page = korea.get("/v1/people", params=query).json()
        seen += [row["name"] for row in page["items"]]
        if (after := page["next"]) is None:
            break
    assert seen == sorted(seen)
    assert [name for name in seen if name.startswith("Person")] == [f"Person {n}" for n in range(5)]


def test_what_a_list_does_not_know_is_refused(korea: Client) -> None:
    for query in ("titel=x", "limit=0", "limit=501", "sort=digest", "after=e30", "limit=1&limit=2"):
        answer = korea.get(f"/v1/cases?{query}")
        assert answer.status_code == 422, query
        assert answer.json()["type"] == "urn:stanch:problem:usage"


def test_members_are_filtered_by_what_they_are(korea: Client) -> None:
    items = korea.get("/v1/members?kind=exchange").json()["items"]
    assert [row["id"] for row in items] == [UPBEAT]


def test_a_body_with_a_field_too_many_or_of_another_kind_is_refused(korea: Client) -> None:
    for body in (
        {"title": "T", "owner": "mem-upbeat"},
        {"title": 5},
        {"title": "T", "release": "mem-upbeat"},
        {"title": "T", "marking": "TLP:BLUE"},
        ["title"],
    ):
        answer = korea.post("/v1/cases", body)
        assert answer.status_code == 422, body
        assert "errors" in answer.json()
