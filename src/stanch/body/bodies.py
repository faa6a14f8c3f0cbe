"""Bodies and working groups: founded by a founding government, with who sits in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.body.rows import fresh, sealed, seen_body, write
from stanch.body.schedule import Schedule, checked
from stanch.body.seats import NewSeat, enter
from stanch.body.words import SeatRole, Topic, lines
from stanch.cases.cases import Shared, said_of
from stanch.errors import UsageError
from stanch.members.access.rights import require, require_founding
from stanch.members.words import chosen, typed
from stanch.model.desk.canonical import canonical
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.seated import Reader, bodies
from stanch.store.desk.tables import body
from stanch.store.desk.transaction import Transaction

LISTING: Final = Listing(body, ("created", "name"), ("owner", "marking"))
_MOST_SEATS: Final = 200
_MOST_ITEMS: Final = 100


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body as it is founded: its words, when it meets, with what agenda, who sits in it."""

    name: str
    basis: str
    scope: str
    schedule: Schedule
    agenda: Sequence[tuple[str, str]]  # topic and title
    seats: Sequence[NewSeat]
    shared: Shared


def found(tx: Transaction, caller: Caller, new: NewBody) -> str:
    """Found a body; returns its id. Who founds it is a co-chair, from now at the latest.

    Raises ForbiddenError, UsageError for a schedule, seat or text that is none.
    """
    require_founding(caller, Role.ANALYST, Role.ADMINISTRATOR, scope=Scope.CASES)
    schedule = checked(new.schedule)
    said = {
        "name": typed("name", new.name),
        "basis": lines("basis", new.basis, 2000),
        "scope": lines("scope", new.scope, 2000),
        "rule": schedule.rule,
        "first": schedule.first,
        "zone": schedule.zone,
        "minutes": schedule.minutes,
    }
    agenda = _agenda(new.agenda)
    row = fresh(body, "body", **said, agenda=canonical(agenda).decode())
    write(tx, caller, body, row, new.shared)
    told = {"body": sealed(tx, {**said, "agenda": agenda}), **said_of(new.shared)}
    tx.record(caller, "body.founded", row["id"], told)
    for each in _seats(tx, caller, new.seats):
        enter(tx, caller, row["id"], each)
    return str(row["id"])


def listed(connection: Connection, reader: Reader, asked: Asked) -> Page:
    """The bodies in which the reader has, or had, a seat."""
    require(reader.caller, scope=Scope.READ)
    found = page(connection, select(body).where(bodies(reader)), LISTING, asked)
    return Page([_shown(row) for row in found.rows], found.next)


def one(connection: Connection, reader: Reader, id: str) -> dict[str, Any]:
    """A body. Raises NotFoundError."""
    return _shown(seen_body(connection, reader, id))


def _shown(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "agenda": json.loads(row["agenda"])}


def _agenda(items: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    if len(items) > _MOST_ITEMS:
        raise UsageError(f"agenda: more than {_MOST_ITEMS} items")
    return [
        {"topic": chosen(Topic, "topic", [topic]), "title": typed("title", title)}
        for topic, title in items
    ]


def _seats(tx: Transaction, caller: Caller, seats: Sequence[NewSeat]) -> list[NewSeat]:
    """The seats, the founder's as a co-chair among them."""
    if len(seats) > _MOST_SEATS:
        raise UsageError(f"seats: more than {_MOST_SEATS}")
    chairs = [
        each
        for each in seats
        if each.member == caller.member.id and each.role == SeatRole.CO_CHAIR
        and (each.since is None or each.since <= tx.at)
    ]  # fmt: skip
    first = NewSeat(caller.member.id, caller.member.name, SeatRole.CO_CHAIR)
    return [*seats] if chairs else [first, *seats]
