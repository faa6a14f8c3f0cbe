"""Fetching a list's file by HTTP, only where it changed, and never more than a bound.

A redirect is followed only to an https address: what a list says must not depend on who stands
in the way. A body that ends early, comes too slowly or is too large is an error, not a list.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import httpx

from stanch import __version__
from stanch.errors import InputError

MAX_REDIRECTS: Final = 5
WHOLE: Final = 20  # times the patience with a silent server is the patience with a slow one

_HTTP_OK: Final = 200
_HTTP_NOT_MODIFIED: Final = 304
_HEADERS: Final = {"User-Agent": f"stanch/{__version__}", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server may say nothing, in seconds, and how much it may send."""

    silence: float
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a server said of the file that was fetched last: its ETag and Last-Modified."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """Headers that ask for the file only if it is another one."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in said.items() if value}


def fetch(url: str, folder: Path, known: Known, limits: Limits) -> tuple[Path, Known] | None:
    """Fetch `url` into `folder` under the name it has there; None where it is as `known`.

    Raises InputError, which names the address without its query, where that does not succeed.
    """
    place = shown(url)
    try:
        with (
            httpx.Client(timeout=limits.silence, headers=_HEADERS) as client,
            _answer(client, url, known) as answer,
        ):
            if answer.status_code == _HTTP_NOT_MODIFIED and known.headers():
                return None
            if answer.status_code != _HTTP_OK:
                raise InputError(place, f"the server answered {answer.status_code}")
            file = folder / (PurePosixPath(httpx.URL(url).path).name or "download")
            _save(place, answer, file, limits)
            said = answer.headers
            return file, Known(said.get("etag", ""), said.get("last-modified", ""))
    except httpx.TimeoutException:
        raise InputError(place, f"no answer within {limits.silence:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InputError(place, f"cannot be fetched ({_reason(error)})") from None


def shown(url: str) -> str:
    """An address without its query, which may hold a key, and without a user's name."""
    try:
        whole = httpx.URL(url)
    except httpx.InvalidURL:
        return url.partition("?")[0]
    return str(whole.copy_with(query=None, fragment=None, userinfo=b""))


@contextmanager
def _answer(client: httpx.Client, url: str, known: Known) -> Iterator[httpx.Response]:
    """The answer at the end of all redirects."""
    at = httpx.URL(url)
    for _ in range(MAX_REDIRECTS + 1):
        with client.stream("GET", at, headers=known.headers()) as answer:
            if not answer.has_redirect_location:
                yield answer
                return
            at = answer.url.join(answer.headers["location"])
            if at.scheme != "https":
                raise InputError(shown(url), f"leads to {shown(str(at))}, which is not https")
    raise InputError(shown(url), f"leads through more than {MAX_REDIRECTS} addresses")


def _save(place: str, answer: httpx.Response, file: Path, limits: Limits) -> None:
    end, size = time.monotonic() + WHOLE * limits.silence, 0
    with file.open("wb") as stream:
        for piece in answer.iter_bytes():  # as it arrives, to see the time pass
            size += len(piece)
            if size > limits.max_bytes:
                raise InputError(place, f"is larger than {limits.max_bytes >> 20:,} MiB")
            if time.monotonic() > end:
                raise InputError(place, f"not whole after {WHOLE * limits.silence:g} seconds")
            stream.write(piece)


def _reason(error: Exception) -> str:
    """The first line of what a library says, or the kind of error where it says nothing."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
