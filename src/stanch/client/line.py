"""The line to a desk: HTTP, JSON, one API key, or the session of a person who signed in. What it
does not understand, it takes for no answer.

The key goes to the desk's own address and nowhere else: no redirect is followed, and without TLS
only this machine is spoken to. An answer that is packed is none: 500 bytes, packed twice, fill the
memory before anybody has counted them.
"""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final

import httpx

from stanch.client.problems import error_of
from stanch.client.session import Session
from stanch.client.trust import now
from stanch.errors import UnreachableError, UsageError

MOST: Final = 64 << 20  # bytes of an answer
MOST_LINE: Final = 4 << 20  # bytes

_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_KEY: Final = re.compile(r"[-_.~+/=A-Za-z0-9]{16,512}")
_NAME: Final = re.compile(r"[-_.:A-Za-z0-9]{1,128}")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a desk is spoken to. Times are seconds; `transport` replaces the network, `clock` the
    machine's.
    """

    timeout: float = 30.0
    whole: float = 600.0  # for one answer, however it drips
    quiet: float = 90.0  # after so long without a sign a stream is taken for dead
    transport: httpx.BaseTransport | None = None
    clock: Callable[[], datetime] = now


class Line:
    """Requests to one desk. Raises what `problems` says, and UnreachableError."""

    def __init__(
        self, url: str, by: str | Session | None, settings: Settings | None = None
    ) -> None:
        """`by` is an API key or a session; None is nobody, who can only sign in.

        Raises UsageError where the URL or the key can be none, or the session is another desk's.
        """
        settings = settings or Settings()
        base = _base(url)
        self._whole = settings.whole
        self._quiet = httpx.Timeout(settings.timeout, read=settings.quiet)
        self._http = httpx.Client(
            base_url=base,
            headers={
                **_credentials(base, by),
                "Accept": "application/json",
                "Accept-Encoding": "identity",
            },
            timeout=settings.timeout,
            transport=settings.transport,
            follow_redirects=False,
            trust_env=base.scheme == "https",  # a proxy of the environment would read the key
        )

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """The JSON at a path."""
        return _json(self.read("GET", path, query=query))

    def items(self, path: str) -> list[dict[str, Any]]:
        """The rows of a list that is one page whole, and takes no question."""
        return _page(self.get(path))[0]

    def rows(self, path: str, query: Mapping[str, str] | None = None) -> Iterator[dict[str, Any]]:
        """All rows of a list, page by page."""
        asked, seen = {"limit": "500", **(query or {})}, set[str]()
        while True:
            page = self.get(path, asked)
            items, following = _page(page)
            yield from items
            if following is None:
                return
            if following in seen:
                raise UnreachableError("the desk's list goes round in a circle")
            seen.add(following)
            asked = {**asked, "after": following}

    def post(self, path: str, body: object, once: str | None = None) -> Any:
        """The JSON that follows from sending some; twice under the key `once` is once."""
        return _json(self.read("POST", path, body=body, once=once))

    def put(self, path: str, body: object) -> Any:
        """The JSON that follows from putting some in the place of what was there."""
        return _json(self.read("PUT", path, body=body))

    def send(self, path: str, query: Mapping[str, str | list[str]], content: bytes) -> Any:
        """The JSON that follows from sending a file's bytes."""
        headers = {"Content-Type": "application/octet-stream"}
        request = self._http.build_request(
            "POST", path, params=query, content=content, headers=headers
        )
        with self._answer(request) as answer:
            return _json(self._all(answer))

    def read(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        once: str | None = None,
    ) -> bytes:
        """The bytes of an answer, up to MOST."""
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        if once is not None:
            headers["Idempotency-Key"] = once
        request = self._http.build_request(
            method, path, params=query, content=content, headers=headers
        )
        with self._answer(request) as answer:
            return self._all(answer)

    def save(self, method: str, path: str, stream: BinaryIO) -> int:
        """Write an answer of any length to a stream as it comes; returns how many bytes it had."""
        request, size = self._http.build_request(method, path), 0
        with self._answer(request) as answer:
            for part in answer.iter_bytes():
                size += stream.write(part)
        return size

    @contextmanager
    def stream(
        self, path: str, query: Mapping[str, str], headers: Mapping[str, str]
    ) -> Iterator[Iterator[str]]:
        """The lines of an answer that does not end by itself."""
        request = self._http.build_request(
            "GET", path, params=query, headers=headers, timeout=self._quiet
        )
        with self._answer(request) as answer:
            yield _lines(answer.iter_bytes())

    def cookies(self) -> dict[str, str]:
        """What the desk gave this line to carry, by name."""
        return {each.name: each.value or "" for each in self._http.cookies.jar}

    def close(self) -> None:
        """End all connections."""
        self._http.close()

    def _all(self, answer: httpx.Response) -> bytes:
        data, until = bytearray(), time.monotonic() + self._whole
        for part in answer.iter_bytes():
            data += part
            if len(data) > MOST:
                raise UnreachableError(f"the desk's answer is longer than {MOST:,} bytes")
            if time.monotonic() > until:
                raise UnreachableError(f"the desk's answer took longer than {self._whole:g} s")
        return bytes(data)

    @contextmanager
    def _answer(self, request: httpx.Request) -> Iterator[httpx.Response]:
        try:
            answer = self._http.send(request, stream=True)
            try:
                if answer.headers.get("Content-Encoding", "identity") != "identity":
                    raise UnreachableError("the desk's answer is packed, and nobody asked for that")
                if not answer.is_success:
                    wait = answer.headers.get("Retry-After")
                    raise error_of(answer.status_code, self._all(answer), wait)
                yield answer
            finally:
                answer.close()
        except httpx.HTTPError as error:
            why = type(error).__name__
            raise UnreachableError(
                f"the desk at {request.url.host} did not answer: {why}"
            ) from None


def named(id: str) -> str:
    """An id as part of a path. Raises UsageError where it is none, and could lead elsewhere."""
    if not _NAME.fullmatch(id) or id in (".", ".."):
        raise UsageError(f"{id[:64]!r} is no id")
    return id


def _base(url: str) -> httpx.URL:
    try:
        base = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        raise UsageError(f"{url!r} is no URL of a desk") from None
    if base.scheme not in ("https", "http") or not base.host or base.userinfo:
        raise UsageError(f"{url!r} is no URL of a desk: https://host")
    if base.scheme == "http" and base.host not in _HERE:
        raise UsageError("an API key goes over https alone, except on this machine")
    return base


def _credentials(base: httpx.URL, by: str | Session | None) -> dict[str, str]:
    if by is None:
        return {}
    if isinstance(by, Session):
        of = _base(by.server)
        if (of.scheme, of.host, of.port) != (base.scheme, base.host, base.port):
            raise UsageError(f"the session is one at {by.server}, and goes to no other desk")
        return by.headers()
    if not _KEY.fullmatch(by):
        raise UsageError("that is no API key")
    return {"Authorization": f"Bearer {by}"}


def _page(page: Any) -> tuple[list[dict[str, Any]], str | None]:
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise UnreachableError("the desk's answer is no list")
    following = page.get("next")
    return items, None if following is None else str(following)


def _lines(parts: Iterable[bytes]) -> Iterator[str]:
    """Lines that end in a line feed and in nothing else, as long as MOST_LINE."""
    left = b""
    for part in parts:
        *whole, left = (left + part).split(b"\n")
        if len(left) > MOST_LINE:
            raise UnreachableError(f"a line of the desk is longer than {MOST_LINE:,} bytes")
        for each in whole:
            yield each.removesuffix(b"\r").decode("utf-8", "replace")


def _json(data: bytes) -> Any:
    if not data:
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise UnreachableError("the desk's answer is no JSON") from None
