"""What a desk tells as it happens: server-sent events, opened anew wherever they end."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from stanch.client.events import events
from stanch.client.line import Line
from stanch.errors import TooManyError, UnreachableError

MEDIA: Final = "text/event-stream"
WAITS: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)  # seconds before one asks again; then the last

Wait = Callable[[float], None]


def streamed(line: Line, path: str, since: tuple[str, int]) -> Iterator[Any]:
    """The JSON of each event after a place, `since` with the name of its parameter, until the
    stream ends, which raises UnreachableError.
    """
    name, place = since
    headers = {"Accept": MEDIA, "Last-Event-ID": str(place)}
    with line.stream(path, {name: str(place)}, headers) as lines:
        for event in events(lines):
            if event is not None:
                yield _json(event.data)
    raise UnreachableError("the desk ended the stream")


def endless(begin: Callable[[], Iterator[Any]], wait: Wait) -> Iterator[Any]:
    """What streams tell, each begun where the one before ended. Where the desk does not answer it
    is asked again, after longer and longer `wait`.
    """
    failed = 0
    while True:
        try:
            for said in begin():
                failed = 0
                yield said
        except TooManyError as error:
            wait(error.wait)
        except UnreachableError:
            wait(WAITS[min(failed, len(WAITS) - 1)])
            failed += 1


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnreachableError("an event of the desk is no JSON") from None
