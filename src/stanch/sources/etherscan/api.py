"""The API of Etherscan and explorers like it: the history of an address, a page at a time.

Pages are kept as they came, byte for byte; the reader of exports reads them. The API gives no more
than `WINDOW` rows of one question, so each page begins at the block where the last one ended, and
what stands in both is counted once by the reader. (Etherscan, API V2, module `account`.)
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import orjson

from stanch.errors import NodeError

ACTIONS: Final = ("txlist", "txlistinternal", "tokentx", "tokennfttx", "token1155tx")
ROWS: Final = 2_000  # in a page: neither of the numbers at which exports look cut short
WINDOW: Final = 10_000
LAST_BLOCK: Final = 999_999_999
PATIENCE: Final = 120.0  # seconds of refusals in a row that are borne
LONGEST_WAIT: Final = 20.0
MOST: Final = 1 << 26  # bytes of an answer

_NOTHING: Final = ("no transactions found", "no records found", "no token transfers found")
_SLOWER: Final = ("rate limit", "max calls", "too many", "timeout", "server too busy")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer as it came, the rows in it, and the last block that it speaks of."""

    data: bytes
    rows: int
    first: int
    last: int


@dataclass(slots=True)
class Explorer:
    """An explorer of the EVM chain with id `chain`, at `url`, asked no more than `rate` times a
    second. `key` is never shown.
    """

    url: str
    chain: int
    key: str = ""
    rate: float = 4.0
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _client: httpx.Client = field(init=False)
    _next: float = 0.0

    def __post_init__(self) -> None:
        """Open the line; nothing is sent yet."""
        self._client = httpx.Client(timeout=60, trust_env=False)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    @property
    def name(self) -> str:
        """How it is called in messages."""
        return httpx.URL(self.url).host or "explorer"

    def pages(self, address: str, action: str, start: int = 0) -> Iterator[Page]:
        """The history of `address` from block `start` on, oldest first.

        Raises NodeError where the explorer refuses, or has more rows of one block than it gives.
        """
        number = 1
        while (page := self._page(address, action, start, number)).rows:
            yield page
            if page.rows < ROWS:
                return
            if page.last > start:
                start, number = page.last, 1
            elif (number + 1) * ROWS <= WINDOW:
                number += 1
            else:
                reason = f"gives no more than {WINDOW:,} rows of block {start:,} for {address}"
                raise NodeError(self.name, reason)

    def _page(self, address: str, action: str, start: int, number: int) -> Page:
        asked = {
            "chainid": self.chain, "module": "account", "action": action, "address": address,
            "startblock": start, "endblock": LAST_BLOCK, "page": number, "offset": ROWS,
            "sort": "asc",
        }  # fmt: skip
        waited, wait = 0.0, 1.0
        while True:
            data, refused = self._asked(asked)
            if not refused:
                return self._counted(data)
            if waited >= PATIENCE:
                raise NodeError(self.name, f"{refused}; gave up after {waited:.0f} s")
            self.pause(wait)
            waited, wait = waited + wait, min(wait * 2, LONGEST_WAIT)

    def _asked(self, asked: dict[str, Any]) -> tuple[bytes, str]:
        """The answer, and why it has to be asked for again, if it has."""
        self._slowly()
        key = {"apikey": self.key} if self.key else {}
        try:
            answer = self._client.get(self.url, params=asked | key)
        except httpx.HTTPError as error:
            return b"", type(error).__name__
        if answer.status_code == 429 or answer.status_code >= 500:
            return b"", f"HTTP {answer.status_code}"
        if answer.status_code != 200:
            raise NodeError(self.name, f"answers HTTP {answer.status_code}")
        if len(answer.content) > MOST:
            raise NodeError(self.name, f"answers with more than {MOST >> 20} MiB")
        return answer.content, self._refused(answer.content)

    def _refused(self, data: bytes) -> str:
        """Why the explorer gives nothing for now, or "". Raises NodeError where it never will."""
        try:
            said = orjson.loads(data)
            result, message = said["result"], str(said.get("message", ""))
        except (ValueError, KeyError, TypeError):
            return "half an answer, or no JSON"
        if isinstance(result, list):
            return ""
        reason = f"{message}: {result}" if isinstance(result, str) else message
        if any(each in reason.lower() for each in _NOTHING):
            return ""
        if any(each in reason.lower() for each in _SLOWER):
            return reason[:200].replace(self.key or "\0", "…")
        raise NodeError(self.name, reason[:200].replace(self.key or "\0", "…"))

    def _counted(self, data: bytes) -> Page:
        rows = orjson.loads(data)["result"]
        if not isinstance(rows, list) or not rows:
            return Page(data, 0, 0, 0)
        try:
            return Page(data, len(rows), int(rows[0]["blockNumber"]), int(rows[-1]["blockNumber"]))
        except (KeyError, TypeError, ValueError):
            raise NodeError(self.name, "answers with rows that name no block") from None

    def _slowly(self) -> None:
        """Wait until it may be asked again."""
        now = self.clock()
        if now < self._next:
            self.pause(self._next - now)
        self._next = max(now, self._next) + 1 / self.rate
