"""Bodies and working groups: who sits in them, when they meet, what they aim at."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import bodies
from stanch.app.desk.words import (
    LONGEST_RULE,
    Asked,
    AskedBody,
    AskedSeat,
    NewReading,
    NewSeat,
    NewTarget,
    SeatRole,
    Topic,
)
from stanch.web.bodies import AnId, Body, Id, Marked, Named, Said, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["bodies"])
_BODIES = asked_of("bodies")
_SEATS = asked_of("seats", "since")
_TARGETS = asked_of("targets")

_AT = "2026-11-26T12:00:00.000000Z"
_BODY = {
    "id": "body-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "name": "Working group on stolen assets",
    "basis": "Joint statement of 18 August 2023",
    "scope": "Thefts of virtual assets",
    "rule": "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU",
    "first": "2027-01-01T10:00",
    "zone": "Asia/Seoul",
    "minutes": 180,
    "agenda": [{"topic": "review", "title": "Review of progress"}],
    "created": _AT,
}
_SEAT = {
    "id": "seat-0123456789abcdef",
    "body": "body-0123456789abcdef",
    "member": "mem-korea",
    "agency": "Ministry of Foreign Affairs",
    "role": "co-chair",
    "since": _AT,
    "until": None,
    "created": _AT,
}
_READING = {
    "id": "read-0123456789abcdef",
    "body": "body-0123456789abcdef",
    "target": "aim-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "value": "60.5",
    "day": "2026-11-25",
    "at": "2026-11-25T00:00:00.000000Z",
    "created": _AT,
}
_TARGET = {
    "id": "aim-0123456789abcdef",
    "body": "body-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "measure": "Time from theft to hold",
    "unit": "hours",
    "baseline": "72",
    "target": "24",
    "due": "2027-12-31",
    "at": _AT,
    "created": _AT,
    "readings": [_READING],
}

Time = Annotated[str, Field(max_length=40)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Digits = Annotated[str, Field(min_length=1, max_length=40)]
ATopic = Annotated[Topic, Field(strict=False)]
ARole = Annotated[SeatRole, Field(strict=False)]


class AgendaItem(Body):
    """A topic, and what it is called on the agenda."""

    topic: ATopic
    title: Named

    model_config = example({"topic": "threats", "title": "Threat assessment"})


class FirstSeat(Body):
    """A seat from the founding on; a template knows agency and role by the member's country."""

    member: AnId
    agency: Named | None = None
    role: ARole | None = None

    model_config = example({"member": "mem-korea", "agency": "Ministry of Foreign Affairs"})


class BodyBody(Marked):
    """A new body. With a `template` (trilateral, korea-australia) only the seats need be said.

    In amber and without a release list it is for all who sit in it, each from their time on.
    """

    template: Annotated[str, Field(max_length=40)] | None = None
    name: Named | None = None
    basis: Said | None = None
    scope: Said | None = None
    rule: Annotated[str, Field(max_length=LONGEST_RULE)] | None = None
    first: Time | None = None
    zone: Annotated[str, Field(max_length=64)] | None = None
    minutes: Annotated[int, Field(ge=1, le=10080)] | None = None
    agenda: Annotated[list[AgendaItem], Field(max_length=100)] | None = None
    seats: list[FirstSeat] = Field(default=[], max_length=200)

    model_config = example(
        {
            **{
                name: _BODY[name]
                for name in ("name", "basis", "scope", "rule", "first", "zone", "minutes", "agenda")
            },
            "seats": [],
        }
    )

    def asked(self) -> AskedBody:
        """As use cases have it."""
        agenda = self.agenda
        return AskedBody(
            seats=[AskedSeat(each.member, each.agency, each.role) for each in self.seats],
            shared=self.shared(),
            agenda=None if agenda is None else [(each.topic, each.title) for each in agenda],
            **{
                name: getattr(self, name)
                for name in (
                    "template", "name", "basis", "scope", "rule", "first", "zone", "minutes",
                )
            },
        )  # fmt: skip


class SeatBody(Body):
    """A seat: `from` when (without: now), `until` when (without: open)."""

    member: AnId
    agency: Named
    role: ARole
    since: Time | None = Field(default=None, alias="from")
    until: Time | None = None

    model_config = example(
        {"member": "mem-korea", "agency": "National Police Agency", "role": "observer"}
    )


class EndBody(Body):
    """When a seat ends, without: now."""

    until: Time | None = None

    model_config = example({"until": "2027-06-30T00:00:00Z"})


class TargetBody(Marked):
    """A target of cooperation. Numbers are texts of decimal digits."""

    measure: Named
    unit: Named
    baseline: Digits
    target: Digits
    due: Day

    model_config = example(
        {name: str(_TARGET[name]) for name in ("measure", "unit", "baseline", "target", "due")}
    )


class ReadingBody(Marked):
    """How a target stood on a day."""

    value: Digits
    day: Day

    model_config = example({"value": "60.5", "day": "2026-01-05"})


@ROUTER.get("/bodies", responses=page_of(_BODY))
def listed(desk: At, caller: Who, asked: Asked = _BODIES) -> dict[str, Any]:
    """Bodies in which the caller's member has, or had, a seat."""
    return rows(bodies.listed(desk, caller, asked))


@ROUTER.post("/bodies", status_code=201, responses=gives({"id": _BODY["id"]}, 201))
def found(desk: At, caller: Who, body: BodyBody) -> dict[str, str]:
    """Found a body; a founding government does, and is a co-chair."""
    return {"id": bodies.found(desk, caller, body.asked())}


@ROUTER.get("/bodies/{body}", responses=gives(_BODY))
def one(desk: At, caller: Who, body: Id) -> dict[str, Any]:
    """A body."""
    return bodies.one(desk, caller, body)


@ROUTER.get("/bodies/{body}/seats", responses=page_of(_SEAT))
def seats(desk: At, caller: Who, body: Id, asked: Asked = _SEATS) -> dict[str, Any]:
    """Who sits in a body, or sat there when the caller's member did."""
    return rows(bodies.listed_seats(desk, caller, body, asked))


@ROUTER.post("/bodies/{body}/seats", status_code=201, responses=gives({"id": _SEAT["id"]}, 201))
def take_seat(desk: At, caller: Who, body: Id, said: SeatBody) -> dict[str, str]:
    """Seat somebody; co-chairs do. An observer sees what is from then on, nothing before."""
    new = NewSeat(said.member, said.agency, said.role, said.since, said.until)
    return {"id": bodies.take_seat(desk, caller, body, new)}


@ROUTER.post("/seats/{seat}/end", status_code=204)
def end_seat(desk: At, caller: Who, seat: Id, said: EndBody) -> Response:
    """End a seat, now or later; what was seen by it may be seen further, and nothing after."""
    bodies.end_seat(desk, caller, seat, said.until)
    return Response(status_code=204)


@ROUTER.get("/bodies/{body}/targets", responses=page_of(_TARGET))
def targets(desk: At, caller: Who, body: Id, asked: Asked = _TARGETS) -> dict[str, Any]:
    """Targets of a body with their readings, as the caller may see them."""
    return rows(bodies.listed_targets(desk, caller, body, asked))


@ROUTER.post("/bodies/{body}/targets", status_code=201, responses=gives({"id": _TARGET["id"]}, 201))
def aim(desk: At, caller: Who, body: Id, said: TargetBody) -> dict[str, str]:
    """Set a target of cooperation."""
    new = NewTarget(said.measure, said.unit, said.baseline, said.target, said.due, said.shared())
    return {"id": bodies.aim(desk, caller, body, new)}


@ROUTER.post(
    "/body-targets/{aim}/readings", status_code=201, responses=gives({"id": _READING["id"]}, 201)
)
def take_reading(desk: At, caller: Who, aim: Id, said: ReadingBody) -> dict[str, str]:
    """Note how a target stands; the latest reading of a day is the one that counts."""
    new = NewReading(aim, said.value, said.day, said.shared())
    return {"id": bodies.take_reading(desk, caller, new)}
