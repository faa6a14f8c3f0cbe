"""What of a case goes to another member as evidence, with what the log proves of it.

A member hands over what is its own, and of what others put into the case only what the receiver
may see. What is in red is for people, and goes in no bundle.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_, select

from stanch.cases import items, judgements
from stanch.cases.cases import one
from stanch.errors import RefusedError, UsageError
from stanch.formats.evidence.held_case import MOST_ITEMS
from stanch.members.access.rights import require
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk import log
from stanch.store.desk.tables import case, case_item, erasable, judgement, member
from stanch.store.desk.tables import log as log_table
from stanch.store.desk.visible import visible, visible_to

ADDED: Final = "item.added"


@dataclass(frozen=True, slots=True)
class Material:
    """A case with its items and judgements as a receiver may have them; `left_out` counts what the
    caller sees and the receiver may not. `entries` are of the log: row, path, opening.
    """

    case: Mapping[str, Any]
    items: Sequence[Mapping[str, Any]]
    judgements: Sequence[Mapping[str, Any]]
    left_out: int
    head: str | None
    entries: Sequence[Mapping[str, Any]]


def material(connection: Connection, caller: Caller, case_id: str, to: str) -> Material:
    """What of a case may go to a member. Raises ForbiddenError, NotFoundError, UsageError where
    there is no such member, RefusedError where it may not see another's case, or the case is too
    large.
    """
    require(caller, Role.ANALYST, Role.APPROVER, scope=Scope.CASES)
    found = {name: value for name, value in one(connection, caller, case_id).items()
             if name != "release"}  # fmt: skip
    if connection.execute(select(member.c.id).where(member.c.id == to)).first() is None:
        raise UsageError(f"to: no member {to[:80]!r}")
    here = select(case.c.id).where(case.c.id == case_id, _handed(case, caller, to))
    if connection.execute(here).first() is None:
        raise RefusedError(f"{to} may not see {case_id}: its owner shares it, or hands it over")
    rows = connection.execute(_within(case_item, caller, case_id, to)).mappings().all()
    if len(rows) > MOST_ITEMS:
        raise RefusedError(f"{case_id} has more than {MOST_ITEMS:,} items: too many for a bundle")
    said = connection.execute(_within(judgement, caller, case_id, to)).mappings().all()
    ids = [row["id"] for row in rows]
    return Material(
        case=found,
        items=[_item(row) for row in rows],
        judgements=[{**row, "sources": json.loads(row["sources"])} for row in said],
        left_out=_seen(connection, caller, case_id) - len(rows) - len(said),
        head=log.last_head(connection),
        entries=_entries(connection, ids),
    )


def _handed(table: Table, caller: Caller, to: str) -> ColumnElement[bool]:
    """Rows that the caller may see and that may go to a member: its own, and what `to` sees."""
    theirs = and_(table.c.owner == caller.member.id, table.c.marking != Marking.RED)
    return and_(visible(table, caller), or_(theirs, visible_to(table, to, "")))


def _within(table: Table, caller: Caller, case_id: str, to: str) -> Select[Any]:
    query = select(table).where(table.c.case == case_id, _handed(table, caller, to))
    return query.order_by(table.c.created, table.c.id).limit(MOST_ITEMS + 1)


def _seen(connection: Connection, caller: Caller, case_id: str) -> int:
    both = (
        select(case_item.c.id).where(case_item.c.case == case_id, items.seen(caller)),
        select(judgement.c.id).where(judgement.c.case == case_id, judgements.seen(caller)),
    )
    return sum(len(connection.execute(each).all()) for each in both)


def _item(row: Mapping[Any, Any]) -> dict[str, Any]:
    shown = ("id", "kind", "owner", "marking", "account", "incident", "person", "created")
    return {**{name: row[name] for name in shown}, "body": json.loads(row["body"])}


def _entries(connection: Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The entry of the log by which each item was added, with what opens its commitment."""
    here = (log_table.c.verb == ADDED, log_table.c.subject.in_(ids))
    numbers = connection.execute(select(log_table.c.n).where(*here).order_by(log_table.c.n))
    size, found = log.size(connection), []
    for n in numbers.scalars().all():
        (row,) = log.entries(connection, n - 1, 1)
        said = json.loads(row.line())
        found.append(
            {"row": said, "path": [each.hex() for each in log.inclusion(connection, n, size)],
             "opening": _opening(connection, said["said"].get("body"))}
        )  # fmt: skip
    return found


def _opening(connection: Connection, commitment: object) -> dict[str, str] | None:
    """Salt and text behind a commitment; None where they were erased."""
    query = select(erasable.c.salt, erasable.c.text).where(erasable.c.commitment == commitment)
    row = connection.execute(query).one_or_none()
    return None if row is None else {"salt": row.salt, "text": row.text}
