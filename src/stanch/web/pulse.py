"""Waiting for news: however many wait, the desk is asked a few times a second by one of them."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from fastapi.concurrency import run_in_threadpool

EVERY: Final = 0.25  # seconds between two looks


@dataclass(slots=True)
class Pulse:
    """`look` gives a number that grows when something happened."""

    look: Callable[[], int]
    seen: int = -1
    at: float = 0.0
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def beat(self) -> int:
        """The number as it was at most EVERY seconds ago."""
        async with self.looking:
            if time.monotonic() - self.at >= EVERY:
                self.seen = await run_in_threadpool(self.look)
                self.at = time.monotonic()
            return self.seen

    async def beyond(self, known: int, seconds: float) -> int:
        """Wait until the number is another than `known`, or the time is over; gives it."""
        until = time.monotonic() + seconds
        while (now := await self.beat()) == known and time.monotonic() < until:
            await asyncio.sleep(EVERY)
        return now
