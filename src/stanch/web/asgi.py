"""The words of ASGI that the middlewares share."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi.responses import Response

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> list[bytes]:
    """All values of a header; names are in small letters."""
    return [value for key, value in scope["headers"] if key == name]


async def answer(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a response instead of what would have come."""
    await response(scope, receive, send)
