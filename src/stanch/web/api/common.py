"""Common threats: reports of what private matching told, and the question to each holder."""

from typing import Annotated, Any, Final

from fastapi import APIRouter
from pydantic import Field

from stanch.app.desk import common
from stanch.app.desk.words import Asked, NewAnswer
from stanch.web.bodies import AnId, Body, Id, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["common threats"])
_THREATS = asked_of("threats")

_AT: Final = "2026-11-26T12:00:00.000000Z"
_ROW: Final = {
    "id": "thr-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER+STRICT",
    "run": "run-0123456789abcdef",
    "tag": "00112233445566778899aabbccddeeff",
    "members": ["mem-japan", "mem-korea"],
    "k": 2,
    "created": _AT,
    "met": _AT,
    "state": "common",
    "answer": "yes",
    "holders": [{"member": "mem-korea", "since": _AT, "answer": "yes"}],
}
_ONE: Final = {
    **_ROW,
    "offered": {"answer": "yes", "offers": ["case-0123456789abcdef"], "to": ["mem-japan"]},
    "opened": [
        {"row": "case-0123456789abcdef", "of": "mem-korea", "to": "mem-japan", "problem": None,
         "at": _AT}
    ],
}  # fmt: skip


class ReportBody(Body):
    """A report that a member signed on a machine of its own (JWS): `stanch common report`."""

    report: Annotated[str, Field(min_length=1, max_length=200_000)]

    model_config = example({"report": "eyJhbGciOiJFZERTQSJ9.e30.c2ln"})


class AnswerBody(Body):
    """Whether to share more: `yes`, `no` or `later`. A yes names cases and items of the caller's
    member, and members that hold the threat too: all of them where `to` is empty.
    """

    answer: Annotated[str, Field(max_length=10)]
    offers: list[AnId] = Field(default=[], max_length=200)
    to: list[AnId] = Field(default=[], max_length=100)

    model_config = example({"answer": "yes", "offers": ["case-0123456789abcdef"], "to": []})


@ROUTER.post("/common", responses=gives({"items": ["thr-0123456789abcdef"]}))
def report(desk: At, caller: Who, body: ReportBody) -> dict[str, Any]:
    """Report what a run of private matching told; the desk learns no indicator of it."""
    return {"items": common.report(desk, caller, body.report)}


@ROUTER.get("/common", responses=page_of(_ROW))
def listed(desk: At, caller: Who, asked: Asked = _THREATS) -> dict[str, Any]:
    """What the caller's member reported, with who else did."""
    return rows(common.listed(desk, caller, asked))


@ROUTER.get("/common/{threat}", responses=gives(_ONE))
def one(desk: At, caller: Who, threat: Id) -> dict[str, Any]:
    """A common threat, what each holder answered, and what was opened."""
    return common.one(desk, caller, threat)


@ROUTER.post("/common/{threat}/answers", responses=gives(_ONE))
def answer(desk: At, caller: Who, threat: Id, body: AnswerBody) -> dict[str, Any]:
    """Answer whether to share more. What two offered who said yes to each other is opened."""
    new = NewAnswer(body.answer, tuple(body.offers), tuple(body.to))
    return common.answer(desk, caller, threat, new)
