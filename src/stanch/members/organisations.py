"""Organisations: who is a member of the desk. Every member knows of every other."""

import re
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii
from sqlalchemy import Connection, insert, select

from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.access.rights import require, require_founding
from stanch.members.rows import as_member
from stanch.members.words import chosen, is_id, typed
from stanch.model.countries import code_of
from stanch.model.desk.people import Caller, Member, MemberKind, Role, Scope
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import directory, member
from stanch.store.desk.transaction import Transaction

PREFIX: Final = "mem-"
LISTING: Final = Listing(
    member, ("created", "name", "country", "kind"), ("id", "name", "kind", "country")
)
_SLUG: Final = 40  # characters of a name that go into an id


@dataclass(frozen=True, slots=True)
class NewMember:
    """What an organisation is to be. `country` is its code or name; `id` is made of the name where
    none is given. `founding` can be said until there is a directory, which says it from then on.
    """

    name: str
    kind: str
    country: str
    founding: bool = False
    id: str | None = None


def add(tx: Transaction, caller: Caller, new: NewMember) -> Member:
    """Add a member; an administrator of a founding government may.

    Raises ForbiddenError, UsageError for a word that is none, RefusedError where the id is taken.
    """
    require_founding(caller, Role.ADMINISTRATOR, scope=Scope.ADMIN)
    there_is_one = tx.connection.execute(select(directory.c.version).limit(1)).first() is not None
    if new.founding and there_is_one:
        raise RefusedError("who founds is said by the signed directory, not added to it here")
    return enter(tx, caller, new)


def enter(tx: Transaction, caller: Caller | None, new: NewMember) -> Member:
    """As `add`, for callers within the house that have asked whether it may be."""
    kind = MemberKind(chosen(MemberKind, "kind", [new.kind]))
    name, country = typed("name", new.name), code_of(new.country)
    if not country:
        raise UsageError(f"country: {new.country!r} is none of ISO 3166")
    if new.founding and kind != MemberKind.GOVERNMENT:
        raise UsageError("founding: only a government founds a desk")
    row = Member(_id(new.id, name), name, kind, country, new.founding)
    if tx.connection.execute(select(member.c.id).where(member.c.id == row.id)).first():
        raise RefusedError(f"there is a member {row.id} already; give another id")
    said = {"name": name, "kind": kind.value, "country": country, "founding": new.founding}
    tx.connection.execute(insert(member).values(id=row.id, created=tx.at, **said))
    tx.record(caller, "member.added", row.id, said)
    return row


def one(connection: Connection, caller: Caller, id: str) -> Member:
    """A member by its id. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    row = connection.execute(select(member).where(member.c.id == id)).one_or_none()
    if row is None:
        raise NotFoundError(f"no member {id}")
    return as_member(row)


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """Members; all of them see all."""
    require(caller, scope=Scope.READ)
    return page(connection, select(member), LISTING, asked)


def _id(given: str | None, name: str) -> str:
    if given is None:
        words = re.sub(r"[^a-z0-9]+", "-", anyascii(name).casefold()).strip("-")
        given = PREFIX + words[:_SLUG].strip("-")
    if not given.startswith(PREFIX) or not is_id(given):
        raise UsageError(f"id: {given!r} is no {PREFIX} and small letters, digits or hyphens")
    return given
