"""Coming in as a person, by a one-time link, and going out."""

import re
from contextlib import suppress
from typing import Any, Final

from stanch.client.line import Line, Settings
from stanch.client.session import COOKIES, Session
from stanch.errors import StrangerError, UnreachableError, UsageError

_LINK: Final = re.compile(r"[-_A-Za-z0-9]{16,200}")


def sign_in(
    url: str, link: str, before: Session | None = None, settings: Settings | None = None
) -> Session:
    """A session, for a one-time link or its token, which is used up; the session `before` ends.

    Raises StrangerError for a link that is wrong, used or over, UsageError for what is no link.
    """
    token = link.strip().rpartition("#")[2]
    if not _LINK.fullmatch(token):
        raise UsageError("that is no one-time link, nor the token of one")
    line = Line(url, before, settings)
    try:
        said = line.post("/v1/sign-in/link", {"token": token})
        return _session(url, said, line.cookies())
    finally:
        line.close()


def sign_out(session: Session, settings: Settings | None = None) -> None:
    """End a session. One that is over already is none any more either."""
    line = Line(session.server, session, settings)
    try:
        with suppress(StrangerError):
            line.read("POST", "/v1/sign-out")
    finally:
        line.close()


def _session(url: str, said: Any, cookies: dict[str, str]) -> Session:
    found = [(name, cookies[name]) for name in COOKIES if name in cookies]
    if not isinstance(said, dict) or len(found) != 1:
        raise UnreachableError("the desk's answer opens no session")
    ((name, token),) = found
    try:
        return Session(url, name, token, str(said.get("csrf")), str(said.get("expires")))
    except ValueError:
        raise UnreachableError("the desk's answer opens no session") from None
