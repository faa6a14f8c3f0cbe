"""What a member screens by itself: a signed snapshot, and what changed since."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from stanch.app.desk import snapshots
from stanch.web.bodies import gives
from stanch.web.caller import At, Who, house_of

ROUTER = APIRouter(tags=["screening"])
PLACE: Final = "X-Log-Place"
_MOST: Final = 2**53
_MEDIA: Final = "application/octet-stream"

_CHANGED = {
    "n": 40,
    "order": "ord-0123456789abcdef",
    "marking": "TLP:AMBER",
    "kind": "hold",
    "expires": "2027-02-26T12:00:00.000000Z",
    "held": [{"account": "eip155:1:0x" + "ab" * 20, "asset": None, "amount": None}],
}


class Asked(BaseModel):
    """From which place of the log on, and how many orders."""

    since: int = Field(default=0, ge=0, le=_MOST)
    limit: int = Field(default=100, ge=1, le=snapshots.MOST)

    model_config = ConfigDict(extra="forbid")


@ROUTER.get("/snapshot", response_class=Response, responses=gives("", media=_MEDIA))
def snapshot(request: Request, desk: At, caller: Who) -> Response:
    """Orders and listings that the caller's member may hold, in a file that the desk signed for it:
    numbered, good for 24 hours, never with accounts that are merely tainted. `X-Log-Place` is the
    `since` of the changes that follow it.
    """
    data, place = snapshots.issue(desk, house_of(request).watching, caller)
    return Response(data, media_type=_MEDIA, headers={PLACE: str(place)})


@ROUTER.get("/changes", responses=gives({"items": [_CHANGED], "since": 40, "more": False}))
def changes(desk: At, caller: Who, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Orders that came into force or let go of accounts after place `since`, each with all that it
    holds now; and the place to ask from next time.
    """
    return snapshots.changes(desk, caller, asked.since, asked.limit)
