"""Around everything: an id for each request, a line in the log, headers that protect, and the last
catch of what nobody foresaw.
"""

import asyncio
import json
import secrets
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from stanch.web import problems
from stanch.web.asgi import App, Message, Receive, Scope, Send, answer
from stanch.web.config import Config

REQUEST_ID: Final = b"x-request-id"
ID: Final = "stanch.request"  # in the scope: the id of the request
TALLIED: Final = "stanch.tallied"  # in the scope: under which route what went well is counted
_HEADERS: Final = {
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"cache-control": b"no-store",
}
_WELL: Final = 200
_TLS: Final = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")


@dataclass(slots=True)
class Tally:
    """Requests that went well, as one line of the log a second for all of a path."""

    of: dict[str, tuple[int, float]] = field(default_factory=dict)

    def add(self, route: str, seconds: float) -> None:
        """Count one; the first of a second sees to the line."""
        if not self.of:
            asyncio.get_running_loop().call_later(1, self.write)
        number, longest = self.of.get(route, (0, 0.0))
        self.of[route] = (number + 1, max(longest, seconds))

    def write(self) -> None:
        """Write what was counted, and begin anew."""
        counted, self.of = self.of, {}
        for path, (number, longest) in counted.items():
            line = {"at": _now(), "route": path, "status": _WELL, "requests": number}
            line["ms_most"] = round(longest * 1000, 2)
            print(json.dumps(line), file=sys.stderr, flush=True)


@dataclass(slots=True)
class Frame:
    """The outermost middleware. A header that a route sets itself stays as it is.

    Of the paths in `counted`, asked thousands of times a second, what went well is counted; so is
    what says in its scope (`TALLIED`) that it is to be.
    """

    app: App
    config: Config
    log: bool = True
    counted: frozenset[str] = frozenset()
    tally: Tally = field(default_factory=Tally)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on; log when it is over."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        id, began, status = secrets.token_hex(8), time.monotonic(), 0
        scope[ID] = id

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._framed(message.get("headers", []), id)
            await send(message)

        try:
            await self.app(scope, receive, framed)
        except Exception as error:
            broken = problems.unforeseen(error, id)
            if status:
                raise
            await answer(broken, scope, receive, framed)
        finally:
            seconds = time.monotonic() - began
            hot = scope.get(TALLIED) or (scope["path"] if scope["path"] in self.counted else None)
            if self.log and hot and status == _WELL:
                self.tally.add(hot, seconds)
            elif self.log:
                _log(scope, id, status, seconds)

    def _framed(self, headers: list[tuple[bytes, bytes]], id: str) -> list[tuple[bytes, bytes]]:
        there = {name.lower() for name, _ in headers}
        added = [(name, value) for name, value in _HEADERS.items() if name not in there]
        if self.config.tls:
            added.append(_TLS)
        return [*headers, *added, (REQUEST_ID, id.encode())]


def _log(scope: Scope, id: str, status: int, seconds: float) -> None:
    """One line of JSON, without the query and what stands in the path: either may be a secret."""
    line = {
        "at": _now(),
        "request": id,
        "method": scope["method"],
        "route": _route(scope),
        "status": status,
        "ms": round(seconds * 1000, 2),
    }
    with suppress(OSError):  # a log on a full disk must not end the connection
        print(json.dumps(line), file=sys.stderr, flush=True)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _route(scope: Scope) -> str | None:
    """The path with names for what varies in it; None where it leads nowhere."""
    if "path_params" not in scope:
        return None
    path = str(scope["path"])
    for name, value in scope["path_params"].items():
        path = path.replace(f"/{value}", f"/{{{name}}}")
    return path
