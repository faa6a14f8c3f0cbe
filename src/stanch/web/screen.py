"""`POST /v1/screen/addresses`, asked thousands of times a second.

A look-up takes microseconds, the framework's checks of a request many times that; so this one body
of texts is read and answered here. Errors are the same problem details as elsewhere.
"""

import asyncio
import json
import sys
from threading import Event, Thread
from typing import Final

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request as Asked

from stanch.app.desk.screening import Desk as Screening
from stanch.app.desk.watching import Watching
from stanch.errors import ForbiddenError, StanchError, StrangerError, UsageError
from stanch.model.desk.people import Caller, Scope
from stanch.web.asgi import App, Receive, Send, answer, header
from stanch.web.asgi import Scope as Request
from stanch.web.caller import session_of
from stanch.web.known import Find, Known
from stanch.web.problems import of_error, of_status

PATH: Final = "/v1/screen/addresses"
FRESH: Final = 0.2  # seconds between two looks at the log
_START: Final = {"type": "http.response.start", "status": 200}
_HEADERS: Final = ((b"content-type", b"application/json"), (b"cache-control", b"no-store"))
_LARGEST: Final = 6 * 2**20  # bytes: 10,000 addresses of the longest form


class ScreenAddresses:
    """Answers its own path, and gives every other request to `inner`.

    `find` says whose a key's token is, in which request; it may ask the database. Who sends no key
    may be a person in a session.
    """

    def __init__(
        self, app: App, screening: Screening, find: Find, body_seconds: float = 30
    ) -> None:
        """Stand in front of `app`; a body takes `body_seconds` at most."""
        self._inner, self._screening, self._known = app, screening, Known(find)
        self._seconds = body_seconds

    async def __call__(self, scope: Request, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self._inner(scope, receive, send)
            return
        try:
            caller = await self._caller(scope)
            async with asyncio.timeout(self._seconds):
                body = await _body(receive)
            said = self._screening.screen(caller, body)
        except TimeoutError:
            response = of_status(408, "the body took too long")
        except StanchError as error:
            response = of_error(error)
        else:
            length = (b"content-length", b"%d" % len(said))
            await send({**_START, "headers": [*_HEADERS, length]})
            await send({"type": "http.response.body", "body": said})
            return
        response.headers["cache-control"] = "no-store"
        await answer(response, scope, receive, send)

    async def _caller(self, scope: Request) -> Caller:
        if header(scope, b"authorization"):
            caller = await self._known.caller(scope, _token(scope))
        else:  # a person asks now and then, and is not remembered
            caller = (await run_in_threadpool(session_of, Asked(scope))).caller
        if not caller.scopes & {"*", Scope.SCREEN.value}:
            raise ForbiddenError(f"this needs a key with the scope {Scope.SCREEN}")
        return caller


def _token(scope: Request) -> str:
    found = header(scope, b"authorization")
    if len(found) != 1 or found[0][:7].lower() != b"bearer ":
        raise StrangerError("not known here: send an API key as Authorization: Bearer")
    return found[0][7:].decode("latin-1").strip()


async def _body(receive: Receive) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > _LARGEST:
            raise UsageError(f"the body is larger than {_LARGEST // 2**20} MiB")
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def keep_up(watching: Watching) -> Event:
    """Bring an index up to the log in a thread of its own, until the event is set.

    A database that is gone comes back; what was known until then is answered meanwhile.
    """
    stop = Event()

    def look() -> None:
        while not stop.wait(FRESH):
            try:
                if watching.refresh() and watching.current.watch.wants_compaction:
                    watching.current.compact()
            except Exception as error:
                print(json.dumps({"screening": type(error).__name__}), file=sys.stderr, flush=True)

    Thread(target=look, name="stanch-screening", daemon=True).start()
    return stop
