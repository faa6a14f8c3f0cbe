"""One-time links: for one person, for 24 hours, used once however many try at once."""

from typing import Any, Final

from sqlalchemy import Select, delete, insert, select, update

from stanch.errors import NotFoundError
from stanch.members.access import secrets
from stanch.members.access.rights import require, require_session, stranger
from stanch.members.rows import active_people
from stanch.members.times import moved
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.tables import link, person
from stanch.store.desk.transaction import Transaction

HOURS: Final = 24


def make(tx: Transaction, caller: Caller, to: str) -> str:
    """The token of a new link for a person of the caller's own member, whose administrator asks.

    Links made before for that person end. Raises ForbiddenError, or NotFoundError for anybody who
    is no active person of that member.
    """
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    require_session(caller)
    mine = active_people().where(person.c.id == to, person.c.member == caller.member.id)
    if tx.connection.execute(mine).one_or_none() is None:
        raise NotFoundError(f"no active person {to}")
    return issue(tx, caller, to)


def issue(tx: Transaction, caller: Caller | None, to: str) -> str:
    """As `make`, for callers within the house that have asked whether it may be."""
    end_all(tx, to)
    secret = secrets.make(secrets.LINK)
    expires = moved(tx.at, hours=HOURS)
    tx.connection.execute(
        insert(link).values(digest=secret.digest, person=to, created=tx.at, expires=expires)
    )
    tx.record(caller, "link.made", to, {"expires": expires})
    return secret.token


def use(tx: Transaction, token: str) -> str:
    """The person whom a link lets in, from now on never again. Raises StrangerError."""
    digest = secrets.digest(token)
    used = (
        update(link)
        .where(
            link.c.digest == digest,
            link.c.used.is_(None),
            link.c.expires > tx.at,
            link.c.person.in_(_active()),
        )
        .values(used=tx.at)
        .returning(link.c.person)
    )
    # The condition is in the change itself: of two at once the second changes no row.
    to = tx.connection.execute(used).scalar_one_or_none()
    if to is None:
        raise stranger()
    tx.record(None, "link.used", to, {})
    return str(to)


def end_all(tx: Transaction, of: str) -> None:
    """No link of this person holds any more."""
    tx.connection.execute(delete(link).where(link.c.person == of))


def _active() -> Select[Any]:
    return select(person.c.id).where(person.c.active)
