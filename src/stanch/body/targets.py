"""What a body aims at: a measure with baseline, target and day, and readings of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from stanch.body.rows import chaired, fresh, sealed, seen_body, write
from stanch.body.schedule import by_clock, local
from stanch.body.words import day
from stanch.cases.cases import Shared, known, said_of
from stanch.errors import NotFoundError, UsageError
from stanch.members.words import typed
from stanch.model.desk.people import Caller
from stanch.store.desk.page import Asked, Listing, Page, page
from stanch.store.desk.seated import Reader, at_the_time, held, this_at_the_time
from stanch.store.desk.tables import body_target, reading
from stanch.store.desk.transaction import Transaction

LISTING: Final = Listing(body_target, ("created", "due"), ("owner", "marking"))
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target of cooperation: time to hold, say, in hours, from 72 to 24 by a day."""

    measure: str
    unit: str
    baseline: str
    target: str
    due: str
    shared: Shared


@dataclass(frozen=True, slots=True)
class NewReading:
    """How the measure stood on a day, by the clocks of the body's place."""

    target: str
    value: str
    day: str
    shared: Shared


def aim(tx: Transaction, caller: Caller, body: str, new: NewTarget) -> str:
    """Set a target; returns its id. Raises ForbiddenError, NotFoundError, UsageError."""
    chaired(tx, caller, body)
    said = {
        "measure": typed("measure", new.measure),
        "unit": typed("unit", new.unit),
        "baseline": _number("baseline", new.baseline),
        "target": _number("target", new.target),
        "due": day("due", new.due),
    }
    row = fresh(body_target, "aim", body=body, at=tx.at, **said)
    write(tx, caller, body_target, row, new.shared)
    told = {"body": body, "target": sealed(tx, said), **said_of(new.shared)}
    tx.record(caller, "target.set", row["id"], told)
    return str(row["id"])


def take_reading(tx: Transaction, caller: Caller, new: NewReading) -> str:
    """Note how a target stands; a later reading of the same day is the one that counts.

    Raises ForbiddenError, NotFoundError, UsageError for a day to come.
    """
    query = select(body_target.c.body, body_target.c.at).where(
        this_at_the_time(body_target, Reader(caller, tx.at), known("target", new.target))
    )
    of = tx.connection.execute(query).one_or_none()
    if of is None:
        raise NotFoundError(f"no target {new.target}")
    zone = chaired(tx, caller, of.body)["zone"]
    on = day("day", new.day)
    if on > local(tx.at, zone).date().isoformat():
        raise UsageError(f"day: {on} is yet to come")
    said = {"value": _number("value", new.value), "day": on}
    at = max(by_clock("day", f"{on}T00:00", zone), of.at)  # of a day before the target: part of it
    row = fresh(reading, "read", body=of.body, target=new.target, at=at, **said)
    write(tx, caller, reading, row, new.shared)
    told = {"target": new.target, "reading": sealed(tx, said), **said_of(new.shared)}
    tx.record(caller, "reading.taken", row["id"], told)
    return str(row["id"])


def listed(connection: Connection, reader: Reader, body: str, asked: Asked) -> Page:
    """The targets that the reader may see, each with its readings. Raises NotFoundError."""
    seen_body(connection, reader, body)
    query = select(body_target).where(at_the_time(body_target, reader, body))
    found = page(connection, query, LISTING, asked)
    readings = _readings(connection, reader, body, [row["id"] for row in found.rows])
    return Page([{**row, "readings": readings[row["id"]]} for row in found.rows], found.next)


def _readings(
    connection: Connection, reader: Reader, body: str, targets: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    query = (
        select(reading)
        .where(held(reading.c.target).in_(targets), at_the_time(reading, reader, body))
        .order_by(reading.c.day, reading.c.created, reading.c.id)
    )
    found: dict[str, list[dict[str, Any]]] = {id: [] for id in targets}
    for row in connection.execute(query).mappings():
        found[row["target"]].append(dict(row))
    return found


def _number(field: str, text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise UsageError(f"{field}: {text[:80]!r} is no number in decimal digits")
    return text
