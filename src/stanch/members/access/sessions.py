"""Sessions of people who signed in: ended after 30 idle minutes, after 12 hours in any case."""

import hmac
import secrets as random
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, update

from stanch.errors import ForbiddenError
from stanch.members.access import secrets
from stanch.members.access.rights import stranger
from stanch.members.rows import active_people, as_caller
from stanch.members.times import moved
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import person, session
from stanch.store.desk.transaction import Transaction

IDLE_MINUTES: Final = 30
MOST_HOURS: Final = 12
SEEN_EVERY: Final = 60  # seconds: how often use is noted


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session. `token` goes into a cookie, `csrf` into each form."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)
    expires: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session that holds: who it is, what forms must carry, when it was last noted."""

    caller: Caller
    csrf: str = field(repr=False)
    seen: str
    expires: str

    def check(self, csrf: str) -> None:
        """Raise ForbiddenError unless a form carries this session's own token."""
        given = csrf.encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(given, self.csrf.encode()):
            raise ForbiddenError("this form is not of this session; load the page again")


def begin(tx: Transaction, of: str, before: str | None = None) -> Opened:
    """A session for a person who proved who they are (`links.use`, `oidc.known`).

    `before` is the token that the browser carried until now: that session ends, so that nobody can
    put a token of theirs under another's sign-in. Raises StrangerError for who is not active.
    """
    row = tx.connection.execute(active_people().where(person.c.id == of)).one_or_none()
    if row is None:
        raise stranger()
    if before is not None:
        close(tx, before)
    _sweep(tx)
    secret = secrets.make(secrets.SESSION)
    opened = Opened(secret.token, random.token_urlsafe(32), moved(tx.at, hours=MOST_HOURS))
    tx.connection.execute(
        insert(session).values(
            digest=secret.digest,
            person=of,
            csrf=opened.csrf,
            created=tx.at,
            expires=opened.expires,
            seen=tx.at,
        )
    )
    tx.record(as_caller(row), "session.opened", of, {})
    return opened


def session_of(connection: Connection, token: str, now: str) -> Session:
    """The session of a token, with roles as they are now. Raises StrangerError."""
    query = (
        active_people()
        .join(session, session.c.person == person.c.id)
        .add_columns(session.c.csrf, session.c.seen, session.c.expires.label("until"))
        .where(session.c.digest == secrets.digest(token), _holds(now))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise stranger()
    return Session(as_caller(row), row.csrf, row.seen, row.until)


def caller_of_session(connection: Connection, token: str, now: str) -> Caller:
    """Who asks with this token. Raises StrangerError."""
    return session_of(connection, token, now).caller


def note(tx: Transaction, token: str) -> None:
    """Say that a session was used just now: its idle time begins anew, if it is not over."""
    digest = secrets.digest(token)
    tx.connection.execute(
        update(session).where(session.c.digest == digest, _holds(tx.at)).values(seen=tx.at)
    )


def close(tx: Transaction, token: str) -> None:
    """Sign out. A token that nobody knows is none any more either."""
    tx.connection.execute(delete(session).where(session.c.digest == secrets.digest(token)))


def end_all(tx: Transaction, of: str) -> None:
    """No session of this person holds any more."""
    tx.connection.execute(delete(session).where(session.c.person == of))


def _holds(now: str) -> ColumnElement[bool]:
    return and_(session.c.expires > now, session.c.seen > moved(now, minutes=-IDLE_MINUTES))


def _sweep(tx: Transaction) -> None:
    """Take away what is over anyway."""
    idle = session.c.seen <= moved(tx.at, minutes=-IDLE_MINUTES)
    over: Any = or_(session.c.expires <= tx.at, idle)
    tx.connection.execute(delete(session).where(over))
