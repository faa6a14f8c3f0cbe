"""Clients that say their headers letter by letter, so as to hold a connection: they are hung up on.

uvicorn waits for headers as long as it takes. Here a connection must have brought the headers of
its first request within a time, and those of a later one within that time from its first byte.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


def protocol(seconds: float) -> type[asyncio.Protocol]:
    """uvicorn's HTTP, with headers within so many seconds."""

    class InTime(HttpToolsProtocol):
        """A connection with a watch on its headers."""

        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self.watch: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._came()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            super().on_message_begin()
            if self.watch is None:
                self._wait()

        def on_headers_complete(self) -> None:
            self._came()
            super().on_headers_complete()

        def _wait(self) -> None:
            self.watch = asyncio.get_running_loop().call_later(seconds, self._hang_up)

        def _came(self) -> None:
            if self.watch is not None:
                self.watch.cancel()
                self.watch = None

        def _hang_up(self) -> None:
            if not self.transport.is_closing():
                self.transport.abort()

    return InTime
