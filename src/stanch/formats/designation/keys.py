"""Tables of a TOML file, read key by key: each fault is kept with the path of its key."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

MAX_BYTES: Final = 4 << 20
_LINE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_MOST: Final = 2_000  # tables or texts in a list: each reason is asked about each subject

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, by which rule: where is the path of a key such as `person[2].names[1].text`.

    A notice does not make the file wrong.
    """

    file: str
    line: int  # 0 where only the key is known
    key: str
    rule: str
    reason: str
    notice: bool = False

    def __str__(self) -> str:
        """As one line."""
        line = f", line {self.line}" if self.line else ""
        key = f", {self.key}" if self.key else ""
        word = "notice: " if self.notice else ""
        return f"{self.file}{line}{key}: {word}{self.reason} [{self.rule}]"


@dataclass(slots=True)
class Faults:
    """All faults of one file, as they are found."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, key: str, rule: str, reason: str, *, notice: bool = False) -> None:
        """One more."""
        self.found.append(Fault(self.file, 0, key, rule, reason, notice))


def load(name: str, data: bytes) -> dict[str, Any] | Fault:
    """The file's tables, or why it is no TOML."""
    if len(data) > MAX_BYTES:
        return Fault(name, 0, "", "file", f"is larger than {MAX_BYTES >> 20} MiB")
    try:
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Fault(name, line, "", "file", "is not UTF-8")
    except RecursionError:
        return Fault(name, 0, "", "file", "is nested too deeply")
    except ValueError as error:
        said = str(error)
        place = _LINE.search(said)
        line = int(place[1]) if place and place[1] else 0
        reason = said[: place.start()] if place else said
        return Fault(
            name, line, "", "file", f"is no TOML: {reason.encode('unicode_escape').decode()}"[:200]
        )


class Table:
    """One table. Whoever has read all that it may hold calls `close`, which names the rest."""

    def __init__(self, values: dict[str, Any], path: str, faults: Faults) -> None:
        """Take a table, and the path at which it stands."""
        self._values, self.path, self.faults = values, path, faults
        self._asked: set[str] = set()

    def at(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, rule: str, reason: str) -> None:
        """That something is wrong with a key."""
        self.faults.add(self.at(key), rule, reason)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def text(self, key: str, read: Callable[[str], _T], default: _T, *, needed: bool = False) -> _T:
        """A text, or a date without quotes, as `read` takes it; where it cannot, the default."""
        self._asked.add(key)
        value = self._values.get(key)
        if value is None or _blank(value):
            if needed:
                self.fault(key, "missing", "is not there" if value is None else "is empty")
            return default
        return self._read(key, value, read, default)

    def flag(self, key: str) -> bool:
        """Whether it is true; false where it is left out."""
        self._asked.add(key)
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, "type", "is not true or false")
        return value is True

    def texts(self, key: str, read: Callable[[str], _T]) -> tuple[_T, ...]:
        """A list of texts; one text is a list of one."""
        found = []
        for place, value in self._list(key):
            missing: Any = None
            one = self._read(place, value, read, missing)
            if one is not None:
                found.append(one)
        return tuple(found)

    def tables(self, key: str, bare: str = "") -> "Iterator[Table]":
        """Each table of a list; with `bare`, a text stands for a table that has this key alone."""
        for place, value in self._list(key):
            if bare and isinstance(value, str):
                yield Table({bare: value}, self.at(place), self.faults)
            elif isinstance(value, dict):
                yield Table(value, self.at(place), self.faults)
            else:
                self.fault(place, "type", "is no table")

    def table(self, key: str) -> "Table":
        """The one table; an empty one where it is missing."""
        self._asked.add(key)
        value = self._values.get(key)
        if not isinstance(value, dict):
            self.fault(key, "missing" if value is None else "type", "is no table")
            return Table({}, self.at(key), Faults(self.faults.file))
        return Table(value, self.at(key), self.faults)

    def close(self) -> None:
        """Name the keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                plain = key[:60].encode("unicode_escape").decode()
                self.faults.add(self.at(plain), "key", "is a key that is not known here")

    def _list(self, key: str) -> Iterator[tuple[str, Any]]:
        self._asked.add(key)
        value = self._values.get(key, [])
        if not isinstance(value, list):
            value = [value]
        if len(value) > _MOST:
            self.fault(key, "type", f"has more than {_MOST:,} things")
            return
        for number, each in enumerate(value, 1):
            yield f"{key}[{number}]", each

    def _read(self, key: str, value: Any, read: Callable[[str], _T], default: _T) -> _T:
        if type(value) is date:
            value = value.isoformat()
        if not isinstance(value, str):
            self.fault(key, "type", "is no text")
            return default
        if _blank(value):
            self.fault(key, "missing", "is empty")
            return default
        try:
            return read(" ".join(value.split()))
        except ValueError as error:
            self.fault(key, "value", str(error))
            return default


def _blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()
