"""Cases: opened by an analyst, shared with whom its owner says, closed when the work is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.members.access.rights import require
from stanch.members.times import zoned
from stanch.members.words import is_id, new_id, typed
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.log import commit_to
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.tables import case, case_item, judgement, member, person
from stanch.store.desk.transaction import Transaction
from stanch.store.desk.visible import columns, own, readable, share, shared_with, this

OPEN: Final = "open"
CLOSED: Final = "closed"
_MOST_NAMED: Final = 1000  # names on a release list
LISTING: Final = Listing(case, ("created", "reported", "title"), ("owner", "marking", "state"))


@dataclass(frozen=True, slots=True)
class Shared:
    """With whom something new is shared: a marking, and ids of members (of people, in red)."""

    marking: Marking = Marking.AMBER
    release: tuple[str, ...] = ()


def open_case(
    tx: Transaction, caller: Caller, title: str, shared: Shared, reported: str | None = None
) -> str:
    """Open a case; returns its id. `reported` is when the theft was, where that was before now.

    Raises ForbiddenError, UsageError for a title, time or release list that is none.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    title = typed("title", title)
    at = _reported(reported, tx.at)
    sharing = own(caller, shared.marking, listed_ids(tx.connection, shared))
    id = new_id("case")
    row = {"id": id, "title": title, "state": OPEN, "reported": at, "created": tx.at}
    tx.connection.execute(insert(case).values(**row, **columns(sharing)))
    share(tx.connection, case, id, sharing)
    said = {"title": commit_to(tx.connection, title), "reported": at, **said_of(shared)}
    tx.record(caller, "case.opened", id, said)
    return id


def one(connection: Connection, caller: Caller, id: str) -> dict[str, Any]:
    """A case, with its release list for its owner. Raises NotFoundError."""
    require(caller, scope=Scope.READ)
    query = select(case).where(this(case, caller, known("case", id)))
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no case {id}")
    found = dict(row)
    if row["owner"] == caller.member.id:
        found["release"] = shared_with(connection, case, id)
    return found


def listed(connection: Connection, caller: Caller, asked: Asked) -> Page:
    """The cases that the caller may see."""
    require(caller, scope=Scope.READ)
    return page(connection, select(case).where(readable(case, caller)), LISTING, asked)


def close(tx: Transaction, caller: Caller, id: str, reason: str) -> None:
    """Close a case of the caller's member. Raises NotFoundError, RefusedError."""
    mine(tx, caller, id)
    tx.connection.execute(update(case).where(case.c.id == id).values(state=CLOSED))
    said = {"reason": commit_to(tx.connection, typed("reason", reason, 2000))}
    tx.record(caller, "case.closed", id, said)


def reshare(tx: Transaction, caller: Caller, id: str, shared: Shared) -> None:
    """Give a case another marking or release list; what lies in it keeps its own."""
    mine(tx, caller, id)
    sharing = own(caller, shared.marking, listed_ids(tx.connection, shared))
    tx.connection.execute(update(case).where(case.c.id == id).values(marking=sharing.marking.value))
    share(tx.connection, case, id, sharing)
    tx.record(caller, "case.shared", id, said_of(shared))


def rows_of(connection: Connection, id: str) -> list[str]:
    """The ids of a case and of all that was ever written in it, whoever may see it."""
    within = [
        connection.execute(select(table.c.id).where(table.c.case == id)).scalars()
        for table in (case_item, judgement)
    ]
    return [id, *(row for rows in within for row in rows)]


def mine(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    """An open case of the caller's own member, to be changed.

    Raises NotFoundError where the caller may not see it, RefusedError where it is another's or
    closed.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    found = one(tx.connection, caller, id)
    if found["owner"] != caller.member.id:
        raise RefusedError(f"{id} is {found['owner']}'s case")
    if found["state"] != OPEN:
        raise RefusedError(f"{id} is closed")
    return found


def within(tx: Transaction, caller: Caller, id: str) -> dict[str, Any]:
    """An open case that the caller may see, to add something of their own to it.

    Raises NotFoundError, RefusedError where it is closed.
    """
    require(caller, Role.ANALYST, scope=Scope.CASES)
    found = one(tx.connection, caller, id)
    if found["state"] != OPEN:
        raise RefusedError(f"{id} is closed")
    return found


def listed_ids(connection: Connection, shared: Shared) -> frozenset[str]:
    """The release list. Raises UsageError where it names nobody at this desk, or nobody can be."""
    names = frozenset(shared.release)
    if len(names) > _MOST_NAMED:
        raise UsageError(f"release: more than {_MOST_NAMED}")
    for name in names:
        if not is_id(name):
            raise UsageError(f"release: {name[:80]!r} is no id")
    if names and shared.marking in (Marking.CLEAR, Marking.GREEN):
        raise UsageError(f"release: {shared.marking} is for every member; leave the list out")
    red = shared.marking == Marking.RED
    known = _people(connection, names) if red else _members(connection, names)
    for name in sorted(names - known):
        kind = "person" if red else "member"
        raise UsageError(f"release: no {kind} {name}")
    return names


def known(kind: str, id: str) -> str:
    """The id, where it can be one at all: a database refuses some texts with an error of its own.

    Raises NotFoundError.
    """
    if not is_id(id):
        raise NotFoundError(f"no {kind} {id[:80]!r}")
    return id


def said_of(shared: Shared) -> dict[str, Any]:
    """How something was shared, as the log has it."""
    return {"marking": shared.marking.value, "release": sorted(shared.release)}


def _people(connection: Connection, names: Iterable[str]) -> set[str]:
    query = select(person.c.id).where(person.c.id.in_(names), person.c.active)
    return set(connection.execute(query).scalars())


def _members(connection: Connection, names: Iterable[str]) -> set[str]:
    return set(connection.execute(select(member.c.id).where(member.c.id.in_(names))).scalars())


def _reported(text: str | None, now: str) -> str:
    if text is None:
        return now
    known = zoned("reported", text)
    if known > now:
        raise UsageError(f"reported: {text} is yet to come")
    return known
