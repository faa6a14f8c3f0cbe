"""What was made of a registry for one reader, kept until something that it rests on changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

_MOST: Final = 100_000  # of weight: some hundred bytes each

Made = TypeVar("Made")


@dataclass(slots=True)
class Memo:
    """By a key that says for whom and what; each with the version that it was made of. What was
    not asked for the longest goes first. What several ask for at once is made by one of them.
    """

    _kept: OrderedDict[Hashable, tuple[int, int, Any]] = field(default_factory=OrderedDict)
    _making: dict[Hashable, tuple[threading.Lock, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(
        self,
        key: Hashable,
        version: int,
        make: Callable[[], tuple[Made, int]],
        still: Callable[[int], bool] = lambda _: False,
    ) -> Made:
        """What is kept under a key at a version, or what `make` makes, with its weight; `make` may
        ask for other keys. `still` says whether an earlier version is the same for this key.
        """
        if (known := self._at(key, version, still)) is not None:
            found: Made = known[2]
            return found
        with self._alone(key):
            if (known := self._at(key, version, still)) is not None:  # another made it meanwhile
                found = known[2]
                return found
            made, weight = make()
            self._keep(key, (version, weight, made))
            return made

    def _at(
        self, key: Hashable, version: int, still: Callable[[int], bool]
    ) -> tuple[int, int, Any] | None:
        with self._lock:
            known = self._kept.get(key)
        if known is None or known[0] > version or (known[0] < version and not still(known[0])):
            return None
        self._keep(key, (version, *known[1:]))
        return known

    def _keep(self, key: Hashable, made: tuple[int, int, Any]) -> None:
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(each[1] for each in self._kept.values()) > _MOST:
                self._kept.popitem(last=False)

    @contextmanager
    def _alone(self, key: Hashable) -> Iterator[None]:
        """Make what is kept under a key while nobody else makes it."""
        with self._lock:
            lock, many = self._making.get(key, (threading.Lock(), 0))
            self._making[key] = lock, many + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                many = self._making.pop(key)[1] - 1
                if many:
                    self._making[key] = lock, many
