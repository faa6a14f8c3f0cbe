"""Common threats: reported by their holders, shown to them alone, and a question to each."""

from typing import Any, Final

from sqlalchemy import select

from stanch.app.desk.desk import Desk
from stanch.app.desk.shares import keep_up
from stanch.cases import cases, items
from stanch.model.desk.people import Caller
from stanch.response import feed
from stanch.response.notices.wanted import ASKED
from stanch.sharing.threats import answers, records, reports
from stanch.sharing.threats.answers import NewAnswer
from stanch.store.desk.page import MOST, Asked, Page
from stanch.store.desk.tables import case_item

_OFFERED: Final = 20  # cases that a form lists; the command line offers any


def report(desk: Desk, caller: Caller, text: str) -> list[str]:
    """Take a signed report; returns the ids of what it is about. Twice the same is once. Who is
    asked now whether to share more is told in their feed, and by e-mail where they chose that.

    Raises ForbiddenError, SignatureError, RefusedError, UsageError.
    """
    with desk.database.write() as tx:
        known = reports.taken(tx.connection, text)
        ids = reports.take(tx, caller, text)
        asks = {} if known else reports.newly_asked(tx.connection, text, ids)
        for member, asked in sorted(asks.items()):
            feed.tell(tx, member, ASKED, asked[0], {"threats": asked})
    return ids


def listed(desk: Desk, caller: Caller, asked: Asked) -> Page:
    """What the caller's member holds, and others do, or may."""
    with desk.database.read() as connection:
        return records.listed(connection, caller, asked)


def one(desk: Desk, caller: Caller, id: str) -> dict[str, Any]:
    """A threat, who holds it, and what each answered. Raises NotFoundError."""
    with desk.database.read() as connection:
        return records.one(connection, caller, id)


def waiting(desk: Desk, caller: Caller) -> int:
    """How many threats wait for an answer of the caller's member."""
    with desk.database.read() as connection:
        return records.asked(connection, caller)


def answer(desk: Desk, caller: Caller, id: str, new: NewAnswer) -> dict[str, Any]:
    """Answer whether to share more; returns the threat. What of the opened rows lies in collections
    keeps up with that. Raises as `sharing.threats.answers`.
    """
    with desk.database.write() as tx:
        done = answers.answer(tx, caller, id, new)
        inside = select(case_item.c.case).where(case_item.c.id.in_(done.opened))
        of = {*done.opened, *tx.connection.execute(inside).scalars()}
        for case in sorted(each for each in of if each.startswith("case-")):
            keep_up(tx, caller, case)
    return done.threat


def offerable(desk: Desk, caller: Caller) -> list[dict[str, Any]]:
    """The newest open cases of the caller's member with its items in them: what a yes can name."""
    own = {"owner": caller.member.id}
    with desk.database.read() as connection:
        mine = Asked(_OFFERED, filters={**own, "state": cases.OPEN})
        rows = cases.listed(connection, caller, mine).rows
        every = Asked(MOST, filters=own)
        return [
            {**row, "items": items.listed(connection, caller, row["id"], every).rows}
            for row in rows
        ]
