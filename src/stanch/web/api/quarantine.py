"""What came from partners and was laid aside, with the reason, until somebody decides."""

from typing import Any, Final

from fastapi import APIRouter, Response

from stanch.app.desk.words import Asked
from stanch.app.taxii import partners
from stanch.web.bodies import Id, gives, page_of
from stanch.web.caller import At, Who
from stanch.web.lists import asked_of, rows

ROUTER = APIRouter(tags=["partners"])
_QUARANTINE = asked_of("quarantine")
_MEDIA: Final = "application/octet-stream"

_AT = "2026-11-27T12:00:00.000000Z"
_HELD = {
    "id": "held-0123456789abcdef",
    "partner": "link-0123456789abcdef",
    "collection": "6c1f2a0e-5d2b-4c07-9d7e-3b2f0f6a1c55",
    "object": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
    "reason": "has no spec_version",
    "state": "held",
    "person": None,
    "settled": None,
    "created": _AT,
    "size": 512,
}


@ROUTER.get("/quarantine", responses=page_of(_HELD))
def listed(desk: At, caller: Who, asked: Asked = _QUARANTINE) -> dict[str, Any]:
    """What was laid aside of what came to the caller's member."""
    return rows(partners.listed_aside(desk, caller, asked))


@ROUTER.get("/quarantine/{held}", responses=gives({**_HELD, "digest": "ab" * 32}))
def one(desk: At, caller: Who, held: Id) -> dict[str, Any]:
    """One thing that was laid aside; `digest` is the SHA-256 of its bytes."""
    found = partners.one_aside(desk, caller, held)
    return {name: value for name, value in found.items() if name != "bytes"}


@ROUTER.get("/quarantine/{held}/bytes", response_class=Response)
def raw(desk: At, caller: Who, held: Id) -> Response:
    """Its bytes, as they came."""
    return Response(partners.one_aside(desk, caller, held)["bytes"], media_type=_MEDIA)


@ROUTER.post("/quarantine/{held}/take", status_code=204)
def take(desk: At, caller: Who, held: Id) -> Response:
    """Take it into the collection that it was for, with the fault that it has; analysts do."""
    partners.take(desk, caller, held)
    return Response(status_code=204)


@ROUTER.post("/quarantine/{held}/drop", status_code=204)
def drop(desk: At, caller: Who, held: Id) -> Response:
    """Drop it: it stays aside when it comes again."""
    partners.drop(desk, caller, held)
    return Response(status_code=204)
