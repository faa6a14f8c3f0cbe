"""How often TAXII may be asked: by each key, and by whoever tries keys that are none.

A poll asks thousands of times a second for pages that lie ready, so a key has a rate of its own
here. Who tries keys is refused before the database is asked: it counts failures too, and writes one
down for each.
"""

from stanch.errors import StrangerError, TooManyError
from stanch.model.desk.people import Caller
from stanch.web.asgi import Scope
from stanch.web.buckets import Buckets, known_by
from stanch.web.caller import came_from
from stanch.web.config import Config
from stanch.web.known import Find, Known


class Often:
    """Whose a key is, as `Known` has it, for who asks no more often than they may."""

    def __init__(self, config: Config, find: Find) -> None:
        """Nobody has asked yet."""
        self._find, self._proxies = find, config.proxies
        self._keys, self._failures = Buckets(config.taxii), Buckets(config.door)
        self._known = Known(self._try)

    async def caller(self, scope: Scope, token: str) -> Caller:
        """Whose a key is. Raises StrangerError, TooManyError."""
        caller = await self._known.caller(scope, token)
        if wait := self._keys.take(known_by(token.encode())):
            raise TooManyError("requests with this key", wait)
        return caller

    async def _try(self, scope: Scope, token: str) -> Caller:
        source = came_from(scope, self._proxies).encode()
        if wait := self._failures.wait(source):
            raise TooManyError("failed attempts to come in", wait)
        try:
            return await self._find(scope, token)
        except (StrangerError, TooManyError):
            self._failures.take(source)
            raise
