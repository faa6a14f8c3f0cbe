"""TAXII 2.1 in front of the framework: what is asked a thousand times a second is answered here.

Who asks is told by HTTP Basic, with an API key as the password and any name, or by Bearer. An
answer that was given is given again while the log has not grown.
"""

import base64
import binascii
from collections.abc import Callable
from typing import Final

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from isal import igzip

from stanch.app.desk import feed
from stanch.app.desk.desk import Desk
from stanch.app.taxii import reading, writing
from stanch.app.taxii.words import (
    LARGEST,
    TAXII,
    Answer,
    Asked,
    acceptable,
    api_root,
    discovery,
    packs,
    readable,
)  # fmt: skip
from stanch.errors import StanchError, StrangerError
from stanch.model.desk.people import Caller
from stanch.web import limits
from stanch.web.asgi import App, Receive, Scope, Send, header
from stanch.web.config import Config
from stanch.web.frame import ID, TALLIED
from stanch.web.known import Find
from stanch.web.taxii import refusals
from stanch.web.taxii.bodies import Bodies
from stanch.web.taxii.kept import Headers, Kept, Sent
from stanch.web.taxii.often import Often
from stanch.web.taxii.paths import METHODS, PREFIX, ROOT, Kind, Target, target_of
from stanch.web.taxii.refusals import RefusedHereError
from stanch.web.taxii.stand import Stand

_TYPE: Final = (b"content-type", TAXII.encode())
_VARY: Final = (b"vary", b"Accept, Accept-Encoding, Authorization")
_PACKED: Final = (b"content-encoding", b"gzip")
_SMALL: Final = 1400  # bytes that go in one packet, packed or not
_LEVEL: Final = 1  # of ISA-L, six times as fast as zlib's for as many bytes
_LONGEST: Final = 200  # characters of a key

Make = Callable[[Desk, Caller, Asked], Answer]
_PAGES: Final[dict[Kind, Make]] = {
    Kind.OBJECTS: reading.objects,
    Kind.MANIFEST: reading.manifest,
    Kind.OBJECT: reading.one,
    Kind.VERSIONS: reading.versions,
}


class Taxii:
    """Answers what is under /taxii2/, and gives every other request to `inner`."""

    def __init__(self, app: App, desk: Desk, config: Config, find: Find) -> None:
        """Stand in front of `app`; `find` says whose a key is."""
        self._inner, self._desk, self._config = app, desk, config
        self._often, self._kept = Often(config, find), Kept()
        self._stand = Stand(lambda: feed.stand(desk))
        self._bodies = Bodies(LARGEST, config.body_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not (scope["path"] + "/").startswith(PREFIX):
            await self._inner(scope, receive, send)
            return
        try:
            status, sent = await self._answer(scope, receive)
        except RefusedHereError as refused:
            response = refusals.of_refusal(refused)
        except limits.RefusedHereError as refused:
            response = refusals.of_status(refused.status_code, str(refused.detail))
        except StanchError as error:
            response = refusals.of_error(error)
        except Exception as error:
            response = refusals.of_unforeseen(error, scope.get(ID, ""))
        else:
            await _send(scope, send, status, sent)
            return
        await _refuse(scope, response, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, Sent]:
        limits.check_whole(scope)
        limits.check_host(scope, self._config)
        caller = await self._often.caller(scope, _token(scope))
        if not acceptable(_texts(scope, b"accept")):
            raise RefusedHereError(406, f"what is answered here is {TAXII}")
        target = target_of(scope["path"])
        if target is None:
            raise RefusedHereError(404, "no such resource of TAXII here")
        scope["path_params"] = {
            name: value
            for name, value in (
                ("collection", target.collection), ("object", target.object),
                ("status", target.status),
            )
            if value
        }  # fmt: skip
        method, allowed = scope["method"], METHODS[target.kind]
        if method not in allowed:
            raise RefusedHereError(405, f"{method} is none of {', '.join(allowed)}",
                {"Allow": ", ".join(allowed)})  # fmt: skip
        if method == "POST":
            return 202, await self._post(scope, receive, caller, target)
        if method == "DELETE":
            asked = Asked(target.collection, _query(scope), target.object)
            await run_in_threadpool(writing.delete, self._desk, caller, asked)
            return 200, Sent([_TYPE], b"")
        scope[TALLIED] = target.kind.value
        return 200, await self._get(scope, caller, target)

    async def _get(self, scope: Scope, caller: Caller, target: Target) -> Sent:
        packed = packs(_texts(scope, b"accept-encoding"))
        key = (caller.member.id, caller.scopes, target, scope["query_string"], packed)
        stand = await self._stand.now()
        sent = self._kept.get(stand, key)
        if sent is None:
            query = _query(scope)
            sent = await run_in_threadpool(self._made, caller, target, query, packed)
            self._kept.keep(stand, key, sent)
        return sent

    def _made(self, caller: Caller, target: Target, query: str, packed: bool) -> Sent:
        """What is answered, made in a thread of its own."""
        found = self._found(caller, target, query)
        headers: Headers = [_TYPE, _VARY]
        if found.first:
            headers.append((b"x-taxii-date-added-first", found.first.encode()))
            headers.append((b"x-taxii-date-added-last", found.last.encode()))
        if packed and len(found.body) > _SMALL:
            return Sent([*headers, _PACKED], igzip.compress(found.body, _LEVEL, mtime=0))
        return Sent(headers, found.body)

    def _found(self, caller: Caller, target: Target, query: str) -> Answer:
        desk = self._desk
        if target.kind in _PAGES:
            asked = Asked(target.collection, query, target.object)
            return _PAGES[target.kind](desk, caller, asked)
        match target.kind:
            case Kind.DISCOVERY:
                # An API root is an HTTPS URL or a path (section 4.1.1): by HTTP it is a path.
                origin = self._config.origin if self._config.tls else ""
                return Answer(discovery(desk.name, [origin + ROOT]))
            case Kind.ROOT:
                return Answer(api_root(desk.name, LARGEST))
            case Kind.STATUS:
                return reading.status(desk, caller, target.status)
            case Kind.COLLECTION:
                return reading.collection(desk, caller, target.collection)
        return reading.collections(desk, caller)

    async def _post(self, scope: Scope, receive: Receive, caller: Caller, to: Target) -> Sent:
        await run_in_threadpool(writing.may_post, self._desk, caller, to.collection)
        if not readable(_texts(scope, b"content-type")):
            raise RefusedHereError(415, f"what is read here is {TAXII}", {"Connection": "close"})
        async with self._bodies.held(scope, receive, caller.member.id) as body:
            try:
                told = await run_in_threadpool(
                    writing.post, self._desk, caller, to.collection, body
                )
            except ValueError as error:
                raise RefusedHereError(422, f"the envelope {error}") from None
        return Sent([_TYPE], told.body)


async def _send(scope: Scope, send: Send, status: int, sent: Sent) -> None:
    length = (b"content-length", b"%d" % len(sent.body))
    headers = [*sent.headers, length]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    body = b"" if scope["method"] == "HEAD" else sent.body
    await send({"type": "http.response.body", "body": body})


async def _refuse(scope: Scope, response: Response, receive: Receive, send: Send) -> None:
    await response(scope, receive, send)


def _token(scope: Scope) -> str:
    """The key that a request brings. Raises StrangerError."""
    said = header(scope, b"authorization")
    scheme, _, rest = said[0].partition(b" ") if len(said) == 1 else (b"", b"", b"")
    token = rest.strip()
    if scheme.lower() == b"basic":
        try:
            token = base64.b64decode(token, validate=True).partition(b":")[2]
        except binascii.Error:
            token = b""
    text = token.decode("latin-1")
    if scheme.lower() not in (b"basic", b"bearer") or not text or len(text) > _LONGEST:
        raise StrangerError("not known here: send an API key as HTTP Basic's password, or Bearer")
    return text


def _query(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return query.decode("latin-1")


def _texts(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for value in header(scope, name)]
