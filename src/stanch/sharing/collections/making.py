"""Collections are made by a member that owns them, which says who reads and who writes."""

import re
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from stanch.errors import ForbiddenError, NotFoundError, RefusedError, UsageError
from stanch.members.access.rights import require
from stanch.members.words import chosen, typed
from stanch.model.desk.people import Caller, Role, Scope
from stanch.sharing.collections.access import Reader, one
from stanch.sharing.collections.words import Access, Purpose
from stanch.store.desk.commitments import commit_to
from stanch.store.desk.seated import Reader as Sitting
from stanch.store.desk.seated import this_body
from stanch.store.desk.tables import body, collection, collection_member, member
from stanch.store.desk.transaction import Transaction

WRITERS: Final = (Role.ANALYST, Role.ADMINISTRATOR)
_ALIAS: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_ALIAS: Final = 64


@dataclass(frozen=True, slots=True)
class NewCollection:
    """A collection as it is made. `alias` names it in addresses beside its id; `body` is that of a
    collection for a working group.
    """

    title: str
    purpose: str = Purpose.PURPOSE.value
    description: str = ""
    alias: str | None = None
    body: str | None = None


def make(tx: Transaction, caller: Caller, new: NewCollection) -> str:
    """Make a collection of the caller's member; returns its id, a UUID.

    Its owner reads and writes it. Raises ForbiddenError, UsageError for a word that is none,
    NotFoundError for a body that the caller does not see, RefusedError where the alias is taken.
    """
    require(caller, *WRITERS, scope=Scope.SHARE)
    purpose = Purpose(chosen(Purpose, "purpose", [new.purpose]))
    row = {
        "id": str(uuid.uuid4()),
        "owner": caller.member.id,
        "title": typed("title", new.title),
        "description": typed("description", new.description, 2000) if new.description else "",
        "alias": _alias(tx, caller, new.alias),
        "purpose": purpose.value,
        "body": _body(tx, caller, purpose, new.body),
        "revision": 0,
        "last_added": "",
        "created": tx.at,
    }
    tx.connection.execute(insert(collection).values(row))
    _write(tx, str(row["id"]), caller.member.id, True, True)
    # Who may not see the collection reads the log too: its words are sealed.
    words = commit_to(tx.connection, f"{row['title']}\n{row['description']}\n{row['alias'] or ''}")
    tx.record(caller, "collection.made", str(row["id"]), {"purpose": purpose.value, "words": words})
    return str(row["id"])


def grant(tx: Transaction, caller: Caller, id: str, to: str, may: tuple[bool, bool]) -> None:
    """Let a member read, or write, or both: `may` is (reads, writes), and neither takes it back.

    What it was let before is replaced. Raises NotFoundError, ForbiddenError where the collection
    is another's, UsageError for no member, RefusedError where the owner would lock itself out.
    """
    found = owned(tx, caller, id)
    known = select(member.c.id).where(member.c.id == to)
    if tx.connection.execute(known).first() is None:
        raise UsageError(f"member: no member {to[:80]!r}")
    if to == found.owner and not may[0]:
        raise RefusedError("the owner of a collection reads it")
    _write(tx, found.id, to, *may)
    said = commit_to(tx.connection, f"{to} reads={may[0]} writes={may[1]}")
    tx.record(caller, "collection.granted", found.id, {"grant": said})


def grants(connection: Connection, caller: Caller, id: str, now: str) -> list[dict[str, Any]]:
    """Who was let in, for the collection's owner; for others, their own row.

    Raises NotFoundError.
    """
    found = one(connection, Reader(caller.member.id, now), id)
    query = select(collection_member).where(collection_member.c.collection == found.id)
    if found.owner != caller.member.id:
        query = query.where(collection_member.c.member == caller.member.id)
    rows = connection.execute(query.order_by(collection_member.c.member)).mappings()
    return [{name: row[name] for name in ("member", "reads", "writes", "since")} for row in rows]


def owned(tx: Transaction, caller: Caller, id: str) -> Access:
    """A collection of the caller's member, to be changed. Raises NotFoundError, ForbiddenError."""
    require(caller, *WRITERS, scope=Scope.SHARE)
    found = one(tx.connection, Reader(caller.member.id, tx.at), id)
    if found.owner != caller.member.id:
        raise ForbiddenError("this is for the owner of the collection")
    return found


def _write(tx: Transaction, id: str, to: str, reads: bool, writes: bool) -> None:
    mine = (collection_member.c.collection == id, collection_member.c.member == to)
    tx.connection.execute(delete(collection_member).where(*mine))
    if reads or writes:
        row = {"collection": id, "member": to, "reads": reads, "writes": writes, "since": tx.at}
        tx.connection.execute(insert(collection_member).values(row))


def _alias(tx: Transaction, caller: Caller, said: str | None) -> str | None:
    if said is None:
        return None
    if len(said) > _MOST_ALIAS or not _ALIAS.fullmatch(said):
        raise UsageError(f"alias: {said[:80]!r} is no small letters, digits and hyphens")
    mine = collection.c.owner == caller.member.id  # of others nothing is told, not even this
    taken = select(collection.c.id).where(collection.c.alias == said, mine)
    if tx.connection.execute(taken).first():
        raise RefusedError(f"alias: {said} is taken; choose another")
    return said


def _body(tx: Transaction, caller: Caller, purpose: Purpose, id: str | None) -> str | None:
    if (purpose == Purpose.BODY) != (id is not None):
        raise UsageError("body: is said of a collection of purpose body, and of no other")
    if id is None:
        return None
    query = select(body.c.id).where(this_body(Sitting(caller, tx.at), id))
    if tx.connection.execute(query).first() is None:
        raise NotFoundError(f"no body {id[:80]}")
    return id
