"""Answer an exchange: which of these addresses are under an order, listed, or tainted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

import orjson

from stanch.app.desk.watching import Watching, answer
from stanch.errors import UsageError
from stanch.model.collector import without_collector
from stanch.model.desk.people import Caller
from stanch.model.watched import MAX_QUERY

MOST: Final = 10_000  # addresses of one request
EXPOSURES: Final = 600  # single addresses that a member is told the taint of, in a minute
_MINUTE: Final = 60.0


@dataclass(slots=True)
class Bucket:
    """Tokens that come back with time: `size` a minute."""

    size: int
    left: float
    at: float

    def take(self, now: float) -> bool:
        """Take one; False where there is none."""
        self.left = min(self.size, self.left + (now - self.at) * self.size / _MINUTE)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass(slots=True)
class Desk:
    """Answers for one running desk; what each member may still ask is counted here."""

    watching: Watching
    exposures: int = EXPOSURES
    clock: Callable[[], float] = monotonic
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def screen(self, caller: Caller, body: bytes) -> bytes:
        """Answer a request's body, `{"addresses": [...]}`, from 1 to 10,000 of them, in JSON.

        Orders and listings always. A single address is told its exposures too, as often as
        `exposures` allows; beyond it the answer says so, and still has the rest. A text that is no
        address has findings null.

        Raises UsageError for a body that is none.
        """
        addresses = _addresses(body)
        watch, member = self.watching.current.watch, caller.member.id
        tainted = "single addresses only"
        with without_collector():
            if len(addresses) == 1 and self._may(member):
                tainted = "told"
                found = [watch.look_up_one(addresses[0], member)]
            else:
                if len(addresses) == 1:
                    tainted = "asked too often"
                found = watch.look_up(addresses, member)
            details = self.watching.details
            results = [
                {"address": address, "findings": None}
                if findings is None
                else {"address": address, "findings": [answer(one, details) for one in findings]}
                for address, findings in zip(addresses, found, strict=True)
            ]
            return orjson.dumps({"exposures": tainted, "results": results})

    def _may(self, member: str) -> bool:
        now = self.clock()
        bucket = self.buckets.setdefault(member, Bucket(self.exposures, self.exposures, now))
        return bucket.take(now)


def _addresses(body: bytes) -> list[str]:
    try:
        said: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise UsageError("the body is no JSON") from None
    addresses = said.get("addresses") if isinstance(said, dict) and len(said) == 1 else None
    if not isinstance(addresses, list) or not 0 < len(addresses) <= MOST:
        raise UsageError(f'the body is {{"addresses": [...]}}, from 1 to {MOST:,} of them')
    for place, one in enumerate(addresses, 1):
        if not isinstance(one, str) or len(one) > MAX_QUERY:
            raise UsageError(f"address {place}: is no text, or longer than {MAX_QUERY}")
    return addresses
