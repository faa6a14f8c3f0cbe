"""How many of a body's rows are withheld from the reader of a pack: for their marking alone, and of
the time of the reader's own seat, so that who left is not told how much came after.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, func, select

from stanch.reports.pack.pack import LeftOut, Row, Why
from stanch.store.desk.seated import Reader, withheld_at_the_time, withheld_of_meetings
from stanch.store.desk.tables import action, body_target, meeting


def withheld(connection: Connection, by: Reader, row: Mapping[str, Any]) -> tuple[LeftOut, LeftOut]:
    """Open actions of the meetings before this one (`row`), and targets."""
    before = select(meeting.c.id).where(meeting.c.body == row["body"], meeting.c.at < row["at"])
    still = action.c.ended.is_(None) | (action.c.ended > row["at"])
    actions = action.c.meeting.in_(before) & still & withheld_of_meetings(action, by)
    goals = (body_target.c.body == row["body"]) & withheld_at_the_time(body_target, by)
    return (
        LeftOut(Row.ACTIONS, Why.MARKING, _many(connection, action, actions)),
        LeftOut(Row.TARGETS, Why.MARKING, _many(connection, body_target, goals)),
    )


def _many(connection: Connection, table: Table, condition: Any) -> int:
    query = select(func.count()).select_from(table).where(condition)
    return int(connection.execute(query).scalar_one())
