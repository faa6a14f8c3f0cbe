"""The body of a post: read to its end, or cut off where it is too large or too slow."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from stanch.web.asgi import Receive, Scope, header
from stanch.web.taxii.refusals import RefusedHereError

_MOST_AT_ONCE: Final = 16  # bodies in memory; each member may hold a quarter of them
_SHARE: Final = 4
_DIGITS: Final = 15
_CLOSE: Final = {"Connection": "close"}  # what still comes of it is not waited for


class Bodies:
    """The bodies that are held in memory. Each comes within `seconds`, and has `most` bytes."""

    def __init__(self, most: int, seconds: float) -> None:
        """None is held."""
        self._most, self._seconds = most, seconds
        self._all = asyncio.Semaphore(_MOST_AT_ONCE)
        self._of = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(_SHARE))

    @asynccontextmanager
    async def held(self, scope: Scope, receive: Receive, member: str) -> AsyncIterator[bytes]:
        """The body of a member's post, for as long as it is worked on. Raises RefusedHereError."""
        self._check(scope)
        async with self._room(member), self._room(None):
            try:
                async with asyncio.timeout(self._seconds):
                    body = await self._whole(receive)
            except TimeoutError:
                late = f"the body did not come within {self._seconds:g} s"
                raise RefusedHereError(408, late, _CLOSE) from None
            yield body

    @asynccontextmanager
    async def _room(self, member: str | None) -> AsyncIterator[None]:
        """Wait until few enough bodies are held, of all or of one member."""
        places = self._all if member is None else self._of[member]
        try:
            async with asyncio.timeout(self._seconds):
                await places.acquire()
        except TimeoutError:
            busy = {**_CLOSE, "Retry-After": "5"}
            raise RefusedHereError(503, "too many posts are on their way in", busy) from None
        try:
            yield
        finally:
            places.release()

    def _check(self, scope: Scope) -> None:
        """Refuse what the headers alone say is too much."""
        for length in header(scope, b"content-length"):
            if not length.isdigit():
                raise RefusedHereError(400, "Content-Length is no number", _CLOSE)
            if len(length) > _DIGITS or int(length) > self._most:
                raise self._too_large()
        if header(scope, b"content-encoding"):
            raise RefusedHereError(415, "a body is sent as it is, without Content-Encoding", _CLOSE)

    async def _whole(self, receive: Receive) -> bytes:
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RefusedHereError(400, "the body ended too soon", _CLOSE)
            part = message.get("body", b"")
            size += len(part)
            if size > self._most:
                raise self._too_large()
            parts.append(part)
            more = message.get("more_body", False)
        return b"".join(parts)

    def _too_large(self) -> RefusedHereError:
        said = (
            f"the body is larger than {self._most:,} bytes (max_content_length): send it in parts"
        )
        return RefusedHereError(413, said, _CLOSE)
