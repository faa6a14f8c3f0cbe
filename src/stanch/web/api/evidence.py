"""Evidence across borders: what a bundle of a case is made of, and the log's word on signatures."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import Field

from stanch.app.desk import evidence
from stanch.web.bodies import ID, Body, Id, example, gives
from stanch.web.caller import At, Who

ROUTER = APIRouter(tags=["evidence"])

_AT: Final = "2026-11-26T12:00:00.000000Z"
_ROW: Final = {"at": _AT, "member": "mem-korea", "n": 1, "person": "per-0123456789abcdef",
               "said": {}, "subject": "sha256:" + "0" * 64, "verb": "evidence.signed"}  # fmt: skip
_STAMP: Final = {"head": "eyJhbGciOiJFZERTQSJ9.e30.c2ln", "row": _ROW, "path": []}
_MATERIAL: Final = {
    "desk": "desk-0123456789abcdef",
    "case": {"format": "stanch-evidence-case@1", "case": {}, "items": [], "judgements": []},
    "log": {"format": "stanch-evidence-log@1", "head": None, "entries": []},
    "directory": [],
    "left_out": 0,
}
To = Annotated[str, Query(pattern=ID, max_length=64, examples=["mem-korea"])]


class SignedBody(Body):
    """Evidence, or an entry of custody, that somebody signed on their own machine (JWS)."""

    text: Annotated[str, Field(min_length=1, max_length=900_000)]

    model_config = example({"text": "eyJhbGciOiJFZERTQSJ9.e30.c2ln"})


@ROUTER.get("/cases/{case}/evidence", responses=gives(_MATERIAL))
def material(desk: At, caller: Who, case: Id, to: To) -> dict[str, Any]:
    """What of a case may go to a member as evidence: `stanch case bundle` makes a bundle of it."""
    return evidence.material(desk, caller, case, to)


@ROUTER.post("/evidence", responses=gives(_STAMP))
def stamp(desk: At, caller: Who, body: SignedBody) -> dict[str, Any]:
    """Log that evidence was signed, handed over or received; gives the log's proof of it."""
    return evidence.stamp(desk, caller, body.text)
