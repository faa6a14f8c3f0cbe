"""Bodies: all of one's own, and one with its meetings, what it aims at, and who sits in it."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import bodies, meetings, people
from stanch.app.desk.words import MOST_ROWS, Asked, AskedBody, AskedSeat
from stanch.errors import ForbiddenError
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import MemberKind, Role
from stanch.web.bodies import Id
from stanch.web.pages.cases import shared
from stanch.web.pages.refused import NOTHING, Filled, Refused
from stanch.web.pages.rows import asked, members, onward
from stanch.web.pages.visit import Form, Seen, Visit

ROUTER = APIRouter()


@ROUTER.get("/bodies")
def listed(request: Request, by: Seen) -> Response:
    """Bodies in which the caller's member has, or had, a seat."""
    return list_page(request, by)


@ROUTER.post("/bodies")
def found(request: Request, sent: Form) -> Response:
    """Found a body from a template, and go to it."""
    form, by = sent.form, sent.visit

    def do() -> str:
        seats = tuple(AskedSeat(each) for each in form.all("member"))
        new = AskedBody(
            seats, shared(form), form.one("template"), form.one("name") or None,
            first=form.one("first") or None,
        )  # fmt: skip
        return f"/bodies/{bodies.found(by.desk, by.caller, new)}"

    return Filled("found", form, lambda refused: list_page(request, by, refused)).take(do)


def list_page(request: Request, by: Visit, refused: Refused = NOTHING) -> Response:
    """The list, with the form for who may found. Raises ForbiddenError for one that who may not
    sent.
    """
    may_found = _founds(by)
    if refused.form and not may_found:
        raise ForbiddenError("this is for the founding governments")
    wanted = asked(request, (), "name")
    found = bodies.listed(by.desk, by.caller, wanted)
    return by.page(
        "bodies", refused.title("Bodies"),
        rows=found.rows, next=onward("/bodies", wanted, found.next), members=members(by),
        refused=refused, may_found=may_found, templates=bodies.templates(),
        governments=_governments(by) if may_found else [], caller_member=by.caller.member.id,
        markings=list(Marking),
    )  # fmt: skip


@ROUTER.get("/bodies/{body}")
def one(request: Request, by: Seen, body: Id) -> Response:
    """A body: its meetings, targets and seats."""
    return page(request, by, body)


def page(request: Request, by: Visit, body: str, refused: Refused = NOTHING) -> Response:
    """The page of a body, with forms for who may write in it. Raises NotFoundError, and
    ForbiddenError for a form that who may not write sent.
    """
    wanted = asked(request, (), "-at")
    row = bodies.one(by.desk, by.caller, body)
    may_write = writes(by, body, refused)
    found = meetings.listed(by.desk, by.caller, body, wanted)
    sitting = seats(by, body)
    targets = bodies.listed_targets(by.desk, by.caller, body, Asked(MOST_ROWS, "due"))
    names, now = members(by), by.desk.database.now()
    return by.page(
        "body", refused.title(row["name"]),
        row=row, meetings=found.rows, next=onward(f"/bodies/{body}", wanted, found.next),
        seats=sitting, targets=targets.rows, members=names, refused=refused,
        may_write=may_write, markings=list(Marking), seated=others(by, sitting, names),
        held=[
            (each["id"], f"{each['agency']}, {names.get(each['member'], each['member'])}")
            for each in sitting
            if each["until"] is None or each["until"] > now
        ],
    )  # fmt: skip


def seats(by: Visit, body: str) -> Sequence[Mapping[str, Any]]:
    """Who sits in a body, and sat there, as far as the caller may see."""
    return bodies.listed_seats(by.desk, by.caller, body, Asked(MOST_ROWS, "since")).rows


def others(
    by: Visit, sitting: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The members beside the caller's own that something in a body can be released to."""
    ids = {each["member"] for each in sitting} - {by.caller.member.id}
    return sorted(((id, names.get(id, id)) for id in ids), key=lambda each: each[1])


def writes(by: Visit, body: str, refused: Refused) -> bool:
    """Whether to show forms. Raises ForbiddenError for one that who may not write sent."""
    may = bodies.may_write(by.desk, by.caller, body)
    if refused.form and not may:
        raise ForbiddenError("this is for the co-chairs of the body")
    return may


def _founds(by: Visit) -> bool:
    member = by.caller.member
    governs = member.founding and member.kind == MemberKind.GOVERNMENT
    return governs and by.may(Role.ANALYST, Role.ADMINISTRATOR)


def _governments(by: Visit) -> list[tuple[str, str]]:
    of = Asked(MOST_ROWS, "name", filters={"kind": MemberKind.GOVERNMENT})
    found = people.members(by.desk, by.caller, of).rows
    return [(each["id"], f"{each['name']} ({each['country']})") for each in found]
