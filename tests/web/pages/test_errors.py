"""What goes wrong is told on a page of the same look, and says no more than it should."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from stanch.errors import InvariantError
from stanch.web.config import Config, Rate
from stanch.web.pages import look
from stanch.web.pages.errors import Faces
from stanch.web.server import create
from tests.web.conftest import NO_HURRY, ORIGIN, Client, World
from tests.web.pages.browser import OURS, csrf


def test_what_nobody_foresaw_says_nothing_of_itself(
    world: World, korea: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template that breaks: the page is gone, its reason stays in the log."""

    def broken(*_: object) -> None:
        raise InvariantError("the secret of the house")

    monkeypatch.setattr("stanch.app.desk.cases.listed", broken)
    answer = korea.get("/cases")
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_an_error_that_is_raised_through_everything_is_a_page_too() -> None:
    async def app(*_: Any) -> None:
        raise RuntimeError("the secret of the house")

    sent = asked(Faces(app), "/cases", b"text/html")
    assert sent[0]["status"] == 500
    assert b"secret" not in sent[1]["body"]
    assert b"<h1>" in sent[1]["body"]


def test_a_program_under_v1_is_left_alone_and_a_browser_there_gets_a_page() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"application/problem+json"), (b"retry-after", b"7")]
        await send({"type": "http.response.start", "status": 429, "headers": headers})
        body = b'{"title": "Asked too often", "detail": "<b>try"}'
        await send({"type": "http.response.body", "body": body[:9], "more_body": True})
        await send({"type": "http.response.body", "body": body[9:]})

    program = asked(Faces(app), "/v1/files/item-1", b"*/*")
    assert [each.get("body", b"")[:2] for each in program] == [b"", b'{"', b' "']
    for path in ("/v1/files/item-1", "/cases"):
        start, body = asked(Faces(app), path, b"text/html,*/*")
        assert start["status"] == 429
        assert (b"retry-after", b"7") in start["headers"]
        assert b"&lt;b&gt;try" in body["body"]


def test_tries_at_the_door_are_counted_on_the_page_as_in_the_api(world: World) -> None:
    config = Config(origin=ORIGIN, rate=NO_HURRY, door=Rate(0.001, 3))
    client = Client(create(world.desk, config))
    good = csrf(client.get("/sign-in"))
    statuses = [
        client("POST", "/sign-in/link", data={"csrf": good, "token": "stl_x"}, headers=OURS)
        for _ in range(4)
    ]
    assert [each.status_code for each in statuses] == [401, 401, 401, 429]
    assert "Asked too often" in statuses[-1].text
    assert int(statuses[-1].headers["retry-after"]) > 1


def test_a_body_that_is_too_large_is_told_on_a_page(korea: Client) -> None:
    good = csrf(korea.get("/cases"))
    data = {"csrf": good, "title": "x" * 2_000_000, "marking": "TLP:AMBER"}
    answer = korea("POST", "/cases", data=data, headers=OURS)
    assert answer.status_code == 413
    assert "<h1>Too large</h1>" in answer.text


def test_every_template_is_one_that_autoescapes() -> None:
    environment = look._environment()
    assert environment.autoescape is True
    for name in environment.list_templates():
        source, _, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
        for way in ("|safe", "| safe", "autoescape", "Markup", "<script>", "onclick", "style="):
            assert way not in source, name


def asked(app: Faces, path: str, accept: bytes) -> list[MutableMapping[str, Any]]:
    """What an app sends when it is asked for a path."""
    sent: list[MutableMapping[str, Any]] = []
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept", accept)]}

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent
