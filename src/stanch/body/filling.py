"""A body as it is asked for: what was not said comes from a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from stanch.body.bodies import NewBody
from stanch.body.schedule import Schedule, local
from stanch.body.seats import NewSeat
from stanch.body.templates import Template, template
from stanch.body.words import SeatRole
from stanch.cases.cases import Shared
from stanch.errors import UsageError
from stanch.store.desk.tables import member


@dataclass(frozen=True, slots=True)
class AskedSeat:
    """A seat whose agency and role a template may say, by the member's country."""

    member: str
    agency: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AskedBody:
    """What was said of a new body, the rest None."""

    seats: Sequence[AskedSeat]
    shared: Shared
    template: str | None = None
    name: str | None = None
    basis: str | None = None
    scope: str | None = None
    rule: str | None = None
    first: str | None = None
    zone: str | None = None
    minutes: int | None = None
    agenda: Sequence[tuple[str, str]] | None = None


def filled(connection: Connection, asked: AskedBody, now: str) -> NewBody:
    """The body to be founded. A template counts from the day after.

    Raises UsageError where something is missing, or a country of the template has no seat.
    """
    of = None if asked.template is None else template(asked.template)
    zone = str(_said(asked, of, "zone"))
    first = asked.first
    if first is None and of is not None and zone == of.zone:
        first = f"{(local(now, zone) + timedelta(days=1)).date()}T{of.clock}"
    if first is None:
        raise UsageError("first: is missing, the first time by the clocks of the zone")
    schedule = Schedule(
        str(_said(asked, of, "rule")), first, zone, int(_said(asked, of, "minutes"))
    )
    return NewBody(
        name=str(_said(asked, of, "name")),
        basis=str(_said(asked, of, "basis")),
        scope=str(_said(asked, of, "scope")),
        schedule=schedule,
        agenda=_said(asked, of, "agenda"),
        seats=_seats(connection, asked, of),
        shared=asked.shared,
    )


def _said(asked: AskedBody, of: Template | None, field: str) -> Any:
    value = getattr(asked, field)
    if value is None and of is not None:
        value = getattr(of, field)
    if value is None:
        raise UsageError(f"{field}: is missing; say it, or name a template")
    return value


def _seats(connection: Connection, asked: AskedBody, of: Template | None) -> list[NewSeat]:
    agencies = {} if of is None else of.seats
    ids = [each.member for each in asked.seats]
    query = select(member.c.id, member.c.country).where(member.c.id.in_(ids))
    countries = {row.id: row.country for row in connection.execute(query)}
    missing = sorted(agencies.keys() - set(countries.values()))
    if missing:
        raise UsageError(f"template {asked.template}: no member of {', '.join(missing)}")
    made = []
    for each in asked.seats:
        proposed = agencies.get(countries.get(each.member, ""))
        agency = each.agency or proposed
        if agency is None:
            raise UsageError(f"seats: {each.member[:80]!r} needs an agency")
        role = SeatRole.CO_CHAIR if proposed else SeatRole.MEMBER
        made.append(NewSeat(each.member, agency, each.role or role))
    return made
