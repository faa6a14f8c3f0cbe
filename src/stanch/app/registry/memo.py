"""What was made of a registry for one reader, kept until something that it rests on changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

_MOST: Final = 100_000  # of weight: some hundred bytes each

Made = TypeVar("Made")


@dataclass(slots=True)
class Memo:
    """By a key that says for whom and what; each with the version that it was made of. What was
    not asked for the longest goes first.
    """

    _kept: OrderedDict[Hashable, tuple[int, int, Any]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, key: Hashable, version: int, make: Callable[[], tuple[Made, int]]) -> Made:
        """What is kept under a key at a version, or what `make` makes, with its weight."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None and known[0] == version:
                self._kept.move_to_end(key)
                found: Made = known[2]
                return found
        made, weight = make()
        with self._lock:
            self._kept[key] = (version, weight, made)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(each[1] for each in self._kept.values()) > _MOST:
                self._kept.popitem(last=False)
        return made
