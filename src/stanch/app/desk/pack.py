"""The pack of a meeting for one reader: the registry's figures, and what the desk shows the caller.

All that is in it the caller could list: each part comes through the query that lists it. What the
caller may not see is counted, and nothing else is told of it.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.app.desk.attributions import told_in
from stanch.app.desk.bodies import reader
from stanch.app.desk.desk import Desk
from stanch.app.desk.pack_orders import hidden_orders, order_rows
from stanch.app.desk.pack_papers import papers
from stanch.app.desk.pack_threats import Looked, in_cases, sitting, with_cases
from stanch.app.desk.pack_withheld import withheld
from stanch.app.registry.pack import Asked, counted
from stanch.app.registry.pack_beside import Beside
from stanch.app.registry.shelf import Kept
from stanch.body import bodies, meetings, targets
from stanch.body.words import MeetingState
from stanch.cases import attributions
from stanch.cases.attributions import same_since
from stanch.errors import NotFoundError
from stanch.members.access.rights import require
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.desk.people import Caller, Member, MemberKind, Role, Scope
from stanch.registry.registry import load
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import Action, ActionState, Meeting, Pack, Target
from stanch.store.desk import log
from stanch.store.desk.page import MOST
from stanch.store.desk.page import Asked as AskedRows
from stanch.store.desk.seated import Reader
from stanch.store.desk.tables import member

FIRST: Final = timedelta(days=91)  # what the first pack of a body looks back on


def for_member(desk: Desk, member_id: str, meeting: str, folder: Path | None = None) -> Pack:
    """The pack of a meeting for one member, made by whoever keeps the desk: of what any person of
    that member may see, and so nothing that is in red. Raises as `of_meeting`.
    """
    query = select(member).where(member.c.id == member_id)
    with desk.database.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(f"no member {member_id}")
    of = Member(row.id, row.name, MemberKind(row.kind), row.country, row.founding, row.key or "")
    return of_meeting(desk, Caller("", of, frozenset({Role.READER})), meeting, folder)


def of_meeting(desk: Desk, caller: Caller, meeting: str, folder: Path | None = None) -> Pack:
    """The pack of a meeting as the caller may see it, from the meeting before to this one.

    Figures are of the registry in `folder`, or of the one that is shipped. Raises NotFoundError,
    and what loading a registry raises.
    """
    return of_meeting_in(Kept.of(load(folder)), desk, caller, meeting)


def of_meeting_in(kept: Kept, desk: Desk, caller: Caller, meeting: str) -> Pack:
    """The same of a registry that is read. Raises NotFoundError."""
    with desk.database.read() as connection:
        by = reader(desk, caller)
        row = meetings.one(connection, by, meeting)
        of = bodies.one(connection, by, row["body"])
        day = _day(row)
        first = _since(connection, by, row)
        here = sitting(connection, by, row["body"], row["at"])
        asked = Asked(first.isoformat(), day.isoformat(), caller.member.name, common=here.countries)
        # Of a day that is yet to come all that was said so far is as much as what is by its end.
        until = None if day.isoformat() > by.now[:10] else day
        figures = _figures(connection, caller, kept, asked, until)
        met = in_cases(connection, caller, Looked(here, first, day, kept.whole.actors))
        names = _names(connection)
        goals = _rows(connection, by, row["body"])
        held = order_rows(connection, caller, first, day)
        hidden = (
            hidden_orders(connection, caller, first, day),
            *withheld(connection, by, row),
        )
        laid = papers(connection, by, row, figures)
    parts = [row, of, *row["open"], *goals, *held.rows, *laid.rows]
    marking = narrowest([figures.marking, *(each.marking for each in met.entries)])
    return replace(
        figures,
        meeting=Meeting(of["name"], row["number"], day),
        marking=_narrowest(marking, parts),
        left_out=(*figures.left_out, *hidden, *laid.hidden),
        orders=held.orders,
        targets=tuple(_target(each, day) for each in goals),
        actions=tuple(_action(each, day, names) for each in row["open"]),
        threats=laid.threats,
        designations=laid.designations,
        common=with_cases(figures.common, met),
        entries=met.entries,
    )


def _figures(
    connection: Connection, caller: Caller, kept: Kept, asked: Asked, until: date | None
) -> Pack:
    """The registry's figures with what members had judged of incidents, by the end of a day where
    one is given; counted when the log has grown by what may change them.
    """

    def made() -> tuple[Pack, int]:
        told = told_in(connection, caller, kept, until)
        unseen = attributions.unseen(connection, told.words, until)
        found = counted(asked, Beside(told.kept, unseen))
        return found, len(found.incidents)

    require(caller, scope=Scope.READ)
    key = ("figures", caller.member.id, caller.person, until, asked)
    return kept.memo.of(key, log.size(connection), made, partial(same_since, connection))


def _day(row: dict[str, Any]) -> date:
    """The day of a meeting by the clocks of its place."""
    return date.fromisoformat(row["local"][:10])


def _since(connection: Connection, by: Reader, row: dict[str, Any]) -> date:
    """The day of the meeting before, of those that the reader may see: what was entered on that
    day when its pack was printed is in this one, and what was entered before is in both.
    """
    before = [
        _day(dict(each))
        for each in _all(lambda asked: meetings.listed(connection, by, row["body"], asked))
        if each["at"] < row["at"] and each["state"] != MeetingState.CANCELLED
    ]
    return max(before) if before else _day(row) - FIRST


def _rows(connection: Connection, by: Reader, body: str) -> list[dict[str, Any]]:
    return _all(lambda asked: targets.listed(connection, by, body, asked))


def _all(page: Any) -> list[dict[str, Any]]:
    """Every page of a list, the oldest first."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        part = page(AskedRows(MOST, "created", after))
        found += map(dict, part.rows)
        after = part.next
        if after is None:
            return found


def _target(row: dict[str, Any], day: date) -> Target:
    until = [each for each in row["readings"] if each["day"] <= day.isoformat()]
    return Target(
        row["measure"],
        row["unit"],
        Number(Decimal(row["baseline"])),
        Number(Decimal(until[-1]["value"]) if until else None),
        Number(Decimal(row["target"])),
        date.fromisoformat(row["due"]),
    )


def _action(row: dict[str, Any], day: date, names: dict[str, str]) -> Action:
    due = date.fromisoformat(row["due"])
    state = ActionState.LATE if due < day else ActionState.OPEN
    return Action(row["what"], names[row["by"]], due, state)


def _names(connection: Connection) -> dict[str, str]:
    return {row.id: row.name for row in connection.execute(select(member.c.id, member.c.name))}


def _narrowest(of: Marking, rows: list[Any]) -> Marking:
    readings = [each for row in rows for each in row.get("readings", ())]
    return narrowest([of, *(Marking(row["marking"]) for row in (*rows, *readings))])
