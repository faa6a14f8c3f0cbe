"""The line to one TAXII server: HTTP with limits on size and time, tried again where that helps.

The credential goes to the server that was named and nowhere else: a redirect is followed where it
stays there, and without TLS only this machine is spoken to. What a server says in words is not
repeated: it may hold what it was told.
"""

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx

from stanch.client.taxii.credential import Credential
from stanch.errors import UnreachableError, UsageError

MEDIA: Final = "application/taxii+json;version=2.1"
MOST: Final = 64 << 20  # bytes of an answer
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_JSON: Final = ("application/taxii+json", "application/json", "application/stix+json")
_BUSY: Final = (429, 503)
_AGAIN: Final = (*_BUSY, 502, 504)
_MOVED: Final = (301, 302, 307, 308)
_FIRST: Final = 0.5  # seconds: the first window of the back-off, which doubles
_WIDEST: Final = 30.0


class AnsweredError(UnreachableError):
    """A TAXII server said no, or something that is no TAXII. `status` is HTTP's."""

    def __init__(self, status: int, why: str) -> None:
        """Keep the status."""
        self.status = status
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is spoken to. Times are seconds; `transport` replaces the network, `sleep` and
    `chance` the waiting between two tries.
    """

    timeout: float = 30.0
    whole: float = 300.0  # for one answer, however it drips
    most: int = MOST
    tries: int = 4
    transport: httpx.BaseTransport | None = None
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = field(default=random.random)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its headers, by names in small letters, and its bytes."""

    headers: Mapping[str, str]
    data: bytes

    def json(self) -> dict[str, Any]:
        """The JSON object. Raises UnreachableError."""
        try:
            found = json.loads(self.data)
        except (ValueError, RecursionError):
            raise UnreachableError("the server's answer is no JSON") from None
        if not isinstance(found, dict):
            raise UnreachableError("the server's answer is no JSON object")
        return found


class Line:
    """Requests to one server. Raises UnreachableError, AnsweredError."""

    def __init__(
        self, url: str, credential: Credential | None = None, settings: Settings | None = None
    ) -> None:
        """Open nothing yet. Raises UsageError where the URL is none of a server."""
        self._settings = settings or Settings()
        self._base = base_of(url)
        headers = {"Accept": MEDIA, "Accept-Encoding": "identity", "User-Agent": "stanch"}
        if credential is not None:
            headers["Authorization"] = credential.header
        self._http = httpx.Client(
            headers=headers,
            timeout=self._settings.timeout,
            transport=self._settings.transport,
            follow_redirects=False,
            trust_env=self._base.scheme == "https",  # a proxy would read the credential
        )

    @property
    def host(self) -> str:
        """The server's name, for messages."""
        return self._base.host

    def at(self, url: str) -> "httpx.URL":
        """A place of this server. Raises UnreachableError for one of another."""
        try:
            found = self._base.join(url)
        except httpx.InvalidURL:
            raise UnreachableError(f"{self.host} names a place that is no URL") from None
        if _origin(found) != _origin(self._base):
            raise UnreachableError(f"{self.host} sends on to another server, and is not followed")
        return found

    def get(
        self, path: str, query: Mapping[str, str] | None = None, *, again: bool = True
    ) -> Answer:
        """The answer at a path; tried again where the server is busy, and where none came unless
        told not to.
        """
        request = self._http.build_request("GET", self.at(path), params=query or None)
        return self._tried(request, again)

    def post(self, path: str, content: bytes) -> Answer:
        """The answer to what is sent. Sent again where no answer came: objects that are there
        already do no harm.
        """
        request = self._http.build_request(
            "POST", self.at(path), content=content, headers={"Content-Type": MEDIA}
        )
        return self._tried(request, again=True)

    def pause(self) -> None:
        """Wait a moment, for a server that works on what it was sent."""
        self._settings.sleep(_FIRST)

    def close(self) -> None:
        """End all connections."""
        self._http.close()

    def _tried(self, request: httpx.Request, again: bool) -> Answer:
        window = _FIRST
        for left in range(self._settings.tries - 1, -1, -1):
            try:
                return self._once(request)
            except _PassingError as passing:
                if not left or (passing.lost and not again):
                    raise passing.error from None
                wait = max(window * self._settings.chance(), min(passing.wait, _WIDEST))
            self._settings.sleep(wait)
            window = min(window * 2, _WIDEST)
        raise UnreachableError(f"{self.host} was not asked")  # tries is at least one

    def _once(self, request: httpx.Request, moved: int = 0) -> Answer:
        try:
            answer = self._http.send(request, stream=True)
            try:
                data = self._all(answer)
            finally:
                answer.close()
        except httpx.TransportError as error:
            why = f"{self.host} did not answer: {type(error).__name__}"
            raise _PassingError(UnreachableError(why)) from None
        except httpx.HTTPError as error:
            raise UnreachableError(f"{self.host} did not answer: {type(error).__name__}") from None
        if answer.status_code in _MOVED and request.method == "GET" and moved < 3:
            there = self.at(str(request.url.join(answer.headers.get("Location", ""))))
            return self._once(self._http.build_request("GET", there), moved + 1)
        return self._judged(answer, data)

    def _judged(self, answer: httpx.Response, data: bytes) -> Answer:
        status = answer.status_code
        if status in _AGAIN:
            error = AnsweredError(status, f"{self.host} is busy or away: it answered {status}")
            wait = _asked(answer.headers.get("Retry-After", ""))
            raise _PassingError(error, wait, lost=status not in _BUSY)
        if not 200 <= status < 300:
            raise AnsweredError(status, f"{self.host} {_said(status)}")
        media = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if data and media not in _JSON:
            raise AnsweredError(status, f"{self.host} answered {media[:60]!r}, which is no TAXII")
        return Answer({key.lower(): value for key, value in answer.headers.items()}, data)

    def _all(self, answer: httpx.Response) -> bytes:
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise UnreachableError(f"{self.host} packed its answer, and nobody asked for that")
        data, until = bytearray(), time.monotonic() + self._settings.whole
        for part in answer.iter_bytes():
            data += part
            if len(data) > self._settings.most:
                most = self._settings.most
                raise UnreachableError(f"{self.host}'s answer is longer than {most:,} bytes")
            if time.monotonic() > until:
                whole = self._settings.whole
                raise UnreachableError(f"{self.host}'s answer took longer than {whole:g} s")
        return bytes(data)


class _PassingError(Exception):
    """A failure that may be over at the next try, which is in `wait` seconds at the earliest. An
    answer may have been `lost` on the way: the server may have given it.
    """

    def __init__(self, error: UnreachableError, wait: float = 0.0, lost: bool = True) -> None:
        self.error, self.wait, self.lost = error, wait, lost
        super().__init__(str(error))


def base_of(url: str) -> httpx.URL:
    """The URL of a server or an API root, with a slash at its end. Raises UsageError."""
    try:
        base = httpx.URL(url)
    except (httpx.InvalidURL, TypeError, UnicodeError):
        raise UsageError(f"{url[:200]!r} is no URL of a TAXII server") from None
    if base.scheme not in ("https", "http") or not base.host or base.userinfo or base.query:
        raise UsageError(f"{url[:200]!r} is no URL of a TAXII server: https://host/path/")
    if base.scheme == "http" and base.host not in _HERE:
        raise UsageError("a credential goes over https alone, except on this machine")
    return base.copy_with(path=base.path.rstrip("/") + "/", fragment=None)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _said(status: int) -> str:
    words = {401: "does not know us", 403: "does not let us do this", 404: "has no such thing"}
    return f"{words.get(status, 'refused')} (it answered {status})"


def _asked(header: str) -> float:
    """For how many seconds Retry-After asks (RFC 9110, 10.2.3); a date counts as the longest."""
    text = header.strip()
    if text.isascii() and text.isdigit() and len(text) < 9:
        return float(text)
    try:
        parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0.0
    return _WIDEST
