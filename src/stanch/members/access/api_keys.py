"""API keys: how a person's programs come in. Hashed, narrowed by scopes, expiring, revocable."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from stanch.errors import NotFoundError, UsageError
from stanch.members.access import secrets
from stanch.members.access.rights import require, require_session, stranger
from stanch.members.rows import active_people, as_caller
from stanch.members.times import moved
from stanch.members.words import chosen, new_id, typed
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import api_key, person
from stanch.store.desk.transaction import Transaction

MOST_DAYS: Final = 365
USED_EVERY: Final = 60  # seconds: how often use is noted
LISTING: Final = Listing(api_key, ("created", "expires", "label"), ("person", "label"))


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a key is to be: a label to know it by, scopes, and for how many days it holds."""

    label: str
    scopes: Sequence[str]
    days: int = 90
    person: str | None = None  # of the same member; the caller where none is named


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key. The token is shown once."""

    id: str
    token: str = field(repr=False)
    expires: str


@dataclass(frozen=True, slots=True)
class Used:
    """Who asks with a key, and when its use was noted last."""

    caller: Caller
    used: str | None


def make(tx: Transaction, caller: Caller, new: NewKey) -> MadeKey:
    """A key for the caller, or for another person of their member where an administrator asks.

    It never reaches further than its person's roles at the moment of use. Raises ForbiddenError,
    NotFoundError for a person of another member, UsageError for a scope or days out of bounds.
    """
    require_session(caller)
    to = new.person or caller.person
    if to != caller.person:
        require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    if not 1 <= new.days <= MOST_DAYS:
        raise UsageError(f"days: from 1 to {MOST_DAYS}")
    label, scopes = typed("label", new.label), chosen(Scope, "scopes", new.scopes)
    mine = active_people().where(person.c.id == to, person.c.member == caller.member.id)
    if tx.connection.execute(mine).one_or_none() is None:
        raise NotFoundError(f"no active person {to}")
    secret = secrets.make(secrets.KEY)
    made = MadeKey(new_id("key"), secret.token, moved(tx.at, days=new.days))
    tx.connection.execute(
        insert(api_key).values(
            id=made.id,
            person=to,
            label=label,
            digest=secret.digest,
            scopes=scopes,
            created=tx.at,
            expires=made.expires,
        )
    )
    said = {"person": to, "scopes": scopes.split(), "expires": made.expires}
    tx.record(caller, "key.made", made.id, said)
    return made


def revoke(tx: Transaction, caller: Caller, key: str) -> None:
    """End a key: one's own, or any of the member where an administrator asks.

    Raises NotFoundError for any other, and for one that is revoked already.
    """
    require(caller, scope=Scope.ADMIN)
    ended = (
        update(api_key)
        .where(api_key.c.id == key, api_key.c.revoked.is_(None), _mine(caller))
        .values(revoked=tx.at)
    )
    if tx.connection.execute(ended).rowcount != 1:
        raise NotFoundError(f"no key {key}")
    tx.record(caller, "key.revoked", key, {})


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Keys without their digests: one's own, or all of the member for its administrator."""
    require(caller, scope=Scope.ADMIN)
    columns = [column for column in api_key.c if column.name != "digest"]
    return page(connection, select(*columns).where(_mine(caller)), LISTING, asked)


def key_of(connection: Connection, token: str, now: str) -> Used:
    """Who asks with this key, with roles as they are now. Raises StrangerError."""
    query = (
        active_people()
        .join(api_key, api_key.c.person == person.c.id)
        .add_columns(api_key.c.scopes, api_key.c.used)
        .where(api_key.c.digest == secrets.digest(token), _holds(now))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        raise stranger()
    return Used(as_caller(row, row.scopes.split()), row.used)


def caller_of_key(connection: Connection, token: str, now: str) -> Caller:
    """Who asks with this key. Raises StrangerError."""
    return key_of(connection, token, now).caller


def note(tx: Transaction, token: str) -> None:
    """Say that a key was used just now."""
    digest = secrets.digest(token)
    tx.connection.execute(
        update(api_key).where(api_key.c.digest == digest, _holds(tx.at)).values(used=tx.at)
    )


def end_all(tx: Transaction, of: str) -> None:
    """No key of this person holds any more."""
    holding = (api_key.c.person == of, api_key.c.revoked.is_(None))
    tx.connection.execute(update(api_key).where(*holding).values(revoked=tx.at))


def _holds(now: str) -> ColumnElement[bool]:
    return and_(api_key.c.revoked.is_(None), api_key.c.expires > now)


def _mine(caller: Caller) -> ColumnElement[bool]:
    if Role.ADMINISTRATOR not in caller.roles:
        return api_key.c.person == caller.person
    people: Any = select(person.c.id).where(person.c.member == caller.member.id)
    return api_key.c.person.in_(people)
