"""What a member screens by itself: a signed snapshot, and what changed since."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from stanch.app.desk import snapshots
from stanch.model.desk.people import Caller
from stanch.web import streams
from stanch.web.bodies import gives
from stanch.web.caller import At, Who, desk_of, house_of
from stanch.web.streams import Event

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


_PAGE: Final = {"items": [_CHANGED], "since": 40, "more": False}
_EITHER: Final[dict[int | str, Any]] = {
    200: {
        "content": {
            "application/json": {"example": _PAGE},
            streams.MEDIA: {"example": "id: 40\nevent: changed\ndata: {}\n\n"},
        }
    }
}


@ROUTER.get("/changes", response_model=None, responses=_EITHER)
async def changes(
    request: Request,
    caller: Who,
    asked: Annotated[Asked, Query()],
    accept: Annotated[str, Header()] = "",
    last_event_id: streams.LastEvent = None,
) -> dict[str, Any] | StreamingResponse:
    """Orders that came into force or let go of accounts after place `since`, each with all that it
    holds now; and the place to ask from next time.

    To who accepts `text/event-stream` they come as server-sent events, what comes later too, until
    the caller leaves or is nobody any more. Their ids are places; `Last-Event-ID` goes before
    `since`.
    """
    desk = desk_of(request)
    if streams.MEDIA not in accept:
        return await run_in_threadpool(snapshots.changes, desk, caller, asked.since, asked.limit)
    start = streams.begin(request, caller, asked.since, last_event_id)
    await run_in_threadpool(snapshots.changes, desk, caller, start, 1)  # or refused
    limit = asked.limit

    def read(caller: Caller, since: int) -> tuple[list[Event], int, bool]:
        page = snapshots.changes(desk, caller, since, limit)
        found = [Event(each["n"], "changed", each) for each in page["items"]]
        return found, page["since"], page["more"]

    return StreamingResponse(streams.events(request, caller, start, read), media_type=streams.MEDIA)
