"""What a member is told: asked for page by page, waited for, or streamed as it happens."""

import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from stanch.app.desk import feed
from stanch.errors import StanchError, TooManyError
from stanch.model.desk.people import Caller
from stanch.web.bodies import gives
from stanch.web.caller import At, House, Who, house_of, who

ROUTER = APIRouter(tags=["feed"])
LONGEST_WAIT: Final = 30  # seconds
SIGN_OF_LIFE: Final = 15  # seconds; so often who listens is asked for anew, too
STREAMS: Final = 10  # of one person at once
_MOST: Final = 2**53
_MEDIA: Final = "text/event-stream"

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
        with _open(house, caller):
            while not items and (left := until - time.monotonic()) > 0:
                stand = await house.pulse.beyond(stand, left)
                items = await run_in_threadpool(feed.after, desk, caller, asked.after, asked.limit)
    return {"items": items, "next": items[-1]["n"] if len(items) == asked.limit else None}


@ROUTER.get(
    "/feed/stream",
    response_class=StreamingResponse,
    responses=gives("id: 1\nevent: order\ndata: {}\n\n", media=_MEDIA),
)
async def streamed(
    request: Request,
    caller: Who,
    after: Annotated[int, Query(ge=0, le=_MOST)] = 0,
    last_event_id: Annotated[str | None, Header(pattern=r"^[0-9]{1,15}$")] = None,
) -> StreamingResponse:
    """The same as server-sent events, until the caller leaves or is nobody any more.

    A place that the feed has not reached is refused: the desk was restored from a backup.
    """
    start = after if last_event_id is None else int(last_event_id)
    with _open(house_of(request), caller):
        pass  # or refused, while it still can be said
    await run_in_threadpool(feed.after, house_of(request).desk, caller, start, 1)  # or refused
    return StreamingResponse(_events(request, caller, start), media_type=_MEDIA)


async def _events(request: Request, caller: Caller, after: int) -> AsyncIterator[str]:
    house = house_of(request)
    try:
        with _open(house, caller):
            yield ": welcome\n\n"
            while True:
                stand = await house.pulse.beat()
                items = await run_in_threadpool(feed.after, house.desk, caller, after, feed.MOST)
                for said in items:
                    after = said["n"]
                    yield f"id: {after}\nevent: {said['kind']}\ndata: {json.dumps(said)}\n\n"
                if items:
                    continue
                if await house.pulse.beyond(stand, SIGN_OF_LIFE) == stand:
                    yield ": still here\n\n"
                caller = await run_in_threadpool(who, request)
    except StanchError:
        return  # nobody any more: a key that was revoked hears nothing further


@contextmanager
def _open(house: House, caller: Caller) -> Iterator[None]:
    """One more answer that stays open: a person has only so many, or one would hold all that the
    server has. Raises TooManyError.
    """
    person = caller.person
    if house.streams[person] >= STREAMS:
        raise TooManyError("answers that wait at once", SIGN_OF_LIFE)
    house.streams[person] += 1
    try:
        yield
    finally:
        house.streams[person] -= 1
