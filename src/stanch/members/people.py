"""People of a member: added, given roles and let go by an administrator of that same member.

The log holds names and e-mail addresses as commitments only, so that they can be erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.access import api_keys, links, sessions
from stanch.members.access.rights import require, require_founding, require_session
from stanch.members.words import chosen, new_id, typed
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import member, person
from stanch.store.desk.transaction import Transaction

LISTING: Final = Listing(person, ("created", "name"), ("id", "name"))
_OPEN: Final = ("id", "member", "name", "roles", "active", "created")
_CLOSED: Final = ("email", "issuer")  # for the member's administrator


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Who a person is to be."""

    name: str
    roles: Sequence[str]
    email: str | None = None


def add(tx: Transaction, caller: Caller, new: NewPerson) -> str:
    """Add a person to the caller's own member; returns the id. They come in by a link.

    Raises ForbiddenError, UsageError for a role that is none or a name that cannot be one.
    """
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    return enter(tx, caller, caller.member.id, new)


def add_first(tx: Transaction, caller: Caller, of: str, new: NewPerson) -> str:
    """Give a member that has nobody its first administrator; returns the token of a one-time link.

    An administrator of a founding government may, and once. Raises ForbiddenError, NotFoundError,
    RefusedError where the member has people.
    """
    require_founding(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    require_session(caller)
    if tx.connection.execute(select(member.c.id).where(member.c.id == of)).first() is None:
        raise NotFoundError(f"no member {of}")
    if tx.connection.execute(select(person.c.id).where(person.c.member == of)).first():
        raise RefusedError(f"{of} has people; its own administrator adds more")
    return links.issue(tx, caller, enter(tx, caller, of, _administrator(new)))


def enter(tx: Transaction, caller: Caller | None, of: str, new: NewPerson) -> str:
    """As `add`, for callers within the house that have asked whether it may be."""
    name, roles = typed("name", new.name), chosen(Role, "roles", new.roles)
    email = _email(new.email)
    id = new_id("per")
    tx.connection.execute(
        insert(person).values(
            id=id, member=of, name=name, email=email, roles=roles, active=True, created=tx.at
        )
    )
    said = {
        "member": of,
        "roles": roles.split(),
        "name": commit_to(tx.connection, name),
        "email": commit_to(tx.connection, email) if email else None,
    }
    tx.record(caller, "person.added", id, said)
    return id


def change_roles(tx: Transaction, caller: Caller, id: str, roles: Sequence[str]) -> None:
    """Give a person of the caller's member other roles: from now on, in sessions and keys too.

    By somebody who has signed in: what a stolen key gave would outlast it. Raises ForbiddenError,
    NotFoundError, UsageError, RefusedError for the last administrator.
    """
    row = _mine(tx, caller, id)
    require_session(caller)
    text = chosen(Role, "roles", roles)
    tx.connection.execute(update(person).where(person.c.id == id).values(roles=text))
    _keep_an_administrator(tx, caller)
    tx.record(caller, "person.roles", id, {"before": row.roles.split(), "roles": text.split()})


def deactivate(tx: Transaction, caller: Caller, id: str) -> None:
    """Let a person go: sessions, links and API keys end in this same transaction.

    What they signed stays signed; their key is revoked in the directory, which members sign.
    Raises as `change_roles`.
    """
    _mine(tx, caller, id)
    tx.connection.execute(update(person).where(person.c.id == id).values(active=False))
    _keep_an_administrator(tx, caller)
    for ended in (sessions, links, api_keys):
        ended.end_all(tx, id)
    tx.record(caller, "person.deactivated", id, {})


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """People of the caller's own member; e-mail addresses for its administrator alone."""
    require(caller, scope=Scope.READ)
    query = select(*_shown(caller)).where(person.c.member == caller.member.id)
    return page(connection, query, LISTING, asked)


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A person of the caller's own member, as in the list. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    mine = (person.c.id == id, person.c.member == caller.member.id)
    row = connection.execute(select(*_shown(caller)).where(*mine)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no person {id}")
    return dict(row)


def _shown(caller: Caller) -> list[Any]:
    names = _OPEN + (_CLOSED if Role.ADMINISTRATOR in caller.roles else ())
    return [person.c[name] for name in names]


def _mine(tx: Transaction, caller: Caller, id: str) -> Row[Any]:
    require(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    mine = (person.c.id == id, person.c.member == caller.member.id, person.c.active)
    row = tx.connection.execute(select(person).where(*mine)).one_or_none()
    if row is None:
        raise NotFoundError(f"no active person {id}")
    return row


def _keep_an_administrator(tx: Transaction, caller: Caller) -> None:
    """Nobody could let anybody in any more. The transaction ends, and nothing has changed."""
    active = (person.c.member == caller.member.id, person.c.active)
    roles = tx.connection.execute(select(person.c.roles).where(*active)).scalars()
    if not any(Role.ADMINISTRATOR in text.split() for text in roles):
        raise RefusedError(f"{caller.member.id} would be left without an administrator")


def _administrator(new: NewPerson) -> NewPerson:
    return NewPerson(new.name, sorted({Role.ADMINISTRATOR, *new.roles}), new.email)


def _email(text: str | None) -> str | None:
    if text is None:
        return None
    text = typed("e-mail", text)
    name, at, house = text.rpartition("@")
    if not (name and at and house) or " " in text:
        raise UsageError(f"e-mail: {text!r} is no address")
    return text
