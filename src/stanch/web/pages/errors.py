"""Errors as pages: what the API says as problem details, a page says in words, with a way on.

It stands around the limits too, so that a browser that is refused before any route sees it is told
in the same look. Programs under /v1 keep their problem details; a browser that is led there, to a
file or back from a provider, asks for HTML and gets it.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from fastapi.responses import Response

from stanch.web import problems
from stanch.web.asgi import App, Message, Receive, Scope, Send, answer, header
from stanch.web.pages.look import page

_API: Final = "/v1/"
_STRANGER: Final = 401
_KEPT: Final = (b"retry-after", b"connection", b"allow")


@dataclass(slots=True)
class Faces:
    """The middleware."""

    app: App

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on; a problem outside the API becomes a page."""
        if scope["type"] != "http" or not _by_browser(scope):
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


def _again(scope: Scope) -> str | None:
    """The page that somebody was on their way to; none where going there twice would be wrong."""
    path = str(scope["path"])
    return None if scope["method"] != "GET" or path.startswith(_API) else path


def _by_browser(scope: Scope) -> bool:
    """Whether a person looks at the answer."""
    if not scope["path"].startswith(_API):
        return True
    return scope["method"] == "GET" and b"text/html" in b",".join(header(scope, b"accept"))


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
        "again": _again(scope),
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
