"""Answers that stay open: server-sent events, until who listens leaves or is nobody any more.

The events are the standard's (HTML, section 9.2): `id` is the place from which to go on, which a
client sends back in `Last-Event-ID`.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Header, Request
from fastapi.concurrency import run_in_threadpool

from stanch.errors import StanchError, TooManyError
from stanch.model.desk.people import Caller
from stanch.web.caller import House, house_of, who

MEDIA: Final = "text/event-stream"
SIGN_OF_LIFE: Final = 15  # seconds; so often who listens is asked for anew, too
STREAMS: Final = 10  # of one person at once

LastEvent = Annotated[str | None, Header(alias="last-event-id", pattern=r"^[0-9]{1,15}$")]


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its place, its name, and what it says, as JSON has it."""

    place: int
    name: str
    said: dict[str, Any]

    def text(self) -> str:
        """As it goes over the line."""
        return f"id: {self.place}\nevent: {self.name}\ndata: {json.dumps(self.said)}\n\n"


Read = Callable[[Caller, int], tuple[list[Event], int, bool]]
"""Events after a place, for a caller; up to which place that is; and whether there may be more."""


async def events(request: Request, caller: Caller, after: int, read: Read) -> AsyncIterator[str]:
    """All that `read` gives from a place on, as it comes to be."""
    house = house_of(request)
    try:
        with opened(house, caller):
            yield ": welcome\n\n"
            while True:
                stand = await house.pulse.beat()
                found, after, more = await run_in_threadpool(read, caller, after)
                for each in found:
                    yield each.text()
                if more:
                    continue
                if await house.pulse.beyond(stand, SIGN_OF_LIFE) == stand:
                    yield ": still here\n\n"
                caller = await run_in_threadpool(who, request)
    except StanchError:
        return  # nobody any more: a key that was revoked hears nothing further


def begin(request: Request, caller: Caller, after: int, last: str | None) -> int:
    """The place to begin at, which a client that comes back says in a header. Raises TooManyError
    while that still can be said.
    """
    with opened(house_of(request), caller):
        return after if last is None else int(last)


@contextmanager
def opened(house: House, caller: Caller) -> Iterator[None]:
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
