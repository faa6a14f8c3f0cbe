"""The list of cases, and opening one."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import cases
from stanch.app.desk.words import Shared
from stanch.errors import UsageError
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Role
from stanch.web.pages.rows import asked, members, onward, others
from stanch.web.pages.visit import Form, Posted, Seen, go

ROUTER = APIRouter()
_FILTERS: Final = ("state", "marking", "owner")


@ROUTER.get("/cases")
def listed(request: Request, by: Seen) -> Response:
    """Cases that the caller may see."""
    wanted = asked(request, _FILTERS)
    found = cases.listed(by.desk, by.caller, wanted)
    return by.page(
        "cases", "Cases",
        rows=found.rows, next=onward("/cases", wanted, found.next), asked=wanted,
        members=members(by), others=others(by), markings=list(Marking),
        may_open=by.may(Role.ANALYST),
    )  # fmt: skip


@ROUTER.post("/cases")
def open_case(sent: Form) -> Response:
    """Open a case, and go to it."""
    form, by = sent.form, sent.visit
    reported = form.one("reported") or None
    id = cases.open_case(by.desk, by.caller, form.one("title"), shared(form), reported)
    return go(f"/cases/{id}")


def shared(form: Posted) -> Shared:
    """With whom a form shares what it makes. Raises UsageError for a marking that is none."""
    try:
        marking = Marking(form.one("marking"))
    except ValueError:
        raise UsageError("choose a marking") from None
    return Shared(marking, form.all("release"))
