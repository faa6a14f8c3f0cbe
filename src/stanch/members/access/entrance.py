"""The door: whoever comes with a key, a link or a session passes here, and failures are counted."""

from stanch.members.access import api_keys, links, oidc, secrets, sessions
from stanch.members.access.lockout import guarded
from stanch.members.access.oidc import Identity
from stanch.members.access.sessions import Opened, Session
from stanch.members.times import seconds
from stanch.model.desk.people import Caller
from stanch.store.desk.transaction import Database


def with_key(database: Database, source: str, token: str) -> Caller:
    """Who asks with an API key from a network address; its use is noted, once a minute at most.

    Raises StrangerError, TooManyError.
    """
    now = database.now()
    with guarded(database, source, token), database.read() as connection:
        found = api_keys.key_of(connection, token, now)
    if found.used is None or seconds(found.used, now) >= api_keys.USED_EVERY:
        with database.write() as tx:
            api_keys.note(tx, token)
    return found.caller


def with_session(database: Database, token: str) -> Session:
    """The session of a token, whose idle time begins anew. Raises StrangerError.

    Not counted as failures: sessions end in everyday use, and a browser that still carries one must
    not lock a whole office out.
    """
    now = database.now()
    with database.read() as connection:
        found = sessions.session_of(connection, token, now)
    if seconds(found.seen, now) >= sessions.SEEN_EVERY:
        with database.write() as tx:
            sessions.note(tx, token)
    return found


def by_link(database: Database, source: str, token: str, before: str | None = None) -> Opened:
    """Sign in by a one-time link; `before` is the session that the browser had, and it ends.

    Raises StrangerError, TooManyError.
    """
    with guarded(database, source, token), database.write() as tx:
        return sessions.begin(tx, links.use(tx, token), before)


def by_identity(
    database: Database, source: str, identity: Identity, before: str | None = None
) -> Opened:
    """Sign in as the person of a verified identity. Raises StrangerError, TooManyError."""
    tried = secrets.digest(f"{identity.issuer} {identity.subject}")
    with guarded(database, source, tried), database.write() as tx:
        return sessions.begin(tx, oidc.known(tx.connection, identity).person, before)


def by_link_and_identity(
    database: Database, source: str, token: str, identity: Identity, before: str | None = None
) -> Opened:
    """Sign in by a one-time link, and from now on by this identity; the session `before` ends.

    Raises StrangerError, TooManyError, RefusedError.
    """
    with guarded(database, source, token), database.write() as tx:
        return sessions.begin(tx, oidc.bind(tx, token, identity), before)
