"""Judgements as statements about incidents of the registry: those on cases that name one.

Whose judgement it is decides what it is about. So the case is named by an item of the judge's own
member, or by one of the case's owner that was there, and that the judge could see, at the time.
Whoever else adds an incident to a case puts no words into anybody's mouth.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from stanch.cases.judgements import JUDGES
from stanch.members.access.rights import require
from stanch.model.desk.marking import Marking, narrowest, widest
from stanch.model.desk.people import Caller, MemberKind, Scope
from stanch.model.registry.incident import Body, Source
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import Stance
from stanch.registry.told import DESK, Word
from stanch.store.desk.tables import case, case_item, judgement, member
from stanch.store.desk.visible import visible, visible_to


def said(connection: Connection, caller: Caller, until: date | None = None) -> list[Word]:
    """What the caller may see of who did which incident, the oldest first: the judgement, its case,
    and what names the incident there. A word is marked as the narrowest of the three is.

    Where `until` is a day, what had been said by its end.
    """
    require(caller, scope=Scope.READ)
    shown = (
        case_item.c.incident, case_item.c.marking.label("named"), case.c.marking.label("within"),
        judgement, member.c.name, member.c.kind,
    )  # fmt: skip
    mine = and_(*(visible(each, caller) for each in (judgement, case_item, case)))
    rows: dict[tuple[str, str], list[Mapping[Any, Any]]] = {}
    query = _about(until, *shown).where(mine).order_by(judgement.c.created, judgement.c.id)
    for row in connection.execute(query).mappings():
        rows.setdefault((row["id"], row["incident"]), []).append(row)
    return [_word(each) for each in rows.values()]


def unseen(
    connection: Connection, words: Sequence[Word], until: date | None = None
) -> Counter[str]:
    """How many statements on each incident are at the desk beside these."""
    every = connection.execute(_about(until, case_item.c.incident, judgement.c.id).distinct())
    known = {(each.incident, each.source.id) for each in words}
    return Counter(row.incident for row in every if (row.incident, _source(row.id)) not in known)


def _about(until: date | None, *columns: Any) -> Select[Any]:
    """Judgements, each with every item that says which incident it is about."""
    own = case_item.c.owner == judgement.c.owner
    told = and_(
        case_item.c.owner == case.c.owner,
        case_item.c.created <= judgement.c.created,
        _known_to_the_judge(),
    )
    query = (
        select(*columns)
        .select_from(case_item)
        .join(judgement, judgement.c.case == case_item.c.case)
        .join(case, case.c.id == case_item.c.case)
        .join(member, member.c.id == judgement.c.owner)
        .where(case_item.c.incident.is_not(None), or_(own, told))
    )
    if until is None:
        return query
    end = f"{until.isoformat()}U"  # times are text, and `U` stands behind all of a day's
    return query.where(judgement.c.created < end, case_item.c.created < end)


def _known_to_the_judge() -> ColumnElement[bool]:
    return visible_to(case_item, judgement.c.owner, judgement.c.person)


def _word(rows: Sequence[Mapping[Any, Any]]) -> Word:
    """One judgement on one incident; where several items name that, the widest is enough."""
    row = rows[0]
    body = Body(
        f"{DESK}{row['owner']}", row["name"], row["country"], JUDGES[MemberKind(row["kind"])]
    )
    day = Moment.parse(row["created"][:10])
    named = widest(Marking(each["named"]) for each in rows)
    reasons = "; ".join(json.loads(row["sources"]))
    return Word(
        row["incident"],
        body,
        Source(_source(row["id"]), body.name, reasons, day, row["case"]),
        Stance(row["stance"]),
        row["actor"],
        day,
        row["confidence"],
        narrowest([named, Marking(row["within"]), Marking(row["marking"])]),
    )


def _source(judgement: str) -> str:
    return f"{DESK}{judgement}"
