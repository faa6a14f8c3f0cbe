"""How often one may ask: a bucket of tokens for each caller, filled as time passes."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from stanch.web.config import Rate

MOST: Final = 20_000  # callers remembered; who has been away longest is forgotten first


@dataclass(slots=True)
class Buckets:
    """The buckets of all callers at one rate."""

    rate: Rate
    now: Callable[[], float] = time.monotonic
    of: OrderedDict[bytes, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, who: bytes) -> int:
        """Take a token; gives 0, or in how many seconds there is one again."""
        at = self.now()
        tokens = self._tokens(who, at)
        self.of.pop(who, None)
        self.of[who] = (tokens - 1 if tokens >= 1 else tokens, at)
        while len(self.of) > MOST:
            self.of.popitem(last=False)
        return self._until(tokens)

    def wait(self, who: bytes) -> int:
        """In how many seconds there is a token, and 0 where there is one; none is taken."""
        return self._until(self._tokens(who, self.now()))

    def _tokens(self, who: bytes, at: float) -> float:
        most = float(self.rate.burst)
        tokens, since = self.of.get(who, (most, at))
        return min(most, tokens + (at - since) * self.rate.second)

    def _until(self, tokens: float) -> int:
        return 0 if tokens >= 1 else max(1, ceil((1 - tokens) / self.rate.second))


def known_by(secret: bytes) -> bytes:
    """A caller by their secret, which is not kept."""
    return hashlib.sha256(secret).digest()
