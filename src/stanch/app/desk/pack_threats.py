"""Threats that members of a body have in common in their cases, as one reader may see them.

Accounts are those of the reader's own overlaps: on which the reader's member works too, and of
which the reader may see both sides. Actors are those that judgements of two countries name, where
the reader may see both. Of a threat with one side that the reader may not see, nothing is told.
What private matching told are runs, each with those who reported what it told and how many things,
for a reader whose member reported them too: the desk does not know what they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.app.registry.pack_threats import FEWEST
from stanch.body import seats
from stanch.body.words import SeatRole
from stanch.cases import judgements
from stanch.cases.deconfliction import both_sides
from stanch.model.desk.confidence import Confidence
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.desk.people import Caller, MemberKind
from stanch.model.registry.incident import Actor
from stanch.model.registry.words import Stance
from stanch.registry.told import Names
from stanch.reports.pack.common_threats import Common, CommonThreat, ThreatKind, Touched
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import ENTRY, Entry
from stanch.store.desk.seated import Reader
from stanch.store.desk.tables import case, common_holder, common_threat, judgement, member
from stanch.store.desk.visible import visible

_MEMBERS: Final = frozenset({SeatRole.CO_CHAIR, SeatRole.MEMBER})  # who observes is none

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sitting:
    """The members of a body at a meeting: their names by their ids, and their countries."""

    names: Mapping[str, str]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """Of which members, in which days; an actor is who the registry knows by the name."""

    sitting: Sitting
    first: date
    last: date
    actors: Mapping[str, Actor]


@dataclass(frozen=True, slots=True)
class Met:
    """The threats, and every entry that shows one."""

    threats: tuple[CommonThreat, ...]
    entries: tuple[Entry, ...]


def sitting(connection: Connection, by: Reader, body: str, time: str) -> Sitting:
    """The co-chairs and members of a body at a time, without its observers."""
    at = seats.at(connection, by, body, time)
    ids = sorted({each["member"] for each in at if each["role"] in _MEMBERS})
    query = select(member.c.id, member.c.name, member.c.country).where(member.c.id.in_(ids))
    rows = connection.execute(query.order_by(member.c.country, member.c.id)).all()
    countries = dict.fromkeys(row.country for row in rows)
    return Sitting({row.id: row.name for row in rows}, tuple(countries))


def in_cases(connection: Connection, caller: Caller, looked: Looked) -> Met:
    """The common threats of cases to which something was added in these days; what came later is
    not in them.
    """
    accounts = _accounts(connection, caller, looked)
    actors = _actors(connection, caller, looked)
    threats, entries = list[CommonThreat](), dict[str, Entry]()
    matched = _matched(connection, caller, looked)
    every = ((ThreatKind.ACCOUNT, accounts), (ThreatKind.JUDGED, actors),
             (ThreatKind.MATCHED, matched))  # fmt: skip
    for kind, groups in every:
        found = [(_threat(kind, rows), rows) for rows in groups if _new(rows, looked)]
        found = [each for each in found if len(each[0].touched) >= FEWEST]
        threats += sorted(
            (each for each, _ in found), key=lambda one: (-len(one.touched), one.name)
        )
        entries |= {row["id"]: _entry(row) for _, rows in found for row in rows}
    order = sorted(entries.values(), key=lambda each: (each.day, each.id))
    return Met(tuple(threats), tuple(order))


def with_cases(common: Common | None, met: Met) -> Common | None:
    """The common threats of incidents, and those of cases beside them."""
    return common and replace(common, cases=met.threats)


def _accounts(connection: Connection, caller: Caller, looked: Looked) -> Iterable[list[Row]]:
    """What members of the body have on one account, for each account."""
    names = looked.sitting.names
    rows = [
        {**row, "member": names[row["owner"]], "said": row["account"]}
        for row in both_sides(connection, caller)
        if row["owner"] in names
    ]
    return _grouped(rows, "account", looked)


def _actors(connection: Connection, caller: Caller, looked: Looked) -> Iterable[list[Row]]:
    """What governments of the body's countries say of one actor, for each actor."""
    query = (
        select(judgement, member.c.name.label("member"), case.c.marking.label("within"))
        .join(member, member.c.id == judgement.c.owner)
        .join(case, case.c.id == judgement.c.case)
        .where(
            judgements.seen(caller),
            member.c.kind == MemberKind.GOVERNMENT,
            judgement.c.country.in_(looked.sitting.countries),
            judgement.c.created < _end(looked),
        )
        .order_by(judgement.c.created, judgement.c.id)
    )
    names, newest = Names(looked.actors), dict[tuple[str, ...], Row]()
    for row in connection.execute(query).mappings():
        known = names.id(row["actor"])
        newest[row["case"], row["owner"], known] = {**row, "said": row["actor"], "known": known}
    # Who disputes what they said before takes it back.
    stand = [row for row in newest.values() if row["stance"] != Stance.DISPUTES]
    return _grouped(stand, "known", looked)


def _matched(connection: Connection, caller: Caller, looked: Looked) -> Iterable[list[Row]]:
    """Who of the body reported what a run told, for each run; of threats that two hold."""
    names = looked.sitting.names
    query = (
        select(common_holder, common_threat.c.run, common_threat.c.marking)
        .join(common_threat, common_threat.c.id == common_holder.c.threat)
        .where(visible(common_threat, caller), common_threat.c.met < _end(looked))
        .order_by(common_holder.c.created, common_holder.c.threat, common_holder.c.n)
    )
    rows = [
        {"id": f"{row['threat']}.{row['member']}", "case": row["run"], "said": row["run"],
         "member": names[row["member"]], "created": row["created"], "marking": row["marking"],
         "within": row["marking"]}
        for row in connection.execute(query).mappings()
        if row["member"] in names
    ]  # fmt: skip
    return _grouped(rows, "case", looked)


def _grouped(rows: Iterable[Row], key: str, looked: Looked) -> Iterable[list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row["created"] < _end(looked):
            groups.setdefault(row[key], []).append(row)
    return groups.values()


def _end(looked: Looked) -> str:
    """Times are text: `U` stands behind the `T` of all times of a day."""
    return f"{looked.last.isoformat()}U"


def _new(rows: Sequence[Row], looked: Looked) -> bool:
    return any(row["created"] >= looked.first.isoformat() for row in rows)


def _threat(kind: ThreatKind, rows: Sequence[Row]) -> CommonThreat:
    by: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        key = (row["country"], "") if kind is ThreatKind.JUDGED else ("", row["member"])
        by.setdefault(key, []).append(row)
    touched = tuple(Touched(*key, _number(by[key])) for key in sorted(by))
    name = " / ".join(dict.fromkeys(row["said"] for row in rows))
    return CommonThreat(kind, name, touched, _number(rows), marking=narrowest(map(_marking, rows)))


def _entry(row: Row) -> Entry:
    return Entry(
        row["id"],
        row["case"],
        date.fromisoformat(row["created"][:10]),
        row["member"],
        row["said"],
        Stance(row["stance"]) if "stance" in row else None,
        Confidence(row["confidence"]) if "confidence" in row else None,
        _marking(row),
    )


def _marking(row: Row) -> Marking:
    """An entry shows that its case is there, and so is no wider than that."""
    return narrowest((Marking(row["marking"]), Marking(row["within"])))


def _number(rows: Sequence[Row]) -> Number:
    return Number(len(rows), tuple(f"{ENTRY}/{row['id']}" for row in rows))
