"""Personas: results of linking, the queue, what two readers hold of each question, decisions."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from stanch.app.desk import personas
from stanch.app.desk.words import Asked, NewIndicators, SaidOf
from stanch.model.desk.persona_review import Verdict
from stanch.web.bodies import Body, Id, Marked, Named, Said, example, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows
from stanch.web.texts import fault_in_json

ROUTER = APIRouter(tags=["personas"])
MEDIA = "application/vnd.stanch.persona-result+json"
_RESULTS = asked_of("persona_results")
_CLUSTERS = asked_of("persona_clusters", "-rank")
_INDICATORS = asked_of("persona_indicators")

_AT = "2026-11-26T12:00:00.000000Z"
_RESULT = {
    "id": "psr-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER+STRICT",
    "title": "Applications of March",
    "manifest": "sha256:" + "0" * 64,
    "methods": ["device@1"],
    "records": 1200,
    "clusters": 3,
    "left_out": 0,
    "person": "per-0123456789abcdef",
    "created": _AT,
}
_CLUSTER = {
    "id": "psc-0123456789abcdef",
    "result": "psr-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER+STRICT",
    "level": "operator",
    "name": "op-1",
    "farm": "farm-1",
    "rank": "0000000009-000000066750001-1",
    "priority": 9,
    "microbits": 66750001,
    "people": 3,
    "state": "queued",
    "round": 1,
    "case": None,
    "created": _AT,
}
_WHOLE = {**_CLUSTER, "said": {"records": [], "links": [], "wallets": []}, "words": [],
          "indicators": []}  # fmt: skip
_INDICATOR = {
    "id": "psi-0123456789abcdef",
    "cluster": "psc-0123456789abcdef",
    "owner": "mem-korea",
    "marking": "TLP:AMBER",
    "group": "wg-4",
    "identifiers": [{"kind": "email", "hmac": "0" * 64}],
    "person": "per-0123456789abcdef",
    "created": _AT,
}


class ResultLabel(BaseModel):
    """What a result is called."""

    title: str = Field(min_length=1, max_length=200, examples=["Applications of March"])

    model_config = ConfigDict(extra="forbid")


class ReadingBody(Body):
    """What somebody holds: `same`, `different`, or `unclear` where they cannot tell; and why."""

    verdict: Annotated[Verdict, Field(strict=False)]
    reason: Said

    model_config = example({"verdict": "same", "reason": "One device, one photo, one payee."})

    def said(self) -> SaidOf:
        """As use cases have it."""
        return SaidOf(self.verdict.value, self.reason)


class BackBody(Body):
    """Why a decision is taken back."""

    reason: Said

    model_config = example({"reason": "The device was a library's."})


class Token(Body):
    """An identifier as a group knows it: its kind, and an HMAC-SHA-256 under the group's key."""

    kind: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    hmac: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    model_config = example({"kind": "email", "hmac": "0" * 64})


class IndicatorsBody(Marked):
    """Identifiers of a confirmed operator for a group; `group` is the name of the group's key."""

    group: Named
    identifiers: Annotated[list[Token], Field(min_length=1, max_length=5000)]

    model_config = example(
        {"group": "wg-4", "identifiers": [{"kind": "email", "hmac": "0" * 64}], "release": []}
    )


class RecordBody(Body):
    """A record, as the employer or platform has its id."""

    record: Annotated[str, Field(min_length=1, max_length=200)]

    model_config = example({"record": "A-17"})


@ROUTER.post(
    "/personas/results",
    status_code=201,
    responses=gives({"id": "psr-0123456789abcdef", "clusters": 3, "left_out": 0}, 201),
    openapi_extra={
        "requestBody": {"required": True, "content": {MEDIA: {"schema": {"type": "string"}}}}
    },
)
async def submit(
    request: Request, desk: At, caller: Who, label: Annotated[ResultLabel, Query()]
) -> dict[str, Any]:
    """Hand in what linking found, for the caller's member alone: the body is a document of JSON
    (`stanch-persona-result@1`) of at most 25 MiB. Each cluster in it becomes a question.
    """
    content = await request.body()
    if fault := fault_in_json(content):
        raise HTTPException(400, f"the body {fault}")
    return await run_in_threadpool(personas.submit, desk, caller, label.title, content)


@ROUTER.get("/personas/results", responses=page_of(_RESULT))
def results(desk: At, caller: Who, asked: Asked = _RESULTS) -> dict[str, Any]:
    """The results that the caller may see."""
    return rows(personas.listed_results(desk, caller, asked))


@ROUTER.get("/personas/results/{result}", responses=gives(_RESULT))
def result(desk: At, caller: Who, result: Id) -> dict[str, Any]:
    """A result: how many records were looked at, by which methods, and how many were queued."""
    return personas.result(desk, caller, result)


@ROUTER.get("/personas/indicators", responses=page_of(_INDICATOR))
def listed_indicators(desk: At, caller: Who, asked: Asked = _INDICATORS) -> dict[str, Any]:
    """Identifiers that members offered to groups, as far as the caller may see them."""
    return rows(personas.listed_indicators(desk, caller, asked))


@ROUTER.get("/personas/indicators/{indicators}", responses=gives(_INDICATOR))
def indicators(desk: At, caller: Who, indicators: Id) -> dict[str, Any]:
    """One offer. Where it was taken away it has no identifiers."""
    return personas.offered(desk, caller, indicators)


@ROUTER.get("/personas/counts", responses=gives({}))
def counted(desk: At, caller: Who) -> dict[str, int]:
    """How many questions there are in each state, of those that the caller may see."""
    return personas.counted(desk, caller)


@ROUTER.post("/personas/erasure", responses=gives({"clusters": [], "indicators": []}))
def erase(desk: At, caller: Who, body: RecordBody) -> dict[str, Any]:
    """Forget a record in all clusters of the caller's member. What was offered of them to groups is
    taken away. For administrators in a session.
    """
    return personas.erase(desk, caller, body.record)


@ROUTER.get("/personas", responses=page_of(_CLUSTER))
def listed(desk: At, caller: Who, asked: Asked = _CLUSTERS) -> dict[str, Any]:
    """The queue: questions that the caller may see, the first by priority first."""
    return rows(personas.listed(desk, caller, asked))


@ROUTER.get("/personas/{cluster}", responses=gives(_WHOLE))
def one(desk: At, caller: Who, cluster: Id) -> dict[str, Any]:
    """A question: its records, each link with its evidence and bits, and what people said."""
    return personas.one(desk, caller, cluster)


@ROUTER.post("/personas/{cluster}/readings", responses=gives({"state": "read"}))
def read(desk: At, caller: Who, cluster: Id, body: ReadingBody) -> dict[str, str]:
    """Say what a reader holds of it. Two people must read it before it is decided, and nothing is
    while they differ. For people in a session.
    """
    return personas.read(desk, caller, cluster, body.said())


@ROUTER.post(
    "/personas/{cluster}/decision",
    responses=gives({"state": "confirmed", "case": "case-0123456789abcdef", "untagged": []}),
)
def decide(desk: At, caller: Who, cluster: Id, body: ReadingBody) -> dict[str, Any]:
    """Decide what its readers agree on. `same` opens a case of the caller's member, with a tag for
    each wallet. For people in a session.
    """
    return personas.decide(desk, caller, cluster, body.said())


@ROUTER.post(
    "/personas/{cluster}/taking-back", responses=gives({"state": "queued", "indicators": []})
)
def take_back(desk: At, caller: Who, cluster: Id, body: BackBody) -> dict[str, Any]:
    """Take a decision back: it is queued again and read anew, and what was offered of it to groups
    is taken away. For people in a session.
    """
    return personas.take_back(desk, caller, cluster, body.reason)


@ROUTER.post(
    "/personas/{cluster}/indicators",
    status_code=201,
    responses=gives({"id": "psi-0123456789abcdef"}, 201),
)
def offer(desk: At, caller: Who, cluster: Id, body: IndicatorsBody) -> dict[str, str]:
    """Offer identifiers of a confirmed operator under a group's key, which the desk does not get.
    By its id the offer is then shared into a collection. For people in a session.
    """
    tokens = tuple((each.kind, each.hmac) for each in body.identifiers)
    new = NewIndicators(cluster, body.group, tokens, body.shared())
    return {"id": personas.offer(desk, caller, new)}
