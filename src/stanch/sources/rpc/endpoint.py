"""One endpoint: calls sent in batches, as fast as it likes and no faster.

What fails for a while (no line, HTTP 429 or 5xx, half an answer) is asked again with longer and
longer waits; `Retry-After` is heeded. What is too much for the endpoint is asked in smaller
batches, down to a call alone, and batches grow again as they go well. An answer larger than
`MOST` bytes is not read to its end.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import orjson

from stanch.errors import NodeError
from stanch.sources.rpc.answers import Slower, Smaller, refusal

MOST: Final = 1 << 29
BATCH: Final = 50  # calls; of 20-transaction blocks 50 read fastest on the nodes that were tried
TRY_AGAIN: Final = 200  # batches after which what was too much is tried again
LONGEST_WAIT: Final = 20.0
BUSY: Final = (408, 425, 429, 502, 503, 504)
ERROR: Final = 500  # with a body of JSON-RPC: how bitcoind refuses a call; without one it is unwell
TOO_LARGE: Final = 413

Call = tuple[str, list[Any]]


class _Unwell(Exception):
    """The endpoint gave no whole answer this time. `wait` is what it asked for, in seconds."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass(slots=True)
class Endpoint:
    """`url` may hold a key and is never shown; `name` is. `patience` is how many seconds of
    failures in a row are borne before a NodeError. With `decimals` numbers that are not whole come
    as Decimal, slowly, where a double would not hold them.
    """

    url: str
    name: str = ""
    patience: float = 180.0
    timeout: float = 60.0
    pause: Callable[[float], None] = time.sleep
    decimals: bool = False
    _size: int = BATCH
    _most: int = BATCH  # what is known to be too much, less one
    _well: int = 0  # batches that went well since
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        """Open the line; nothing is sent yet."""
        self.name = self.name or urlsplit(self.url).netloc.rpartition("@")[2] or "node"
        limits = httpx.Limits(max_connections=16, max_keepalive_connections=16)
        # Redirects are not followed and proxies of the environment not used: a key is in the URL.
        self._client = httpx.Client(timeout=self.timeout, limits=limits, trust_env=False)

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def call(self, method: str, *params: Any) -> Any:
        """The result of one call. Raises NodeError, or the Refusal that the endpoint answered."""
        return self.calls([(method, list(params))])[0]

    def calls(self, calls: Sequence[Call]) -> list[Any]:
        """The results of calls, in their order.

        Raises NodeError where no answer comes within the patience; a Refusal where a call that
        was sent alone is refused.
        """
        found: list[Any] = []
        while len(found) < len(calls):
            size = min(self._size, len(calls) - len(found))
            part = calls[len(found) : len(found) + size]
            try:
                found += self._patiently(part)
            except Smaller:
                if size == 1:
                    raise
                self._size, self._most, self._well = max(1, size // 2), size - 1, 0
            else:
                self._grow()
        return found

    def _grow(self) -> None:
        """Ask for more at once, up to what was too much; for that once more after a while."""
        self._well += 1
        if self._well % TRY_AGAIN == 0:
            self._most = min(BATCH, self._most + 1)
        self._size = max(1, min(self._most, self._size + 1))

    def _patiently(self, calls: Sequence[Call]) -> list[Any]:
        waited, wait = 0.0, 0.25
        while True:
            try:
                return self._once(calls)
            except (_Unwell, Slower) as error:
                asked = error.wait if isinstance(error, _Unwell) else 0.0
                if waited >= self.patience:
                    reason = (
                        f"does not answer {calls[0][0]} ({error}); gave up after {waited:.0f} s"
                    )
                    raise NodeError(self.name, reason) from None
                pause = min(max(wait, asked), LONGEST_WAIT)
                self.pause(pause)
                waited, wait = waited + pause, wait * 2
                self._size = max(1, self._size // 2)

    def _once(self, calls: Sequence[Call]) -> list[Any]:
        said = [
            {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            for number, (method, params) in enumerate(calls)
        ]
        alone = len(said) == 1
        answer = self._posted(orjson.dumps(said[0] if alone else said), alone=alone)
        listed = [answer] if isinstance(answer, dict) else answer
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise _Unwell("its answer is no JSON-RPC")
        if not alone and isinstance(answer, dict):  # the batch as a whole was refused
            failed = refusal(answer.get("error"))
            raise failed if isinstance(failed, Slower) else Smaller(failed.code, failed.said)
        by_id = {each.get("id"): each for each in listed}
        return [_result(by_id.get(number), alone=alone) for number in range(len(said))]

    def _posted(self, body: bytes, *, alone: bool) -> Any:
        headers = {"Content-Type": "application/json"}
        try:
            with self._client.stream("POST", self.url, content=body, headers=headers) as answer:
                if answer.status_code in BUSY:
                    raise _Unwell(f"HTTP {answer.status_code}", _seconds(answer))
                if answer.status_code == TOO_LARGE:
                    raise Smaller(TOO_LARGE, "HTTP 413")
                data = _read(answer)
                spoken = data.lstrip()[:1] in (b"{", b"[")
                if answer.status_code >= ERROR and not spoken:
                    raise _Unwell(f"HTTP {answer.status_code}")
                if answer.status_code in (401, 403):
                    raise NodeError(self.name, "does not let us in: is the key in the URL right?")
                if answer.status_code >= 400 and not spoken:
                    raise NodeError(self.name, f"answers HTTP {answer.status_code}")
        except httpx.TimeoutException:
            if alone:
                raise _Unwell(f"no answer within {self.timeout:.0f} s") from None
            raise Smaller(0, "timed out") from None
        except httpx.HTTPError as error:
            raise _Unwell(type(error).__name__) from None
        try:
            return json.loads(data, parse_float=Decimal) if self.decimals else orjson.loads(data)
        except ValueError as error:  # what both raise
            raise _Unwell(f"half an answer, or no JSON: {error}") from None


def _result(answer: dict[str, Any] | None, *, alone: bool) -> Any:
    if answer is None:
        raise _Unwell("it left a call of the batch without an answer")
    if answer.get("error") is not None:
        failed = refusal(answer["error"])
        if alone or isinstance(failed, Slower | Smaller):
            raise failed
        # One call spoils its batch: asked alone, its refusal is known for what it is.
        raise Smaller(failed.code, failed.said)
    if "result" not in answer:
        raise _Unwell("an answer without a result")
    return answer["result"]


def _read(answer: httpx.Response) -> bytes:
    data = bytearray()
    for chunk in answer.iter_bytes():
        data += chunk
        if len(data) > MOST:
            raise Smaller(TOO_LARGE, f"more than {MOST >> 20} MiB")
    return bytes(data)


def _seconds(answer: httpx.Response) -> float:
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isdigit() else 0.0
