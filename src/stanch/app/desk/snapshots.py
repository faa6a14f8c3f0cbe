"""What a member takes home to screen by itself: a signed snapshot, and what changed since."""

import secrets
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from stanch.app.desk.desk import Desk
from stanch.app.desk.watching import Watching
from stanch.errors import RefusedError, UsageError
from stanch.formats.snapshot import Issue, write
from stanch.members import directory
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.response import watched
from stanch.store.desk import log
from stanch.store.desk.tables import snapshot
from stanch.store.desk.transaction import moment

MOST: Final = 500
_SALT: Final = 32  # bytes


def issue(desk: Desk, watching: Watching | None, caller: Caller) -> tuple[bytes, int]:
    """The next snapshot for the caller's member; and as of which place of the log it is.

    Its number is used up, whatever becomes of the file. Raises ForbiddenError, RefusedError where
    this server does not screen, or the desk has no directory of keys yet.
    """
    require(caller, scope=Scope.SCREEN)
    if watching is None:
        raise RefusedError("this server screens no addresses")
    member = caller.member.id
    with desk.database.write() as tx:
        known = directory.current(tx.connection)
        if known is None:
            raise RefusedError("the desk has no directory of keys yet")
        previous = _last(tx.connection, member)
        # By the clock too: a desk that was restored from a backup has forgotten the last numbers,
        # and a recipient who was given them would be refused all that follow.
        number = max(previous + 1, int(moment(tx.at).timestamp()))
        row = {"recipient": member, "number": number, "issued": tx.at}
        tx.connection.execute(insert(snapshot).values(**row))
        tx.record(caller, "snapshot.issued", member, {"number": number, "directory": known.hash})
        at = moment(tx.at)
    place, rows = watching.held_by(member)
    salt = secrets.token_bytes(_SALT)
    said = Issue(desk.id, member, number, previous, at, known.hash, salt, place=place)
    return write(rows, said, desk.key), place


def changes(desk: Desk, caller: Caller, since: int, limit: int) -> dict[str, Any]:
    """What changed after place `since` of the log in what the caller's member may hold, and the
    place to ask from next time; `more` says that there is more already.

    Raises ForbiddenError, UsageError, RefusedError for a place that the log has not reached: it
    was rolled back, or the place is another desk's.
    """
    require(caller, scope=Scope.SCREEN)
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit {limit}: from 1 to {MOST}")
    with desk.database.read() as connection:
        size = log.size(connection)
        if since > size:
            raise RefusedError(f"since {since}: the log has {size} entries")
        found, upto = watched.changes(connection, caller.member, since, limit)
    items = [_told(one) for one in found]
    return {"items": items, "since": size if upto is None else upto, "more": upto is not None}


def _last(connection: Connection, member: str) -> int:
    query = select(func.max(snapshot.c.number)).where(snapshot.c.recipient == member)
    return int(connection.execute(query).scalar() or 0)


def _told(one: watched.Changed) -> dict[str, Any]:
    held = [
        {"account": each.account, "asset": each.asset, "amount": each.amount} for each in one.held
    ]
    names = ("n", "order", "marking", "kind", "expires")
    return {**{name: getattr(one, name) for name in names}, "held": held}
