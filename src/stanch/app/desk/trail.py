"""The log as callers read it: entries of one's own member, or all for a founding auditor; heads."""

from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.app.desk.desk import Desk
from stanch.errors import UsageError
from stanch.members.access.rights import founds, require
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk import log
from stanch.store.desk.log import ROW
from stanch.store.desk.tables import log as log_table

MOST: Final = 500


def entries(desk: Desk, caller: Caller, after: int, limit: int) -> list[dict[str, Any]]:
    """Entries after a place, in their order.

    For auditors: of a founding government all, of anybody else what their own member did. Raises
    ForbiddenError, UsageError.
    """
    require(caller, Role.AUDITOR, scope=Scope.AUDIT)
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit {limit}: from 1 to {MOST}")
    with desk.database.read() as connection:
        return [_shown(row) for row in _entries(connection, caller, after, limit)]


def heads(desk: Desk, caller: Caller, after: int, limit: int) -> list[dict[str, Any]]:
    """Signed heads of logs larger than `after`, for every member to keep. Raises UsageError."""
    require(caller, scope=Scope.READ)
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit {limit}: from 1 to {MOST}")
    with desk.database.read() as connection:
        return [{"size": size, "head": jws} for size, jws in log.heads(connection, after, limit)]


def _entries(connection: Connection, caller: Caller, after: int, limit: int) -> list[log.Row]:
    if founds(caller):
        return log.entries(connection, after, limit)
    query = (
        select(*ROW)
        .where(log_table.c.n > after, log_table.c.member == caller.member.id)
        .order_by(log_table.c.n)
        .limit(limit)
    )
    return [log.Row(*found) for found in connection.execute(query)]


def _shown(row: log.Row) -> dict[str, Any]:
    names = ("n", "at", "person", "member", "verb", "subject", "said")
    return {name: getattr(row, name) for name in names}
