"""Coming in and going out: with a key, a one-time link, a provider's word, a session."""

from stanch.app.desk.desk import Desk
from stanch.members.access import entrance, sessions
from stanch.members.access.oidc import Identity
from stanch.members.access.sessions import Opened, Session
from stanch.model.desk.people import Caller


def with_key(desk: Desk, source: str, token: str) -> Caller:
    """Who asks with an API key. Raises StrangerError, TooManyError."""
    return entrance.with_key(desk.database, source, token)


def with_session(desk: Desk, token: str) -> Session:
    """The session of a token. Raises StrangerError."""
    return entrance.with_session(desk.database, token)


def by_link(desk: Desk, source: str, token: str, before: str | None = None) -> Opened:
    """Sign in by a one-time link; the session that the browser had ends.

    Raises StrangerError, TooManyError.
    """
    return entrance.by_link(desk.database, source, token, before)


def by_identity(desk: Desk, source: str, identity: Identity, before: str | None = None) -> Opened:
    """Sign in as the person of a verified identity. Raises StrangerError, TooManyError."""
    return entrance.by_identity(desk.database, source, identity, before)


def by_link_and_identity(
    desk: Desk, source: str, token: str, identity: Identity, before: str | None = None
) -> Opened:
    """Sign in by a one-time link, and from now on by this identity.

    Raises StrangerError, TooManyError, RefusedError where it is another person's.
    """
    return entrance.by_link_and_identity(desk.database, source, token, identity, before)


def sign_out(desk: Desk, token: str) -> None:
    """End a session."""
    with desk.database.write() as tx:
        sessions.close(tx, token)
