"""Who asks: a program with `Authorization: Bearer stk_...`, or a person with a session's cookie.

A cookie alone changes nothing: what changes something carries the session's own token in
`X-CSRF-Token` too. A header that is wrong is never made good by a cookie that is right.
"""

import ipaddress
from collections import Counter
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Depends, Request, Response

from stanch.app.desk import door
from stanch.app.desk.desk import Desk
from stanch.app.desk.watching import Watching
from stanch.app.desk.words import Opened, Session
from stanch.app.registry.shelf import Shelf
from stanch.errors import ForbiddenError, StrangerError
from stanch.model.desk.people import Caller
from stanch.web.asgi import Scope, header
from stanch.web.config import Config
from stanch.web.oidc import OpenId
from stanch.web.pulse import Pulse

SAFE: Final = ("GET", "HEAD", "OPTIONS")
CSRF: Final = "x-csrf-token"
_KEY: Final = "stk_"
_LONGEST: Final = 200  # characters of a secret
_LONGEST_COOKIE: Final = 4096
_SESSION_SECONDS: Final = 12 * 3600


@dataclass(frozen=True, slots=True)
class House:
    """What every request needs of the server: the open desk, and how it is run."""

    desk: Desk
    config: Config
    pulse: Pulse
    openid: OpenId | None = None
    watching: Watching | None = None
    shelf: Shelf = field(default_factory=Shelf)
    streams: Counter[str] = field(default_factory=Counter)  # of each person


def house_of(request: Request) -> House:
    """The server's own."""
    house = request.app.state.house
    assert isinstance(house, House)
    return house


def desk_of(request: Request) -> Desk:
    """The open desk."""
    return house_of(request).desk


def source_of(request: Request) -> str:
    """From where a request came: the peer, or whom a proxy that is trusted names."""
    config = house_of(request).config
    peer = request.client.host if request.client else "unknown"
    named = request.headers.getlist("x-forwarded-for")
    return forwarded(peer, ",".join(named), config.proxies)


def came_from(scope: Scope, proxies: tuple[str, ...]) -> str:
    """The same of a request that no route has seen yet."""
    client = scope.get("client")
    passed = b",".join(header(scope, b"x-forwarded-for")).decode("latin-1")
    return forwarded(client[0] if client else "unknown", passed, proxies)


def forwarded(peer: str, header: str, proxies: tuple[str, ...]) -> str:
    """The last address in X-Forwarded-For that no trusted proxy has; the peer where it is none."""
    if not _trusted(peer, proxies):
        return peer
    for hop in reversed([part.strip() for part in header.split(",") if part.strip()]):
        try:
            ipaddress.ip_address(hop)
        except ValueError:
            return peer
        if not _trusted(hop, proxies):
            return hop
    return peer


def token_of(request: Request) -> str | None:
    """The session's token in the cookie. Raises StrangerError where there are two of the name:
    a browser that was given a second one must not be let in by it.
    """
    return cookie_of(request, house_of(request).config.cookie)


def cookie_of(request: Request, name: str) -> str | None:
    """A cookie that is there once. Raises StrangerError where it is there twice."""
    pairs = ";".join(request.headers.getlist("cookie")).split(";")
    found = [
        value.strip() for key, is_pair, value in (each.partition("=") for each in pairs)
        if is_pair and key.strip() == name
    ]  # fmt: skip
    if len(found) > 1 or any(len(each) > _LONGEST_COOKIE for each in found):
        raise StrangerError("not known here: two sessions in one request, or one that is none")
    return found[0] if found else None


def session_of(request: Request) -> Session:
    """The session of the browser. Raises StrangerError; and ForbiddenError where something would
    change and the request does not carry the session's own token.
    """
    token = token_of(request)
    if not token:
        raise StrangerError("not known here: sign in, or send Authorization: Bearer stk_...")
    session = door.with_session(desk_of(request), token)
    if request.method not in SAFE:
        same_site(request)
        session.check(request.headers.get(CSRF, ""))
    return session


def who(request: Request) -> Caller:
    """Who asks. Raises StrangerError, ForbiddenError, TooManyError."""
    headers = request.headers.getlist("authorization")
    if not headers:
        return session_of(request).caller
    scheme, _, token = headers[0].partition(" ")
    token = token.strip()
    fits = token.startswith(_KEY) and len(token) <= _LONGEST
    if len(headers) > 1 or scheme.lower() != "bearer" or not fits:
        raise StrangerError("not known here: Authorization is to be: Bearer stk_...")
    return door.with_key(desk_of(request), source_of(request), token)


def same_site(request: Request) -> None:
    """Raise ForbiddenError where a browser says that another site sent it here."""
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    foreign = origin is not None and origin != house_of(request).config.origin
    if fetched not in ("same-origin", "none") or foreign:
        raise ForbiddenError("this came from another site")


def let_in(request: Request, response: Response, opened: Opened) -> None:
    """Give the browser its session."""
    config = house_of(request).config
    response.set_cookie(
        config.cookie, opened.token, max_age=_SESSION_SECONDS, path="/",
        secure=config.tls, httponly=True, samesite="strict",
    )  # fmt: skip


def let_out(request: Request, response: Response) -> None:
    """Take the browser's session from it."""
    config = house_of(request).config
    response.delete_cookie(
        config.cookie, path="/", secure=config.tls, httponly=True, samesite="strict"
    )


Who = Annotated[Caller, Depends(who)]
At = Annotated[Desk, Depends(desk_of)]
Source = Annotated[str, Depends(source_of)]


def _trusted(address: str, proxies: tuple[str, ...]) -> bool:
    try:
        at = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(at in ipaddress.ip_network(each) for each in proxies)
