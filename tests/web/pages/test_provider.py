"""Signing in with a provider from the page: the first time with a link, and then without one."""

from tests.web.conftest import World
from tests.web.pages.browser import OURS, csrf, send
from tests.web.test_oidc import consented, issuer, with_provider

__all__ = ["issuer", "with_provider"]
HTML = {"accept": "text/html"}


def test_the_page_links_a_person_to_the_provider_once(with_provider: World) -> None:
    house = with_provider.house
    person = house.person(house.chief, "analyst")
    client = with_provider.nobody()
    door = client.get("/sign-in").text
    assert 'href="/v1/sign-in/oidc"' in door
    answer = send(client, "/sign-in/oidc", "/sign-in", token=house.link(house.chief, person))
    assert answer.status_code == 200
    url = answer.text.partition('href="http://localhost')[2].partition('"')[0]
    back = consented("http://localhost" + url.replace("&amp;", "&"))
    assert client.get(back).status_code == 200
    assert client.get("/v1/me").json()["person"] == person


def test_the_form_is_the_desks_own_and_the_link_one_that_can_be(with_provider: World) -> None:
    house = with_provider.house
    client = with_provider.nobody()
    token = house.link(house.chief, house.person(house.chief, "analyst"))
    good = csrf(client.get("/sign-in"))
    for data, headers in (
        ({"csrf": "x", "token": token}, OURS),
        ({"csrf": good, "token": token}, {}),
        ({"csrf": good, "token": token}, {"origin": "https://evil.example"}),
    ):
        answer = client("POST", "/sign-in/oidc", data=data, headers=headers)
        assert answer.status_code == 403
    for none in ("", "a" * 300):
        assert send(client, "/sign-in/oidc", "/sign-in", token=none).status_code == 401


def test_a_browser_that_comes_back_wrongly_is_told_on_a_page(with_provider: World) -> None:
    back = "/v1/sign-in/oidc/callback?error=access_denied"
    answer = with_provider.nobody().get(back, headers=HTML)
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("text/html")
    assert "callback" not in answer.text
    program = with_provider.nobody().get(back)
    assert program.headers["content-type"] == "application/problem+json"


def test_a_desk_without_a_provider_has_no_such_door(world: World) -> None:
    client = world.nobody()
    assert "oidc" not in client.get("/sign-in").text
    assert send(client, "/sign-in/oidc", "/sign-in", token="stl_x").status_code == 404
