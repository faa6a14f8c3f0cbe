"""Judgements as statements about incidents of the registry: those on cases that name one.

Whose judgement it is decides what it is about. So the case is named by an item of the judge's own
member, or by one of the case's owner that was there, and that the judge could see, at the time.
Whoever else adds an incident to a case puts no words into anybody's mouth.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, not_, or_, select

from stanch.cases.items import incident_of
from stanch.cases.judgements import JUDGES
from stanch.members.access.rights import require
from stanch.model.desk.marking import Marking, narrowest, widest
from stanch.model.desk.people import Caller, MemberKind, Scope
from stanch.model.registry.incident import Body, Source
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import Stance
from stanch.registry.told import DESK, Word
from stanch.store.desk.faults import Fault
from stanch.store.desk.tables import case, case_item, judgement, log, member
from stanch.store.desk.visible import visible, visible_to

_RUN: Final = 200  # items that are in memory at once
# What the log's entries of these kinds change is in none of the tables that are asked here: cases,
# items, judgements and members have entries of their own.
_ELSEWHERE: Final = (
    "action.", "agenda.", "decision.", "delivery.", "effect.", "link.", "meeting.", "notice.",
    "order.", "outcome.", "paper.", "reading.", "reply.", "session.", "target.",
)  # fmt: skip


class _Row(NamedTuple):
    """A judgement, who made it, and an item that says what it is about: `named` is that item's
    marking, `within` the case's.
    """

    incident: str
    named: str
    within: str
    name: str
    kind: str
    id: str
    case: str
    owner: str
    marking: str
    country: str
    stance: str
    actor: str
    confidence: str
    sources: str
    created: str


_SHOWN: Final = (
    case_item.c.incident, case_item.c.marking.label("named"), case.c.marking.label("within"),
    member.c.name, member.c.kind, *(judgement.c[name] for name in _Row._fields[5:]),
)  # fmt: skip


def said(
    connection: Connection, caller: Caller, until: date | None = None, of: str | None = None
) -> list[Word]:
    """What the caller may see of who did which incident, the oldest first: the judgement, its case,
    and what names the incident there. A word is marked as the narrowest of the three is.

    Where `until` is a day, what had been said by its end; where `of` is an incident's id, of that
    one alone.
    """
    require(caller, scope=Scope.READ)
    mine = and_(*(visible(each, caller) for each in (judgement, case_item, case)))
    query = _about(until, *_SHOWN).where(mine).order_by(judgement.c.created, judgement.c.id)
    if of is not None:
        query = query.where(case_item.c.incident == of)
    rows: dict[tuple[str, str], list[_Row]] = {}
    for each in connection.execute(query):
        row = _Row(*each)
        rows.setdefault((row.id, row.incident), []).append(row)
    return [_word(each) for each in rows.values()]


def unseen(
    connection: Connection, words: Sequence[Word], until: date | None = None
) -> Counter[str]:
    """How many statements on each incident are at the desk beside these."""
    every = connection.execute(_about(until, case_item.c.incident, judgement.c.id).distinct())
    known = {(each.incident, each.source.id) for each in words}
    return Counter(row.incident for row in every if (row.incident, _source(row.id)) not in known)


def same_since(connection: Connection, n: int) -> bool:
    """Whether what is said, and who may see it, is what it was at a place of the log."""
    elsewhere = or_(*(log.c.verb.startswith(kind, autoescape=True) for kind in _ELSEWHERE))
    query = select(log.c.n).where(log.c.n > n, not_(elsewhere)).limit(1)
    return connection.execute(query).first() is None


def check(connection: Connection) -> Iterator[Fault]:
    """Items that are looked up under another incident than their body names."""
    query = select(case_item.c.id, case_item.c.incident, case_item.c.kind, case_item.c.body).where(
        or_(case_item.c.kind == "incident", case_item.c.incident.is_not(None))
    )
    query, after = query.order_by(case_item.c.id).limit(_RUN), ""
    while rows := connection.execute(query.where(case_item.c.id > after)).all():
        after = rows[-1].id
        for row in rows:
            if _named(row.kind, row.body) not in (None, row.incident or ""):
                yield Fault("record", f"{row.id} is looked up under another incident than it names")


def _named(kind: str, body: str) -> str | None:
    """None where the body is none: that it is another than the log's is said elsewhere."""
    try:
        return incident_of(kind, json.loads(body)) or ""
    except (ValueError, AttributeError):
        return None


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


def _word(rows: Sequence[_Row]) -> Word:
    """One judgement on one incident; where several items name that, the widest is enough."""
    row, day = rows[0], _day(rows[0].created[:10])
    body = _body(row.owner, row.name, row.country, row.kind)
    reasons = "; ".join(json.loads(row.sources))
    named = widest(Marking(each.named) for each in rows)
    return Word(
        row.incident,
        body,
        Source(_source(row.id), body.name, reasons, day, row.case),
        Stance(row.stance),
        row.actor,
        day,
        row.confidence,
        narrowest([named, Marking(row.within), Marking(row.marking)]),
    )


@lru_cache(maxsize=1024)  # a desk has few members, and thousands of judgements
def _body(owner: str, name: str, country: str, kind: str) -> Body:
    return Body(f"{DESK}{owner}", name, country, JUDGES[MemberKind(kind)])


@lru_cache(maxsize=4096)
def _day(text: str) -> Moment:
    return Moment.parse(text)


def _source(judgement: str) -> str:
    return f"{DESK}{judgement}"
