"""The signed directory of keys: every version with its signatures, and its very bytes."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from stanch.app.desk import directory
from stanch.app.desk.words import Stored
from stanch.web.bodies import Body, example, gives
from stanch.web.caller import At, Who
from stanch.web.lists import refuse_unknown

ROUTER = APIRouter(tags=["directory"])
Version = Annotated[int, Path(ge=1, le=2**31 - 1)]

_HASH = "sha256:" + "0" * 64
_VERSION = {
    "version": 1,
    "hash": _HASH,
    "created": "2026-11-26T12:00:00.000000Z",
    "document": {"desk": "desk-0123456789abcdef", "version": 1},
    "signatures": ["eyJhbGciOiJFZERTQSJ9.e30.c2ln"],
}


class VersionBody(Body):
    """A version: the text of its canonical JSON, and the signatures (JWS) of it."""

    document: Annotated[str, Field(min_length=2)]
    signatures: Annotated[list[Annotated[str, Field(max_length=20_000)]], Field(max_length=100)]

    model_config = example({"document": "{...}", "signatures": ["eyJ...", "eyJ..."]})


@ROUTER.get("/directory", responses=gives({"items": [_VERSION], "next": None}))
def since(
    request: Request,
    desk: At,
    caller: Who,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> dict[str, Any]:
    """All versions after a number: what whoever holds a pin walks along."""
    refuse_unknown(request, {"after"})
    return {"items": [_shown(each) for each in directory.since(desk, caller, after)], "next": None}


@ROUTER.get("/directory/{version}", responses=gives(_VERSION))
def one(desk: At, caller: Who, version: Version) -> dict[str, Any]:
    """A version."""
    return _shown(directory.one(desk, caller, version))


@ROUTER.get("/directory/{version}/document", responses=gives({}, media="application/octet-stream"))
def document(desk: At, caller: Who, version: Version) -> Response:
    """The bytes whose hash is the version's, canonical JSON."""
    found = directory.one(desk, caller, version)
    return Response(found.document, media_type="application/octet-stream")


@ROUTER.post("/directory", status_code=201, responses=gives(_VERSION, 201))
def accept(desk: At, caller: Who, body: VersionBody) -> dict[str, Any]:
    """Hand in the next version. Only what enough members signed is taken."""
    return _shown(directory.accept(desk, caller, body.document.encode(), body.signatures))


def _shown(stored: Stored) -> dict[str, Any]:
    return {
        "version": stored.version,
        "hash": stored.hash,
        "created": stored.created,
        "document": json.loads(stored.document),
        "signatures": list(stored.signatures),
    }
