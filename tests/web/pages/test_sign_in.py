"""The door: a link signs in once, through the desk's own form alone."""

import pytest

from tests.web.conftest import Client, World
from tests.web.pages.browser import OURS, csrf, send


def link(world: World) -> str:
    return world.house.link(world.house.chief, world.house.person(world.house.chief, "analyst"))


def test_a_link_signs_in_once_and_out_again(world: World) -> None:
    client, token = world.nobody(), link(world)
    assert client.get("/").headers["location"] == "/sign-in"
    answer = send(
        client, "/sign-in/link", "/sign-in", token=f"https://desk.example/sign-in#{token}"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/cases")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "samesite=strict" in cookie.lower()
    assert client.get("/cases").status_code == 200
    assert send(client, "/sign-out").headers["location"] == "/sign-in"
    assert client.get("/cases").status_code == 401
    again = send(world.nobody(), "/sign-in/link", "/sign-in", token=token)
    assert again.status_code == 401


def test_a_link_is_refused_from_another_site_or_without_the_forms_token(world: World) -> None:
    client, token = world.nobody(), link(world)
    good = csrf(client.get("/sign-in"))
    for headers in (
        {},  # a browser that says nothing of where it comes from is not believed
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "https://desk.example", "sec-fetch-site": "cross-site"},
    ):
        answer = client(
            "POST", "/sign-in/link", data={"csrf": good, "token": token}, headers=headers
        )
        assert answer.status_code == 403, headers
    for wrong in ("", "x", good + "x", csrf(world.nobody().get("/sign-in"))):
        answer = client("POST", "/sign-in/link", data={"csrf": wrong, "token": token}, headers=OURS)
        assert answer.status_code == 403
    bare = world.nobody()(
        "POST", "/sign-in/link", data={"csrf": good, "token": token}, headers=OURS
    )
    assert bare.status_code == 403
    assert send(client, "/sign-in/link", "/sign-in", token=token).status_code == 303


def test_a_planted_session_is_not_carried_on(world: World, korea: Client) -> None:
    victim = world.nobody()
    planted = korea.cookies["__Host-stanch"]
    victim.cookies.set("__Host-stanch", planted, domain="desk.example")
    answer = send(victim, "/sign-in/link", "/sign-in", token=link(world))
    assert planted not in answer.headers["set-cookie"]
    assert korea.get("/v1/me").status_code == 401


def test_no_address_carries_the_token(world: World) -> None:
    token = link(world)
    client = world.nobody()
    assert client.get(f"/sign-in?token={token}").status_code == 200  # and it signs nobody in
    assert client.get("/cases").status_code == 401
    assert client.get("/sign-in/link", params={"token": token}).status_code == 405


@pytest.mark.parametrize("token", ["", "x", "stl_x", "#", "a" * 5000, "%00", "stl_\u00e9"])
def test_a_link_that_is_none_opens_nothing(world: World, token: str) -> None:
    client = world.nobody()
    answer = send(client, "/sign-in/link", "/sign-in", token=token)
    assert answer.status_code in (401, 422)
    assert client.get("/cases").status_code == 401
