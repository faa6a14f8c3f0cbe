"""Reading collections by TAXII: each request one look at the database, its answer as bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlalchemy import Connection

from stanch.app.desk.desk import Desk
from stanch.errors import ForbiddenError, NotFoundError, UsageError
from stanch.formats.taxii import cursor, resources
from stanch.formats.taxii import filters as queries
from stanch.formats.taxii.filters import EVERYTHING, Filters
from stanch.formats.taxii.resources import CollectionInfo
from stanch.model.desk.people import Caller, Scope
from stanch.sharing.collections import access, statuses
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.pages import Want, page
from stanch.sharing.collections.words import Access, View
from stanch.store.desk.folder import Folder

SCOPES: Final = frozenset({"*", Scope.READ.value, Scope.SHARE.value})
_NEVER: Final = "1970-01-01T00:00:00.000000Z"  # before anything was added


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a collection is asked for: its id or alias, an object's id, and the query."""

    collection: str
    query: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `first` and `last` are when the first and the last row of a page were
    added; where it has none, the time behind which was asked.
    """

    body: bytes = field(repr=False)
    first: str = ""
    last: str = ""


def collections(desk: Desk, caller: Caller) -> Answer:
    """The collections that the caller may read or write."""
    reader = reading(desk, caller)
    with desk.database.read() as connection:
        found = access.all_of(connection, reader)
    # Members choose aliases unseen by others: of two the same, the first is the alias's.
    first = {each.alias: each.id for each in reversed(found)}
    return Answer(resources.collections(info(each, first[each.alias]) for each in found))


def collection(desk: Desk, caller: Caller, id: str) -> Answer:
    """One collection. Raises NotFoundError."""
    reader = reading(desk, caller)
    with desk.database.read() as connection:
        found = access.one(connection, reader, id)
        first = access.one(connection, reader, found.alias).id if found.alias else ""
    return Answer(resources.collection(info(found, first)))


def objects(desk: Desk, caller: Caller, asked: Asked) -> Answer:
    """A page of objects. Raises NotFoundError, ForbiddenError, UsageError for a filter."""
    said = _filters(asked, queries.OBJECTS)
    return _page(desk, caller, asked, said, _Kind("objects", resources.envelope, True))


def manifest(desk: Desk, caller: Caller, asked: Asked) -> Answer:
    """A page of what lies there, without the objects. Raises as `objects`."""
    said = _filters(asked, queries.OBJECTS)
    return _page(desk, caller, asked, said, _Kind("manifest", resources.manifest, False))


def one(desk: Desk, caller: Caller, asked: Asked) -> Answer:
    """An object, in the versions that are asked for. Raises as `objects`; NotFoundError too where
    the caller sees none.
    """
    said = _filters(asked, queries.OBJECT)
    return _page(desk, caller, asked, said, _Kind("object", resources.envelope, True))


def versions(desk: Desk, caller: Caller, asked: Asked) -> Answer:
    """The versions of an object that the caller sees. Raises as `one`."""
    said = _filters(asked, queries.VERSIONS, versions=("all",))
    return _page(desk, caller, asked, said, _Kind("versions", resources.versions, False))


def status(desk: Desk, caller: Caller, id: str) -> Answer:
    """What became of a post of the caller's member. Raises NotFoundError."""
    reader = reading(desk, caller)
    with desk.database.read() as connection:
        return Answer(statuses.one(connection, reader.member, id))


def reading(desk: Desk, caller: Caller) -> Reader:
    """Who reads by a program: the member. Raises ForbiddenError for a key of another scope."""
    if not caller.scopes & SCOPES:
        raise ForbiddenError(f"this needs a key with the scope {Scope.SHARE} or {Scope.READ}")
    return Reader(caller.member.id, desk.database.now())


def info(found: Access, named: str) -> CollectionInfo:
    """A collection as it is answered; `named` is the one that its alias leads this reader to."""
    alias = found.alias if found.id == named else None
    return CollectionInfo(
        found.id, found.title, found.description, alias, found.reads, found.writes
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is made of rows, and whether their bytes are needed for it."""

    name: str
    made: Any
    bytes: bool


def _filters(asked: Asked, known: frozenset[str], **fixed: Any) -> Filters:
    try:
        said = queries.filters(asked.query, known)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if asked.object:
        fixed["ids"] = (asked.object,)
    return queries.narrowed(said, **fixed) if fixed else said


def _page(desk: Desk, caller: Caller, asked: Asked, said: Filters, kind: _Kind) -> Answer:
    reader = reading(desk, caller)
    with desk.database.read() as connection:
        found = access.one(connection, reader, asked.collection)
        if not found.reads:
            raise ForbiddenError("your member may write into this collection, and not read it")
        bound = cursor.context(found.id, reader.member, said, kind.name)
        place = _place(desk, said, bound)
        rows = page(connection, found.view, Want(said, place, kind.bytes))
        if asked.object and not rows.rows and not _lies_there(connection, found.view, asked.object):
            raise NotFoundError(f"no object {asked.object[:120]}")
    next = cursor.seal(key_of(desk.folder), rows.rows[-1][0], bound) if rows.more else ""
    return _answer(kind.made(rows.rows, next), rows.rows, max(place, said.after, _NEVER))


def _lies_there(connection: Connection, view: View, id: str) -> bool:
    """Whether the reader sees an object at all, in a version that was asked for or not."""
    any_of_it = queries.narrowed(replace(EVERYTHING, limit=1), (id,), ("all",))
    return bool(page(connection, view, Want(any_of_it, bytes=False)).rows)


def _place(desk: Desk, said: Filters, bound: list[bytes]) -> str:
    if not said.next:
        return ""
    try:
        return cursor.place_of(key_of(desk.folder), said.next, bound)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _answer(body: bytes, rows: Sequence[Any], since: str) -> Answer:
    """A page without rows tells where one goes on: the time behind which was asked."""
    return Answer(body, rows[0][0], rows[-1][0]) if rows else Answer(body, since, since)


@lru_cache(8)
def key_of(folder: Folder) -> AESSIV:
    """The key that seals a desk's cursors."""
    return cursor.key_of(folder.seed())
