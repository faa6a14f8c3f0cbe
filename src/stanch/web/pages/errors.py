"""Errors as pages: what the API says as problem details, a page says in words, with a way on.

It stands around the limits too, so that a browser that is refused before any route sees it is told
in the same look. Programs under /v1 keep their problem details.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from fastapi.responses import Response

from stanch.web import problems
from stanch.web.asgi import App, Message, Receive, Scope, Send, answer
from stanch.web.pages.look import page

_API: Final = ("/v1/", "/v1")
_STRANGER: Final = 401
_KEPT: Final = (b"retry-after", b"connection", b"allow")


@dataclass(slots=True)
class Faces:
    """The middleware."""

    app: App

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on; a problem outside the API becomes a page."""
        if scope["type"] != "http" or scope["path"].startswith(_API[0]) or scope["path"] == _API[1]:
            await self.app(scope, receive, send)
            return
        begun: Message | None = None
        parts: list[bytes] = []

        async def faced(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _is_problem(message):
                begun = message
            elif begun is None:
                await send(message)
            else:
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    shown = _shown(scope, begun, b"".join(parts))
                    await answer(shown, scope, receive, send)

        sent = False

        async def noted(message: Message) -> None:
            nonlocal sent
            sent = True
            await faced(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            if sent:
                raise
            await answer(problems.unforeseen(error), scope, receive, faced)


def _is_problem(message: Message) -> bool:
    media = dict(message.get("headers", [])).get(b"content-type", b"")
    return bool(media.startswith(problems.MEDIA.encode()))


def _shown(scope: Scope, begun: Message, body: bytes) -> Response:
    """The page of a problem. It knows nobody: the frame of who is signed in is not on it."""
    told: dict[str, Any] = json.loads(body)
    status = begun["status"]
    said = {
        "title": "Sign in first" if status == _STRANGER else told["title"],
        "detail": told.get("detail", ""),
        "status": status,
        "stranger": status == _STRANGER,
        "again": scope["path"] if scope["method"] == "GET" else None,
        "sent": scope["method"] == "POST",
        "path": "",
        "caller": None,
        "desk": "Stanch",
    }
    response = page("error", said, status)
    for name, value in begun.get("headers", []):
        if name in _KEPT:
            response.headers[name.decode()] = value.decode()
    return response
