"""What the desk does by itself: let time pass over orders, and hand out what is to be sent.

Several workers may run: each takes what it sends for a while (a lease), and what a worker took and
never settled, because it was killed, comes back when the lease is over, under the same message id.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from stanch.app.desk.desk import Desk
from stanch.response import feed, statements
from stanch.store.desk.transaction import moment, stamp

LEASE: Final = 60  # seconds: four times what one attempt may take
AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class Due:
    """One message to be sent: to whom and where, its id, its body, how often it was tried, and
    since when.
    """

    member: str
    n: int
    url: str
    id: str
    body: bytes
    tries: int
    first: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message did not arrive, and when it is tried again; None leaves it to the feed, which
    keeps it.
    """

    status: int | None
    problem: str
    again: datetime | None


def pass_time(desk: Desk) -> int:
    """Let lapse, expire, be released and become late whatever is due; how many orders changed."""
    with desk.database.write() as tx:
        return statements.pass_time(tx)


def take(desk: Desk, lease: int = LEASE) -> list[Due]:
    """Take what is due to be sent, for `lease` seconds."""
    with desk.database.write() as tx:
        return [
            Due(
                row["member"],
                row["n"],
                row["url"],
                row["id"],
                json.dumps(row["message"], ensure_ascii=False, separators=(",", ":")).encode(),
                row["tries"],
                moment(row["created"]),
            )
            for row in feed.claim(tx, AT_ONCE, lease)
        ]


def arrived(desk: Desk, due: Due, status: int | None) -> None:
    """The receiver took it: it is not sent again."""
    with desk.database.write() as tx:
        feed.sent(tx, due.member, due.n, status)


def failed(desk: Desk, due: Due, what: Failure) -> None:
    """It did not arrive."""
    with desk.database.write() as tx:
        at = None if what.again is None else stamp(what.again)
        feed.failed(tx, due.member, due.n, feed.Failure(what.status, what.problem, at))
