"""Requests that come by the thousand are counted, one line a second; what fails has its own."""

import asyncio
import json
from typing import Any

import pytest

from stanch.web.asgi import Message, Receive, Scope, Send
from stanch.web.config import Config
from stanch.web.frame import Frame

PATH = "/v1/screen/addresses"


def asked(statuses: list[int], path: str, wait: float) -> list[Message]:
    """Answers with these statuses, one after the other, and a while after them."""
    left = iter(statuses)
    told: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": next(left), "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Message) -> None:
        told.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def all_of_them() -> None:
        frame = Frame(app, Config(), counted=frozenset({PATH}))
        for _ in statuses:
            scope: dict[str, Any] = {"type": "http", "path": path, "method": "POST"}
            await frame(scope, receive, send)
        await asyncio.sleep(wait)

    asyncio.run(all_of_them())
    return told


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_what_went_well_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    told = asked([200] * 50, PATH, 1.2)
    (line,) = lines(capsys)
    assert (line["route"], line["status"], line["requests"]) == (PATH, 200, 50)
    heads = [dict(each["headers"]) for each in told if each["type"] == "http.response.start"]
    assert len({head[b"x-request-id"] for head in heads}) == 50
    assert all(head[b"cache-control"] == b"no-store" for head in heads)


def test_what_went_wrong_has_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    asked([401, 403, 429], PATH, 0)
    assert [line["status"] for line in lines(capsys)] == [401, 403, 429]


def test_other_paths_have_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    asked([200, 200], "/v1/me", 0)
    assert [line["status"] for line in lines(capsys)] == [200, 200]
