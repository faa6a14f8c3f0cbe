"""Collections as members manage them: made, granted, looked into; each use case one transaction."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from stanch.app.desk.desk import Desk
from stanch.app.taxii.reading import key_of
from stanch.errors import ForbiddenError, UsageError
from stanch.formats.taxii import cursor
from stanch.formats.taxii.filters import EVERYTHING, MOST, Filters
from stanch.formats.taxii.versions import shown
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.sharing.collections import access, making, rows
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.pages import Want
from stanch.sharing.collections.words import Access

_SHOWN = (
    "id", "title", "description", "alias", "purpose", "owner", "body", "reads", "writes", "created",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AskedRows:
    """Which objects of a collection are to be listed, after which cursor."""

    type: str | None = None
    id: str | None = None
    versions: str = "last"
    limit: int = 50
    after: str | None = None


def listed(desk: Desk, caller: Caller) -> list[dict[str, Any]]:
    """The collections that the caller may read or write."""
    reader = _reader(desk, caller)
    with desk.database.read() as connection:
        return [_shown(each) for each in access.all_of(connection, reader)]


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A collection. Raises NotFoundError."""
    reader = _reader(desk, caller)
    with desk.database.read() as connection:
        return _shown(access.one(connection, reader, id))


def make(desk: Desk, caller: Caller, new: NewCollection) -> str:
    """Make a collection; returns its id. Raises ForbiddenError, UsageError, RefusedError."""
    with desk.database.write() as tx:
        return making.make(tx, caller, new)


def grant(desk: Desk, caller: Caller, id: str, to: str, may: tuple[bool, bool]) -> None:
    """Let a member read, write, both or neither: `may` is (reads, writes).

    Raises NotFoundError, ForbiddenError, UsageError, RefusedError.
    """
    with desk.database.write() as tx:
        making.grant(tx, caller, id, to, may)


def grants(desk: Desk, caller: Caller, id: str) -> list[dict[str, Any]]:
    """Who was let into a collection, as far as the caller is told. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    with desk.database.read() as connection:
        return making.grants(connection, caller, id, desk.database.now())


def objects(
    desk: Desk, caller: Caller, id: str, asked: AskedRows
) -> tuple[list[dict[str, Any]], str | None]:
    """What lies in a collection, as the caller sees it, and the cursor of what follows.

    Raises NotFoundError, ForbiddenError where their member may only write, UsageError.
    """
    reader = _reader(desk, caller)
    said = _filters(asked)
    with desk.database.read() as connection:
        found = access.one(connection, reader, id)
        if not found.reads:
            raise ForbiddenError("your member may write into this collection, and not read it")
        bound = cursor.context(found.id, f"{reader.member} {reader.person}", said, "rows")
        try:
            place = cursor.place_of(key_of(desk.folder), asked.after, bound) if asked.after else ""
        except ValueError as error:
            raise UsageError(f"after: {error}") from None
        page = rows.listed(connection, found.view, Want(said, place, bytes=False))
    next = cursor.seal(key_of(desk.folder), page.rows[-1]["added"], bound) if page.more else None
    return [{**row, "version": shown(row["version"])} for row in page.rows], next


def _filters(asked: AskedRows) -> Filters:
    if not 1 <= asked.limit <= MOST:
        raise UsageError(f"limit {asked.limit}: from 1 to {MOST}")
    if asked.versions not in ("last", "first", "all"):
        raise UsageError("versions: last, first or all")
    return replace(
        EVERYTHING,
        ids=(asked.id,) if asked.id else (),
        types=(asked.type,) if asked.type else (),
        versions=(asked.versions,),
        limit=asked.limit,
    )


def _reader(desk: Desk, caller: Caller) -> Reader:
    """A person in a session sees what is theirs in red; a program does not."""
    require(caller, scope=Scope.READ)
    person = caller.person if "*" in caller.scopes else ""
    return Reader(caller.member.id, desk.database.now(), person)


def _shown(found: Access) -> dict[str, Any]:
    said = asdict(found)
    return {name: said[name] for name in _SHOWN}
