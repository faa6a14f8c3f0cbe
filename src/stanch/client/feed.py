"""The pull feed: all that a member is told, in its order, from where this client stopped.

A delivery counts as dealt with when the next one is asked for: who is stopped in the middle is told
again. One that came by webhook meanwhile is not told twice. The feed counts from 1 without gaps, so
one that is left out is noticed when the next comes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from time import sleep
from typing import Any, Final

from stanch.client.deliveries import Delivery, delivery_of, with_head
from stanch.client.line import Line
from stanch.client.state import State, StateFile
from stanch.client.streams import endless, streamed
from stanch.client.trust import Pin, now
from stanch.errors import SignatureError, UnreachableError

PATH: Final = "/v1/feed"
STREAM: Final = "/v1/feed/stream"
PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of one member at one desk."""

    line: Line
    pin: Pin
    file: StateFile
    clock: Callable[[], datetime] = now

    def waiting(self) -> Iterator[Delivery]:
        """All that waits now. Raises UnreachableError, SignatureError; RefusedError where the desk
        has told less than was heard: it was restored from a backup, and somebody has to call.
        """
        while items := self._page():
            before = self.file.read().cursor
            for said in items:
                yield from self._told(said)
            if self.file.read().cursor == before:
                raise UnreachableError("the desk's feed tells what it told, and does not go on")

    def following(self, wait: Callable[[float], None] = sleep) -> Iterator[Delivery]:
        """All that waits and all that comes, by server-sent events; does not end by itself.

        Where the desk does not answer it is asked again, after longer and longer `wait`.
        """
        for said in endless(self._streamed, wait):
            yield from self._told(said)

    def _page(self) -> list[Any]:
        query = {"after": str(self.file.read().cursor), "limit": str(PAGE)}
        found = self.line.get(PATH, query)
        items = found.get("items") if isinstance(found, dict) else None
        if not isinstance(items, list):
            raise UnreachableError("the desk's feed is no list")
        return items

    def _streamed(self) -> Iterator[Any]:
        return streamed(self.line, STREAM, ("after", self.file.read().cursor))

    def _told(self, said: Any) -> Iterable[Delivery]:
        """One delivery, where it was not dealt with; dealt with afterwards."""
        known = self.file.read()
        delivery = delivery_of(said, self.pin, known)
        if delivery.n <= known.cursor:
            return
        if delivery.n > known.cursor + 1:
            raise SignatureError(
                f"the feed leaves out what comes between {known.cursor} and {delivery.n}"
            )
        if not delivery.again:
            yield delivery
        dealt_with(self.file, self.pin, delivery, self.clock())


def dealt_with(file: StateFile, pin: Pin, delivery: Delivery, at: datetime) -> None:
    """Remember a delivery, so that it is not told again, by whatever way it comes; and the head of
    the log that it brought. Raises SignatureError where another, meanwhile, told of another log.
    """
    with file.changing() as change:
        change.state = _after(with_head(change.state, pin, delivery), delivery, at)


def _after(state: State, delivery: Delivery, at: datetime) -> State:
    """The cursor goes on only along the feed: what a webhook skipped is still to be told."""
    cursor = delivery.n if delivery.n == state.cursor + 1 else state.cursor
    return replace(state.dealt_with(delivery.id, at), cursor=cursor)
