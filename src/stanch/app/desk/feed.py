"""What each member is told, in its own order: the pull feed, and what webhooks carry."""

from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.app.desk.desk import Desk
from stanch.errors import UsageError
from stanch.model.desk.people import Caller, Role, Scope
from stanch.response import feed
from stanch.response.notices import outbox
from stanch.store.desk import log
from stanch.store.desk.tables import feed as table

MOST: Final = feed.MOST


def after(desk: Desk, caller: Caller, n: int, limit: int) -> list[dict[str, Any]]:
    """What the caller's member was told after message `n`. Raises ForbiddenError, UsageError.

    Who asks from `n` on has what stood before it: that has arrived, and the person is sent no
    e-mail of it. Only a caller who may answer orders says so; a key that reads would otherwise keep
    messages from the member's webhook.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit {limit}: from 1 to {MOST}")
    with desk.database.read() as connection:
        found = feed.since(connection, caller, n, limit)
        news = _answers(caller) and (
            _waiting(connection, caller, n) or outbox.unread(connection, caller, n)
        )
    if news:
        with desk.database.write() as tx:
            feed.pulled(tx, caller, n)
            outbox.read(tx, caller, n)
    return found


def _answers(caller: Caller) -> bool:
    scoped = "*" in caller.scopes or Scope.REPLIES in caller.scopes
    return scoped and bool(caller.roles & {Role.ANALYST, Role.APPROVER})


def _waiting(connection: Connection, caller: Caller, n: int) -> bool:
    """Whether something up to `n` is still to be sent."""
    here = (table.c.member == caller.member.id, table.c.n <= n, table.c.sent.is_(None))
    return connection.execute(select(table.c.n).where(*here).limit(1)).first() is not None


def stand(desk: Desk) -> int:
    """How many entries the log has: where it has not grown, nobody was told anything."""
    with desk.database.read() as connection:
        return log.size(connection)
