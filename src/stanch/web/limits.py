"""What every request passes before any route sees it: sizes, time, texts, how often.

A body is read whole here, within its time, and handed on in one piece: behind this nobody waits for
a slow client, and nobody holds a transaction open for one.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException

from stanch.errors import TooManyError
from stanch.web import problems
from stanch.web.asgi import App, Message, Receive, Scope, Send, answer, header
from stanch.web.buckets import Buckets, known_by
from stanch.web.caller import came_from
from stanch.web.config import Config, Rate
from stanch.web.texts import fault_in_json, fault_in_url

BODY: Final = 2**20
FILE_BODY: Final = 26 * 2**20
_FILES: Final = re.compile(
    r"/v1/cases/[^/]+/(?:files|traces)|/v1/personas/results|/personas/intake"
)
_DOOR: Final = re.compile(r"(?:/v1)?/sign-in/.*")
_TARGET: Final = 8 * 1024  # bytes of path and query
_HEADERS: Final = 32 * 1024
_MOST_HEADERS: Final = 100
_HOUSE: Final = 10  # callers that may come from one address, each as often as one may
_LENGTH: Final = re.compile(rb"[0-9]{1,15}")


class RefusedHereError(HTTPException):
    """A request that no route is to see, or to see the rest of."""

    def __init__(self, status: int, detail: str) -> None:
        """Whoever was refused here is not waited for: the connection ends."""
        super().__init__(status, detail, headers={"Connection": "close"})


@dataclass(slots=True)
class Limits:
    """The middleware. Raises nothing: what it refuses it answers."""

    app: App
    config: Config
    callers: Buckets
    houses: Buckets
    door: Buckets

    @classmethod
    def around(cls, app: App, config: Config) -> "Limits":
        """The middleware around an app."""
        whole = Rate(config.rate.second * _HOUSE, config.rate.burst * _HOUSE)
        return cls(app, config, Buckets(config.rate), Buckets(whole), Buckets(config.door))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on with the whole body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            check_whole(scope)
            check_host(scope, self.config)
            self._often(scope)
            handed = await self._handed(scope, receive)
        except RefusedHereError as error:
            await answer(problems.of_http(error), scope, receive, send)
        except TooManyError as error:
            await answer(problems.of_error(error), scope, receive, send)
        else:
            await self.app(scope, handed, send)

    def _often(self, scope: Scope) -> None:
        """A bucket for the caller, one for where it comes from, one for trying the door.

        Without the second, a new secret that is wrong each time would be a new caller each time.
        """
        source = came_from(scope, self.config.proxies).encode()
        secrets = header(scope, b"authorization") or header(scope, b"cookie")
        who = known_by(source + b"\0" + b"".join(secrets)) if secrets else source
        wait = self.callers.take(who) or self.houses.take(source)
        if not wait and _DOOR.fullmatch(scope["path"]):
            wait = self.door.take(source)
        if wait:
            raise TooManyError("requests", wait)

    async def _handed(self, scope: Scope, receive: Receive) -> Receive:
        """What the app receives. Only a file's body comes as it is read, since who sends it is
        asked for before; its size and its time end it all the same.
        """
        is_file = _FILES.fullmatch(scope["path"]) is not None
        most = FILE_BODY if is_file else BODY
        for length in header(scope, b"content-length"):
            if not _LENGTH.fullmatch(length):
                raise RefusedHereError(400, "Content-Length: is no number")
            if int(length) > most:
                raise RefusedHereError(413, _too_large(most))
        counted = _counted(receive, most, self.config.body_seconds)
        if is_file:
            return counted
        body = await _read(counted)
        if fault := fault_in_json(body):
            raise RefusedHereError(400, f"the body {fault}")
        return _again(body, receive)


def check_host(scope: Scope, config: Config) -> None:
    """A name that is not this server's is a page elsewhere that had its name point here.

    Raises RefusedHereError.
    """
    named = header(scope, b"host")
    try:
        host = urlsplit("//" + named[0].decode("ascii")).hostname if len(named) == 1 else None
    except ValueError:
        host = None
    if host not in config.hosts():
        raise RefusedHereError(421, "the desk is not reached by this name")


def check_whole(scope: Scope) -> None:
    """Refuse a path, a query or headers that are too large, or hold what no text may.

    Raises RefusedHereError.
    """
    headers = scope["headers"]
    if len(headers) > _MOST_HEADERS or sum(len(k) + len(v) for k, v in headers) > _HEADERS:
        raise RefusedHereError(431, f"at most {_MOST_HEADERS} headers in {_HEADERS // 1024} KiB")
    path = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
    if len(path) + len(scope["query_string"]) > _TARGET:
        raise RefusedHereError(400, f"path and query are larger than {_TARGET // 1024} KiB")
    for name, raw in (("path", path), ("query", scope["query_string"])):
        if fault := fault_in_url(raw):
            raise RefusedHereError(400, f"the {name} {fault}")


def _counted(receive: Receive, most: int, seconds: float) -> Receive:
    """The parts of a body as they come, until they are too many or too late."""
    size, whole = 0, False
    deadline = asyncio.get_running_loop().time() + seconds

    async def next_message() -> Message:
        nonlocal size, whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            late = f"the body did not come within {seconds:g} s"
            raise RefusedHereError(408, late) from None
        size += len(message.get("body", b""))
        if size > most:
            raise RefusedHereError(413, _too_large(most))
        whole = not message.get("more_body", False)
        return message

    return next_message


async def _read(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedHereError(400, "the body ended too soon")
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _too_large(most: int) -> str:
    return f"the body is larger than {most // 2**20} MiB"


def _again(body: bytes, receive: Receive) -> Receive:
    """The body in one piece, then whatever the client does."""
    handed = False

    async def next_message() -> Message:
        nonlocal handed
        if handed:
            return await receive()
        handed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return next_message
