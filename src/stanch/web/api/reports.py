"""Reports that come in from outside, and what an analyst makes of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from stanch.app.desk import cases
from stanch.app.desk.words import Asked, NewReport, Source, Triage, Verdict
from stanch.web.bodies import AnId, Body, Id, Marked, Named, Said, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["reports"])
_REPORTS = asked_of("reports")
Texts = Annotated[list[Named], Field(max_length=1000)]

_REPORT = {
    "id": "rep-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "reporter": "rpr-0123456789abcdef",
    "record": {"reporter": "rpr-0123456789abcdef", "valid": 1, "invalid": 0},
    "kind": "victim",
    "state": "new",
    "created": "2026-11-26T12:00:00.000000Z",
}
_RECEIVED = {"id": "rep-0123456789abcdef", "record": _REPORT["record"], "repeats": []}


class ReportBody(Marked):
    """A report as it came in. `contact` is who made it; the same contact has one record."""

    kind: Annotated[Source, Field(strict=False)]
    contact: Named
    text: Annotated[str, Field(max_length=100_000)]
    accounts: Texts = Field(default=[])
    transactions: Texts = Field(default=[])

    model_config = example(
        {
            "kind": "victim",
            "contact": "victim@example.org",
            "text": "My wallet was emptied.",
            "accounts": ["eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"],
        }
    )


class TriageBody(Body):
    """What a report is worth, why, the case it goes to, the report that it repeats."""

    verdict: Annotated[Verdict, Field(strict=False)]
    reason: Said
    case: AnId | None = None
    same_as: AnId | None = None

    model_config = example({"verdict": "valid", "reason": "The transfer is on the chain."})


@ROUTER.get("/reports", responses=page_of(_REPORT))
def listed(desk: At, caller: Who, asked: Asked = _REPORTS) -> dict[str, Any]:
    """Reports that the caller may see, each with its reporter's record."""
    return rows(cases.listed_reports(desk, caller, asked))


@ROUTER.post("/reports", status_code=201, responses=gives(_RECEIVED, 201))
def receive(desk: At, caller: Who, body: ReportBody) -> dict[str, Any]:
    """Take a report in; gives its reporter's record and the reports that it seems to repeat."""
    new = NewReport(
        body.kind, body.contact, body.text, body.accounts, body.transactions, body.shared()
    )
    return cases.receive(desk, caller, new)


@ROUTER.get("/reports/{report}", responses=gives(_REPORT))
def one(desk: At, caller: Who, report: Id) -> dict[str, Any]:
    """A report, its reporter's record, and what it seems to repeat."""
    return cases.report(desk, caller, report)


@ROUTER.post("/reports/{report}/verdict", status_code=204)
def settle(desk: At, caller: Who, report: Id, body: TriageBody) -> Response:
    """Say what a report is worth, once."""
    triage = Triage(body.verdict, body.reason, body.case, body.same_as)
    cases.settle(desk, caller, report, triage)
    return Response(status_code=204)
