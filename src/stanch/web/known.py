"""Who asks with a key, remembered for a moment: on paths that are asked thousands of times a
second, the database is not asked each time whose a key is.
"""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

from fastapi.concurrency import run_in_threadpool

from stanch.app.desk import door
from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.web.asgi import Scope
from stanch.web.caller import came_from
from stanch.web.config import Config

KNOWN_FOR: Final = 2.0  # seconds that a key is taken as it was last found: a revoked one ends then
_MOST: Final = 10_000

Find = Callable[[Scope, str], Awaitable[Caller]]


class Known:
    """Callers by their keys. `find` says whose one is; it may ask the database."""

    def __init__(self, find: Find) -> None:
        """Know nobody yet."""
        self._find = find
        self._known: dict[str, tuple[float, Caller]] = {}

    async def caller(self, scope: Scope, token: str) -> Caller:
        """Whose a key is. Raises StrangerError, TooManyError."""
        now = monotonic()
        found = self._known.get(token)
        if found is not None and found[0] >= now:
            return found[1]
        caller = await self._find(scope, token)
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[token] = (now + KNOWN_FOR, caller)
        return caller


def finder(desk: Desk, config: Config) -> Find:
    """Whose a key's token is, as everywhere else: failures are counted, by where they come from."""

    async def find(scope: Scope, token: str) -> Caller:
        source = came_from(scope, config.proxies)
        return await run_in_threadpool(door.with_key, desk, source, token)

    return find
