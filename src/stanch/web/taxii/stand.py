"""How many entries the log has now: what was answered when it had as many holds still.

However many ask at once, one look answers all who asked before it began.
"""

import asyncio
from collections.abc import Callable

from fastapi.concurrency import run_in_threadpool


class Stand:
    """`look` gives a number that changes with whatever may change an answer."""

    def __init__(self, look: Callable[[], int]) -> None:
        """Nobody asks yet."""
        self._look = look
        self._coming: asyncio.Task[int] | None = None  # a look that has not begun
        self._going: asyncio.Task[int] | None = None

    async def now(self) -> int:
        """The number as it was at some moment after this was called."""
        if self._coming is None or self._coming.done():
            self._coming = asyncio.create_task(self._next(self._going))
        # One who hangs up must not take the look from the others.
        return await asyncio.shield(self._coming)

    async def _next(self, before: asyncio.Task[int] | None) -> int:
        if before is not None and not before.done():
            await asyncio.wait([before])
        self._going, self._coming = self._coming, None
        return await run_in_threadpool(self._look)
