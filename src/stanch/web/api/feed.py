"""What a member is told: asked for page by page, waited for, or streamed as it happens."""

import time
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from stanch.app.desk import feed
from stanch.model.desk.people import Caller
from stanch.web import streams
from stanch.web.bodies import gives
from stanch.web.caller import At, Who, desk_of, house_of
from stanch.web.streams import Event

ROUTER = APIRouter(tags=["feed"])
LONGEST_WAIT: Final = 30  # seconds
_MOST: Final = 2**53

_MESSAGE = {
    "id": "mem-korea-1-20261126120000000000",
    "member": "mem-korea",
    "n": 1,
    "kind": "order",
    "subject": "ord-0123456789abcdef",
    "body": {},
    "created": "2026-11-26T12:00:00.000000Z",
    "head": "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
}


class Asked(BaseModel):
    """From where on, how many, and how long to wait for the first."""

    after: int = Field(default=0, ge=0, le=_MOST)
    limit: int = Field(default=100, ge=1, le=feed.MOST)
    wait: int = Field(default=0, ge=0, le=LONGEST_WAIT)

    model_config = ConfigDict(extra="forbid")


@ROUTER.get("/feed", responses=gives({"items": [_MESSAGE], "next": None}))
async def told(
    request: Request, desk: At, caller: Who, asked: Annotated[Asked, Query()]
) -> dict[str, Any]:
    """What the caller's member was told after message `after`.

    With `wait` the answer comes when there is something, or after so many seconds.
    """
    house = house_of(request)
    stand = await house.pulse.beat()
    items = await run_in_threadpool(feed.after, desk, caller, asked.after, asked.limit)
    if asked.wait and not items:
        until = time.monotonic() + asked.wait
        with streams.opened(house, caller):
            while not items and (left := until - time.monotonic()) > 0:
                stand = await house.pulse.beyond(stand, left)
                items = await run_in_threadpool(feed.after, desk, caller, asked.after, asked.limit)
    return {"items": items, "next": items[-1]["n"] if len(items) == asked.limit else None}


@ROUTER.get(
    "/feed/stream",
    response_class=StreamingResponse,
    responses=gives("id: 1\nevent: order\ndata: {}\n\n", media=streams.MEDIA),
)
async def streamed(
    request: Request,
    caller: Who,
    after: Annotated[int, Query(ge=0, le=_MOST)] = 0,
    last_event_id: streams.LastEvent = None,
) -> StreamingResponse:
    """The same as server-sent events, until the caller leaves or is nobody any more.

    A place that the feed has not reached is refused: the desk was restored from a backup.
    """
    desk = desk_of(request)
    start = streams.begin(request, caller, after, last_event_id)
    await run_in_threadpool(feed.after, desk, caller, start, 1)  # or refused

    def read(caller: Caller, after: int) -> tuple[list[Event], int, bool]:
        items = feed.after(desk, caller, after, feed.MOST)
        found = [Event(each["n"], each["kind"], each) for each in items]
        return found, found[-1].place if found else after, bool(found)

    return StreamingResponse(streams.events(request, caller, start, read), media_type=streams.MEDIA)
