"""Cases, what lies in them, and judgements."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field

from stanch.app.desk import cases
from stanch.app.desk.named_incident import warning_of
from stanch.app.desk.words import Asked, Confidence, NewItem, NewJudgement, Shared
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import Stance
from stanch.web.bodies import AnId, Body, Id, Marked, Named, Said, example, gives, page_of
from stanch.web.caller import At, Who, house_of
from stanch.web.lists import asked, asked_of, rows

ROUTER = APIRouter(tags=["cases"])
_CASES = asked_of("cases")
_ITEMS = asked_of("items")
_JUDGEMENTS = asked_of("judgements")

_AT = "2026-11-26T12:00:00.000000Z"
_CASE = {
    "id": "case-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "title": "Theft at Upbeat",
    "state": "open",
    "reported": _AT,
    "created": _AT,
}
_ITEM = {
    "id": "item-0123456789abcdef",
    "case": "case-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "kind": "note",
    "body": {"text": "Seen at 12:00."},
    "account": None,
    "incident": None,
    "file": None,
    "person": "per-0123456789abcdef",
    "created": _AT,
}
_JUDGEMENT = {
    "id": "jud-0123456789abcdef",
    "case": "case-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "country": "KR",
    "stance": "attributes",
    "actor": "Lazarus Group",
    "confidence": "moderate",
    "sources": ["shared infrastructure with an earlier theft"],
    "person": "per-0123456789abcdef",
    "created": _AT,
}
_OVERLAPS = asked(("created",), ("account", "owner", "case"))


class CaseBody(Marked):
    """A new case. `reported` is when the theft was reported, where that was before now."""

    title: Named
    reported: Annotated[str, Field(max_length=40)] | None = None

    model_config = example({"title": "Theft at Upbeat", "marking": "TLP:AMBER", "release": []})


class ClosingBody(Body):
    """Why a case ends."""

    reason: Said

    model_config = example({"reason": "All is returned."})


class ItemBody(Marked):
    """What is to lie in a case: an incident, trace, tag, account, sighting or note.

    An incident's body has a title, and as `incident` its id in the registry where it has one:
    judgements on the case are then statements about it. A sighting's has the account, when it was
    seen (`first`, `last`), how often (`count`), which list names it (`listed`), and a `text`.
    """

    kind: Annotated[str, Field(max_length=40)]
    body: dict[str, Any]

    model_config = example({"kind": "note", "body": {"text": "Seen at 12:00."}})


class Label(BaseModel):
    """What a file is called, and who may see it."""

    name: str = Field(min_length=1, max_length=120, examples=["receipt.pdf"])
    marking: Marking = Marking.AMBER
    release: list[AnId] = Field(default=[], max_length=1000)

    model_config = ConfigDict(extra="forbid")


class TraceLabel(BaseModel):
    """The hash of a trace's manifest, and who may see the trace."""

    manifest: str = Field(pattern=r"^sha256:[0-9a-f]{64}$", examples=["sha256:" + "0" * 64])
    marking: Marking = Marking.AMBER
    release: list[AnId] = Field(default=[], max_length=1000)

    model_config = ConfigDict(extra="forbid")


class JudgementBody(Marked):
    """Who did it, how sure the caller's country is, and on what that rests.

    `stance` is `attributes`, `suspects`, or `disputes` where the actor is held not to have done it.
    """

    actor: Named
    stance: Annotated[Stance, Field(strict=False)] = Stance.ATTRIBUTES
    confidence: Annotated[Confidence, Field(strict=False)]
    sources: Annotated[list[Said], Field(min_length=1, max_length=100)]

    model_config = example(
        {
            "actor": "Lazarus Group",
            "confidence": "moderate",
            "sources": ["shared infrastructure with an earlier theft"],
        }
    )


@ROUTER.get("/cases", responses=page_of(_CASE))
def listed(desk: At, caller: Who, asked: Asked = _CASES) -> dict[str, Any]:
    """Cases that the caller may see."""
    return rows(cases.listed(desk, caller, asked))


@ROUTER.post("/cases", status_code=201, responses=gives({"id": "case-0123456789abcdef"}, 201))
def open_case(desk: At, caller: Who, body: CaseBody) -> dict[str, str]:
    """Open a case."""
    return {"id": cases.open_case(desk, caller, body.title, body.shared(), body.reported)}


@ROUTER.get("/cases/{case}", responses=gives(_CASE))
def one(desk: At, caller: Who, case: Id) -> dict[str, Any]:
    """A case, with its release list for its owner."""
    return cases.one(desk, caller, case)


@ROUTER.post("/cases/{case}/close", status_code=204)
def close(desk: At, caller: Who, case: Id, body: ClosingBody) -> Response:
    """Close a case of the caller's own member."""
    cases.close(desk, caller, case, body.reason)
    return Response(status_code=204)


@ROUTER.put("/cases/{case}/sharing", status_code=204)
def reshare(desk: At, caller: Who, case: Id, body: Marked) -> Response:
    """Give a case another marking or release list; what lies in it keeps its own."""
    cases.reshare(desk, caller, case, body.shared())
    return Response(status_code=204)


@ROUTER.get("/cases/{case}/items", responses=page_of(_ITEM))
def items(desk: At, caller: Who, case: Id, asked: Asked = _ITEMS) -> dict[str, Any]:
    """What of a case the caller may see."""
    return rows(cases.listed_items(desk, caller, case, asked))


@ROUTER.post(
    "/cases/{case}/items", status_code=201, responses=gives({"id": "item-0123456789abcdef"}, 201)
)
def add_item(request: Request, desk: At, caller: Who, case: Id, body: ItemBody) -> dict[str, str]:
    """Add to a case; nothing is changed afterwards. An incident that the registry of this desk does
    not have is taken, for another's may, and `warning` says so.
    """
    new = NewItem(case, body.kind, body.body, body.shared())
    id = cases.add_item(desk, caller, new)
    warning = warning_of(house_of(request).shelf, new)
    return {"id": id, **({"warning": warning} if warning else {})}


@ROUTER.get("/items/{item}", responses=gives(_ITEM))
def item(desk: At, caller: Who, item: Id) -> dict[str, Any]:
    """One thing in a case."""
    return cases.item(desk, caller, item)


@ROUTER.post(
    "/cases/{case}/files",
    status_code=201,
    responses=gives({"id": "item-0123456789abcdef"}, 201),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def keep_file(
    request: Request, desk: At, caller: Who, case: Id, label: Annotated[Label, Query()]
) -> dict[str, str]:
    """Keep a file of evidence, at most 25 MiB: the body is the file. Its name is but a label."""
    content = await request.body()
    new = NewItem(case, "file", {}, Shared(label.marking, tuple(label.release)))
    return {"id": await run_in_threadpool(cases.keep_file, desk, caller, new, label.name, content)}


@ROUTER.post(
    "/cases/{case}/traces",
    status_code=201,
    responses=gives({"id": "item-0123456789abcdef"}, 201),
    openapi_extra={
        "requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}
    },
)
async def attach_trace(
    request: Request, desk: At, caller: Who, case: Id, label: Annotated[TraceLabel, Query()]
) -> dict[str, str]:
    """Put a trace into a case: the body is its accounts.csv. A later one takes its place in what
    exchanges are told.
    """
    content = await request.body()
    shared = Shared(label.marking, tuple(label.release))
    new = NewItem(case, "trace", {"manifest": label.manifest}, shared)
    return {"id": await run_in_threadpool(cases.attach_trace, desk, caller, new, content)}


@ROUTER.get("/files/{file}", responses=gives("", media="application/octet-stream"))
def read_file(desk: At, caller: Who, file: Id) -> Response:
    """The bytes of a file as they were kept: to be saved, never to be shown as a page."""
    name, content = cases.read_file(desk, caller, file)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)


@ROUTER.get("/cases/{case}/judgements", responses=page_of(_JUDGEMENT))
def judgements(desk: At, caller: Who, case: Id, asked: Asked = _JUDGEMENTS) -> dict[str, Any]:
    """Judgements on a case that the caller may see, side by side."""
    return rows(cases.listed_judgements(desk, caller, case, asked))


@ROUTER.post(
    "/cases/{case}/judgements",
    status_code=201,
    responses=gives({"id": "jud-0123456789abcdef"}, 201),
)
def judge(desk: At, caller: Who, case: Id, body: JudgementBody) -> dict[str, str]:
    """Add the judgement of the caller's country, or of a researcher."""
    new = NewJudgement(case, body.actor, body.confidence, body.sources, body.shared(), body.stance)
    return {"id": cases.judge(desk, caller, new)}


@ROUTER.get("/overlaps", responses=gives({"items": [], "next": None}))
def overlaps(desk: At, caller: Who, asked: Asked = _OVERLAPS) -> dict[str, Any]:
    """What other members have on accounts that the caller's member works on too."""
    return rows(cases.overlaps(desk, caller, asked))
