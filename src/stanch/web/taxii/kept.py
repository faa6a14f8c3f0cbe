"""Answers that were given, for whoever asks the same while nothing has changed."""

from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

Headers = list[tuple[bytes, bytes]]

_MOST: Final = 64 << 20  # bytes
_SMALL: Final = 1000  # bytes that a key and its place take, about
_SECONDS: Final = 2.0  # seats begin and end with no entry of the log


@dataclass(frozen=True, slots=True)
class Sent:
    """A response: its headers and its body."""

    headers: Headers
    body: bytes = field(repr=False)


class Kept:
    """Responses by what was asked and by whom; the oldest go first."""

    def __init__(self, most: int = _MOST) -> None:
        """Keep `most` bytes of them."""
        self._most, self._size, self._stand = most, 0, -1
        self._kept: OrderedDict[object, tuple[float, Sent]] = OrderedDict()

    def get(self, stand: int, key: object) -> Sent | None:
        """What was answered, if it was at this stand of the log and not long ago."""
        found = self._kept.get(key) if stand == self._stand else None
        return found[1] if found is not None and found[0] >= monotonic() else None

    def keep(self, stand: int, key: object, sent: Sent) -> None:
        """Keep a response that was made when, or after, the log stood so."""
        if stand > self._stand:
            self._kept.clear()
            self._size, self._stand = 0, stand
        elif stand < self._stand:
            return
        if (before := self._kept.pop(key, None)) is not None:
            self._size -= _size(before[1])
        self._kept[key] = (monotonic() + _SECONDS, sent)
        self._size += _size(sent)
        while self._size > self._most and self._kept:
            _, (_, gone) = self._kept.popitem(last=False)
            self._size -= _size(gone)


def _size(sent: Sent) -> int:
    return len(sent.body) + _SMALL
