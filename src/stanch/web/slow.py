"""Clients that hold a connection by saying or hearing little by little: they are hung up on.

uvicorn waits for headers, and for whoever is to take an answer, as long as it takes, and it has
only so many connections. Here a connection must have brought the headers of its first request
within a time, and those of a later one within that time from its first byte. Whoever is behind with
an answer has a time to take what waits; who takes it slowly has it anew each time.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


def protocol(headers: float, answer: float) -> type[asyncio.Protocol]:
    """uvicorn's HTTP, with headers, and what waits of an answer, within so many seconds."""

    class InTime(HttpToolsProtocol):
        """A connection with a watch on its headers, and one on what it takes."""

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self.watch: asyncio.TimerHandle | None = None
            self.taking: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._came()
            self._took()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            if self.watch is None:
                self._wait()

        def on_headers_complete(self) -> None:
            self._came()
            super().on_headers_complete()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._took()
            self.taking = asyncio.get_running_loop().call_later(answer, self._hang_up)

        def resume_writing(self) -> None:
            self._took()
            super().resume_writing()

        def _wait(self) -> None:
            self.watch = asyncio.get_running_loop().call_later(headers, self._hang_up)

        def _came(self) -> None:
            if self.watch is not None:
                self.watch.cancel()
                self.watch = None

        def _took(self) -> None:
            if self.taking is not None:
                self.taking.cancel()
                self.taking = None

        def _hang_up(self) -> None:
            # Not `is_closing`: a connection that closes waits for who takes the rest of it.
            self.transport.abort()

    return InTime
