"""What each member is told, in its own order: the pull feed, and what webhooks carry."""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from stanch.app.desk.desk import Desk
from stanch.errors import UsageError
from stanch.members.access.rights import require
from stanch.model.desk.people import Caller, Scope
from stanch.store.desk import log
from stanch.store.desk.tables import feed

MOST: Final = 500


def after(desk: Desk, caller: Caller, n: int, limit: int) -> list[dict[str, Any]]:
    """What the caller's member was told after message `n`. Raises ForbiddenError, UsageError."""
    require(caller, scope=Scope.READ)
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit {limit}: from 1 to {MOST}")
    query = (
        select(feed)
        .where(feed.c.member == caller.member.id, feed.c.n > n)
        .order_by(feed.c.n)
        .limit(limit)
    )
    with desk.database.read() as connection:
        return [message(row) for row in connection.execute(query).mappings()]


def message(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row of the feed as it is told, by whatever way: under one id, its idempotency key."""
    return {
        "id": f"{row['member']}-{row['n']}",
        "member": row["member"],
        "n": row["n"],
        "kind": row["kind"],
        "subject": row["subject"],
        "body": json.loads(row["body"]),
        "created": row["created"],
    }


def stand(desk: Desk) -> int:
    """How many entries the log has: where it has not grown, nobody was told anything."""
    with desk.database.read() as connection:
        return log.size(connection)
