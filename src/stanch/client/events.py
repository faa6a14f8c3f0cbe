"""Server-sent events, as the HTML standard reads them (section 9.2.6): lines become events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stanch.errors import UnreachableError

MOST: Final = 4 << 20  # characters of one event


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `id` is the last one named in the stream, empty where none was."""

    id: str
    name: str
    data: str


def events(lines: Iterable[str]) -> Iterator[Event | None]:
    """Events in their order; None for a sign of life, a comment that says nothing else.

    An event without data is none. Raises UnreachableError where one does not end.
    """
    id, name, data, size = "", "", list[str](), 0
    for line in lines:
        size += len(line)
        if size > MOST:
            raise UnreachableError(f"an event of the desk is longer than {MOST:,} characters")
        if not line:
            if data:
                yield Event(id, name or "message", "\n".join(data))
            name, data, size = "", [], 0
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not field:
            size = 0 if not data else size
            yield None
        elif field == "data":
            data.append(value)
        elif field == "event":
            name = value
        elif field == "id" and "\0" not in value:
            id = value
