"""What a co-chair does on the page of a meeting: from its agenda to its actions, and moves it."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter
from fastapi.responses import Response

from stanch.app.desk import meetings
from stanch.app.desk.words import NewAction, NewPaper, by_clock
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.web.bodies import Id
from stanch.web.pages.cases import shared
from stanch.web.pages.meetings import calendar, page
from stanch.web.pages.refused import Filled
from stanch.web.pages.visit import Form, Sent

ROUTER = APIRouter()
_ADDRESS: Final = "address-"


@ROUTER.post("/meetings/{meeting}/agenda")
def add_to_agenda(sent: Form, meeting: Id) -> Response:
    """Put one more item on the agenda."""
    form, by = sent.form, sent.visit

    def do() -> None:
        item = (form.one("topic"), form.one("title"))
        meetings.add_to_agenda(by.desk, by.caller, meeting, item, shared(form))

    return _taken(sent, meeting, ("item", "agenda"), do)


@ROUTER.post("/meetings/{meeting}/papers")
def lay(sent: Form, meeting: Id) -> Response:
    """Lay a paper before the meeting: a text, or a file of evidence of the caller's own member."""
    form, by = sent.form, sent.visit

    def do() -> None:
        new = NewPaper(
            form.one("title"), shared(form), form.one("text") or None, form.one("file") or None,
            form.one("topic"),
        )  # fmt: skip
        meetings.lay(by.desk, by.caller, meeting, new)

    return _taken(sent, meeting, ("paper", "papers"), do)


@ROUTER.post("/meetings/{meeting}/decisions")
def decide(sent: Form, meeting: Id) -> Response:
    """Note a decision."""
    form, by = sent.form, sent.visit

    def do() -> None:
        meetings.decide(by.desk, by.caller, meeting, form.one("text"), shared(form))

    return _taken(sent, meeting, ("decision", "decisions"), do)


@ROUTER.post("/meetings/{meeting}/actions")
def give(sent: Form, meeting: Id) -> Response:
    """Note an action."""
    form, by = sent.form, sent.visit

    def do() -> None:
        new = NewAction(form.one("by"), form.one("what"), form.one("due"), shared(form))
        meetings.give(by.desk, by.caller, meeting, new)

    return _taken(sent, meeting, ("action", "actions"), do)


@ROUTER.post("/meetings/{meeting}/actions/end")
def end_action(sent: Form, meeting: Id) -> Response:
    """Say of an action, of this meeting or of one before, that it is done or dropped."""
    form, by = sent.form, sent.visit

    def do() -> None:
        said = (form.one("action"), form.one("state"), form.one("reason") or None)
        meetings.end_action(by.desk, by.caller, *said)

    return _taken(sent, meeting, ("end", "actions"), do)


@ROUTER.post("/meetings/{meeting}/move")
def move(sent: Form, meeting: Id) -> Response:
    """Give it another time, another place, or both."""
    form, by = sent.form, sent.visit

    def do() -> None:
        at, place = form.one("at") or None, form.one("place") or None
        if at is None and place is None:
            raise UsageError("say where or when it is to be")
        if at is not None:
            at = by_clock("at", at, meetings.one(by.desk, by.caller, meeting)["zone"])
        meetings.move(by.desk, by.caller, meeting, at, place)

    return _taken(sent, meeting, ("move", "main"), do)


@ROUTER.post("/meetings/{meeting}/cancel")
def cancel(sent: Form, meeting: Id) -> Response:
    """Cancel it, for good."""
    form, by = sent.form, sent.visit

    def do() -> None:
        meetings.cancel(by.desk, by.caller, meeting, form.one("reason"))

    return _taken(sent, meeting, ("cancel", "main"), do)


@ROUTER.post("/meetings/{meeting}/invitation")
def invite(sent: Form, meeting: Id) -> Response:
    """The invitation with e-mail addresses in it, which the desk does not keep."""
    form, by = sent.form, sent.visit
    named = [name for name in form.fields if name.startswith(_ADDRESS)]
    try:
        addresses = {name.removeprefix(_ADDRESS): form.one(name) for name in named}
        given = {member: address for member, address in addresses.items() if address}
        return calendar(by, meeting, given)
    except (UsageError, RefusedError, NotFoundError) as error:
        return _filled(sent, meeting, "invite").refuse(error)


def _taken(sent: Sent, meeting: str, of: tuple[str, str], do: Callable[[], None]) -> Response:
    """Do what the form asks for; `of` is its name, and the place on the page where it shows.

    Raises NotFoundError where who sent it may not see the meeting, whatever the form names beside
    it.
    """
    name, place = of
    meetings.one(sent.visit.desk, sent.visit.caller, meeting)

    def act() -> str:
        do()
        return f"/meetings/{meeting}#{place}"

    return _filled(sent, meeting, name).take(act)


def _filled(sent: Sent, meeting: str, name: str) -> Filled:
    return Filled(name, sent.form, lambda refused: page(sent.visit, meeting, refused))
