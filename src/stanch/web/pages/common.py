"""Common threats: what the caller's member holds with others, and whether to share more."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from stanch.app.desk import common
from stanch.app.desk.words import NewAnswer
from stanch.model.desk.people import Role
from stanch.web.bodies import Id
from stanch.web.pages.rows import asked, members, onward
from stanch.web.pages.visit import Form, Seen, go

ROUTER = APIRouter()
_FILTERS: Final = ("run",)


@ROUTER.get("/common")
def listed(request: Request, by: Seen) -> Response:
    """The threats that the caller's member reported, and how many wait for its answer."""
    wanted = asked(request, _FILTERS)
    found = common.listed(by.desk, by.caller, wanted)
    return by.page(
        "common", "Common threats",
        rows=found.rows, next=onward("/common", wanted, found.next), asked=wanted,
        waiting=common.waiting(by.desk, by.caller), members=members(by),
    )  # fmt: skip


@ROUTER.get("/common/{threat}")
def one(by: Seen, threat: Id) -> Response:
    """One of them, with the question and its form."""
    found = common.one(by.desk, by.caller, threat)
    asks = found["state"] == "common" and by.may(Role.ANALYST)
    return by.page(
        "common_threat", f"Common threat {threat}",
        row=found, members=members(by), asks=asks, own=by.caller.member.id,
        mine=common.offerable(by.desk, by.caller) if asks else [],
    )  # fmt: skip


@ROUTER.post("/common/{threat}")
def answer(sent: Form, threat: Id) -> Response:
    """Take the answer: what is ticked counts for a yes alone."""
    form, by = sent.form, sent.visit
    word = form.one("answer")
    yes = word == "yes"
    offers, to = (form.all("offers"), form.all("to")) if yes else ((), ())
    common.answer(by.desk, by.caller, threat, NewAnswer(word, offers, to))
    return go(f"/common/{threat}#question")
