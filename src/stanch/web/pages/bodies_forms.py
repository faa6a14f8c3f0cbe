"""What a co-chair does on the page of a body: calls a meeting, seats and unseats, sets targets."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import bodies, meetings
from stanch.app.desk.words import NewMeeting, NewReading, NewSeat, NewTarget, by_clock
from stanch.web.bodies import Id
from stanch.web.pages.bodies import page
from stanch.web.pages.cases import shared
from stanch.web.pages.refused import Filled
from stanch.web.pages.visit import Form, Sent

ROUTER = APIRouter()


@ROUTER.post("/bodies/{body}/meetings")
def call(request: Request, sent: Form, body: Id) -> Response:
    """Call the next meeting, by the schedule or at a time, and go to it."""
    form, by = sent.form, sent.visit

    def do() -> str:
        new = NewMeeting(form.one("place"), shared(form), _time(sent, body, "at"))
        return f"/meetings/{meetings.call(by.desk, by.caller, body, new)}"

    return _taken(request, sent, body, ("call", "meetings"), do)


@ROUTER.post("/bodies/{body}/targets")
def aim(request: Request, sent: Form, body: Id) -> Response:
    """Set a target of cooperation."""
    form, by = sent.form, sent.visit

    def do() -> None:
        new = NewTarget(
            form.one("measure"), form.one("unit"), form.one("baseline"), form.one("target"),
            form.one("due"), shared(form),
        )  # fmt: skip
        bodies.aim(by.desk, by.caller, body, new)

    return _taken(request, sent, body, ("target", "targets"), do)


@ROUTER.post("/bodies/{body}/readings")
def reading(request: Request, sent: Form, body: Id) -> Response:
    """Note how a target stands."""
    form, by = sent.form, sent.visit

    def do() -> None:
        new = NewReading(form.one("target"), form.one("value"), form.one("day"), shared(form))
        bodies.take_reading(by.desk, by.caller, new)

    return _taken(request, sent, body, ("reading", "targets"), do)


@ROUTER.post("/bodies/{body}/seats")
def seat(request: Request, sent: Form, body: Id) -> Response:
    """Seat somebody."""
    form, by = sent.form, sent.visit

    def do() -> None:
        new = NewSeat(
            form.one("member"), form.one("agency"), form.one("role"),
            _time(sent, body, "from"), _time(sent, body, "until"),
        )  # fmt: skip
        bodies.take_seat(by.desk, by.caller, body, new)

    return _taken(request, sent, body, ("seat", "seats"), do)


@ROUTER.post("/bodies/{body}/seats/end")
def unseat(request: Request, sent: Form, body: Id) -> Response:
    """End a seat, now or later."""
    form, by = sent.form, sent.visit

    def do() -> None:
        bodies.end_seat(by.desk, by.caller, form.one("seat"), _time(sent, body, "until"))

    return _taken(request, sent, body, ("unseat", "seats"), do)


def _time(sent: Sent, body: str, field: str) -> str | None:
    """A time by the clocks of the body; None where nothing was typed."""
    text, by = sent.form.one(field), sent.visit
    if not text:
        return None
    return by_clock(field, text, bodies.one(by.desk, by.caller, body)["zone"])


def _taken(
    request: Request, sent: Sent, body: str, of: tuple[str, str], do: Callable[[], str | None]
) -> Response:
    """Do what the form asks for, and go to the address that it gives, or to where it shows; `of` is
    the form's name, and that place on the page.

    Raises NotFoundError where who sent it may not see the body, whatever the form names beside it.
    """
    name, place = of
    bodies.one(sent.visit.desk, sent.visit.caller, body)
    filled = Filled(name, sent.form, lambda refused: page(request, sent.visit, body, refused))
    return filled.take(lambda: do() or f"/bodies/{body}#{place}")
