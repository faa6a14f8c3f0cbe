"""Partners, and what came from them and was laid aside: why, its bytes, and what to do with it."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk.words import MOST_ROWS, Asked, HeldState
from stanch.app.taxii import partners
from stanch.errors import UsageError
from stanch.model.desk.people import Role
from stanch.web.bodies import Id
from stanch.web.pages.refused import NOTHING, Filled, Refused
from stanch.web.pages.rows import asked, members, onward
from stanch.web.pages.visit import Form, Seen, Visit

ROUTER = APIRouter()
_FILTERS: Final = ("state", "partner")
_SHOWN: Final = 5_000  # characters of its bytes on the page; the rest is there by the API


@ROUTER.get("/quarantine")
def listed(request: Request, by: Seen) -> Response:
    """What lies aside for the caller's member, and the links that brought it."""
    wanted = asked(request, _FILTERS)
    found = partners.listed_aside(by.desk, by.caller, wanted)
    links = partners.listed(by.desk, by.caller, Asked(MOST_ROWS, "title")).rows
    return by.page(
        "quarantine", "Quarantine",
        rows=found.rows, next=onward("/quarantine", wanted, found.next), asked=wanted, links=links,
        titles={each["id"]: each["title"] for each in links}, members=members(by),
        states=list(HeldState),
    )  # fmt: skip


@ROUTER.get("/quarantine/{held}")
def one(by: Seen, held: Id) -> Response:
    """One thing, with the form for analysts."""
    return page(by, held)


@ROUTER.post("/quarantine/{held}")
def settle(sent: Form, held: Id) -> Response:
    """Take it in or drop it, as the button says that was pressed."""
    form, by = sent.form, sent.visit

    def do() -> str:
        match form.one("do"):
            case "take":
                partners.take(by.desk, by.caller, held)
            case "drop":
                partners.drop(by.desk, by.caller, held)
            case _:
                raise UsageError("say whether to take it or to drop it")
        return f"/quarantine/{held}"

    return Filled("settle", form, lambda refused: page(by, held, refused)).take(do)


def page(by: Visit, held: str, refused: Refused = NOTHING) -> Response:
    """The page of one thing. Raises NotFoundError."""
    row = partners.one_aside(by.desk, by.caller, held)
    text = row["bytes"].decode("utf-8", "replace")
    return by.page(
        "quarantine_one", refused.title("Laid aside"),
        row=row, text=text[:_SHOWN], cut=len(text) > _SHOWN, refused=refused,
        settles=row["state"] == HeldState.HELD and by.may(Role.ANALYST),
    )  # fmt: skip
