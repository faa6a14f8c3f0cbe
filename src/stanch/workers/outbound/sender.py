"""Send one webhook, once, to a place that its receiver chose, and say what came of it.

The place is not trusted: it may be inside the desk's own network, change between two questions,
answer for ever, or send us on. Whether to try again is not decided here but in `backoff`.
"""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import httpx

from stanch.errors import RefusedError, UnreachableError
from stanch.formats.outbound.address import Destination, allowed_addresses, destination
from stanch.formats.outbound.public import Address
from stanch.workers.outbound.names import resolved
from stanch.workers.outbound.pinned import Pinned
from stanch.workers.outbound.policy import Limits, Policy
from stanch.workers.outbound.signature import signed_headers

MOST_ADDRESSES: Final = 4  # of one host, tried in turn until one lets us connect

# No compressed answers: 64 KiB are 64 KiB.
_HEADERS: Final = {
    "content-type": "application/json",
    "accept-encoding": "identity",
    "user-agent": "stanch",
}


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: its id, the same in every retry, and its body, JSON."""

    id: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt. `status` is HTTP's, None where nothing answered; `problem` says in
    one line why it does not count, None where it does. `seconds` is how long it took;
    `retry_after` the answer's header, as it came, for `backoff`.
    """

    status: int | None
    problem: str | None
    seconds: float
    retry_after: str | None = None

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.problem is None


@dataclass(slots=True)
class _Heard:
    """What has been heard so far of an answer that may yet break off."""

    status: int | None = None
    retry_after: str | None = None


class _FailedError(Exception):
    """An attempt that ends here; its text is the problem."""


def send(message: Message, url: str, policy: Policy, now: datetime) -> Outcome:
    """Sign `message` at `now` and post it to `url`.

    Delivered is what is answered whole, within the limits, with a status from 200 to 299: a login
    page of 2 MB is no receipt. A redirect is a failure. Whatever the receiver does is an outcome;
    an id or a time that cannot be signed raises InvariantError. Runs an event loop of its own, so
    it is called from a thread that has none; several threads may send at once.
    """
    headers = _HEADERS | signed_headers(message.id, message.body, now, policy.sign)
    began = time.monotonic()
    heard, problem = _Heard(), None
    try:
        to = destination(url, policy.reach)
        addresses = allowed_addresses(to, resolved(to, policy), policy.reach)
        timeout = httpx.Timeout(policy.limits.whole, connect=policy.limits.connect).as_dict()
        request = httpx.Request(
            "POST",
            to.url,
            headers=headers,
            content=message.body,
            extensions={"timeout": timeout},
        )
        left = policy.limits.whole - (time.monotonic() - began)
        exchange = _exchange(request, _pins(to, addresses, policy), policy.limits, heard)
        asyncio.run(_within(left, exchange))
    except (RefusedError, UnreachableError, _FailedError) as error:
        problem = str(error)
    return Outcome(heard.status, problem, time.monotonic() - began, heard.retry_after)


def _pins(to: Destination, addresses: Sequence[Address], policy: Policy) -> list[Pinned]:
    return [Pinned(to, address, policy.trust) for address in addresses[:MOST_ADDRESSES]]


async def _within(seconds: float, exchange: Coroutine[None, None, None]) -> None:
    """The whole exchange against one clock: a byte now and then does not make it longer."""
    try:
        async with asyncio.timeout(seconds):
            await exchange
    except TimeoutError:
        raise _FailedError("there was no whole answer in time") from None


async def _exchange(
    request: httpx.Request, pins: Sequence[Pinned], limits: Limits, heard: _Heard
) -> None:
    """Post to the first address that lets us connect. No client of httpx stands between, so there
    are no redirects, cookies, proxies or credentials that could be left switched on.
    """
    failure: Exception | None = None
    for pin in pins:
        async with pin:
            try:
                answer = await pin.handle_async_request(request)
                await _read(answer, limits, heard)
                return
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error  # nothing of the message has left: the next address may have it
            except (httpx.HTTPError, OSError) as error:
                raise _FailedError(_why(error)) from error
    raise _FailedError(_why(failure)) from failure


async def _read(answer: httpx.Response, limits: Limits, heard: _Heard) -> None:
    """Hear the answer to its end, keep the status, and forget the body.

    The body is not kept: through it, whoever sets a webhook would read what the desk can reach.
    """
    heard.status = answer.status_code
    heard.retry_after = answer.headers.get("retry-after", "")[:100] or None
    size = 0
    async for piece in answer.aiter_raw():
        size += len(piece)
        if size > limits.answer:
            raise _FailedError(f"the answer was longer than {limits.answer:,} bytes")
    if 300 <= answer.status_code < 400:
        raise _FailedError(f"answered {answer.status_code}: redirects are not followed")
    if not answer.is_success:
        raise _FailedError(f"answered {answer.status_code}")


def _why(error: Exception | None) -> str:
    """One line for the record. In our words: what a receiver answers must not stand in our log."""
    text = str(error)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return "the certificate does not hold for the webhook's host"
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
        return "there was no TLS" if "SSL" in text else "there was no connection"
    if isinstance(error, httpx.TimeoutException):
        return "there was no whole answer in time"
    if isinstance(error, httpx.ProtocolError):
        return "the answer was broken off or was not HTTP"
    return "the connection broke off"
