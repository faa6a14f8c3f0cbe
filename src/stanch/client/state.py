"""What a client remembers between runs, in one small file: where it stopped, and what it has seen.

It is what makes going back visible: of the feed, of snapshots, of the log and of the directory. So
it is written whole or not at all, by one process at a time, and lies where only its owner writes.
"""

import fcntl
import json
import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from itertools import dropwhile, islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

from stanch.errors import InputError, OutputError
from stanch.formats.signed.fields import moment, stamp

FORMAT: Final = "stanch-client@1"
REMEMBERED: Final = timedelta(days=7)  # a desk sends again for three days
MOST_SEEN: Final = 100_000
# Thousands of times in one look: a client with a backlog reads them again for each delivery.
_TIMES: Final = re.compile(
    r"(?:\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{6})?Z\n)*", re.ASCII
)


@dataclass(frozen=True, slots=True)
class State:
    """Desk and member that it is about; the feed's cursor; the highest snapshot's number; the
    latest signed head that was proved; the latest that a delivery brought, and that delivery's
    place; version and hash of the newest directory; ids of deliveries that were dealt
    with, each with its time.
    """

    desk: str = ""
    member: str = ""
    cursor: int = 0
    snapshot: int = 0
    head: str = ""
    told: str = ""
    told_n: int = 0
    version: int = 0
    directory: str = ""
    seen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Any) -> Self:
        """Read it strictly. Raises ValueError."""
        if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
            raise ValueError(f"is no {FORMAT}")
        kinds = {each.name: type(getattr(cls(), each.name)) for each in fields(cls)}
        if said.keys() != kinds.keys() or any(type(said[name]) is not kinds[name] for name in said):
            raise ValueError(f"is no {FORMAT}: other fields")
        if len(said["seen"]) > MOST_SEEN:
            raise ValueError(f"is no {FORMAT}: too many ids")
        if not _are_times(said["seen"].values()):
            raise ValueError(f"is no {FORMAT}: other times")
        return cls(**said)

    def dealt_with(self, id: str, now: datetime) -> Self:
        """With one more delivery, and without those of long ago, which stand first."""
        young = islice(self.seen.items(), max(0, len(self.seen) - MOST_SEEN + 1), None)
        kept = dict(dropwhile(lambda each: moment(each[1]) <= now - REMEMBERED, young))
        return replace(self, seen={**kept, id: stamp(now)})


def _are_times(texts: Collection[Any]) -> bool:
    """Whether all are times as `stamp` writes them, on days that there are."""
    try:
        if not _TIMES.fullmatch("".join(f"{text}\n" for text in texts)):
            return False
        for day in {text[:10] for text in texts}:
            date.fromisoformat(day)
    except (TypeError, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class StateFile:
    """The file. A missing one is a client that has seen nothing.

    What was read last is kept while the file is the same: each writing puts another in its place.
    """

    path: Path
    _last: dict[tuple[int, int, int], State] = field(
        default_factory=dict, compare=False, repr=False
    )

    def read(self) -> State:
        """What is remembered. Raises InputError where the file is damaged: to begin anew would
        forget what protects from going back, and is for its owner to decide.
        """
        try:
            with self.path.open("rb") as stream:
                which = _which(stream)
                known = self._last.get(which)
                data = b"" if known else stream.read()
        except FileNotFoundError:
            return State()
        except OSError as error:
            raise InputError(str(self.path), f"cannot be read: {error.strerror}") from None
        if known is not None:
            return known
        try:
            found = State.of(json.loads(data))
        except (ValueError, RecursionError) as error:
            raise InputError(str(self.path), str(error)) from None
        self._keep(which, found)
        return found

    def _keep(self, which: tuple[int, int, int], state: State) -> None:
        self._last.clear()
        self._last[which] = state

    @contextmanager
    def changing(self) -> Iterator["Change"]:
        """Read, change and write with no other process in between. Raises as `read`, OutputError.

        Where the block raises, nothing is written.
        """
        with self._locked():
            change = Change(self.read())
            before = change.state
            yield change
            if change.state != before:
                self._write(change.state)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """The lock is a file of its own: the state's is replaced by each writing."""
        try:
            handle = os.open(f"{self.path}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be locked: {error.strerror}") from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _write(self, state: State) -> None:
        draft = self.path.with_name(f".{self.path.name}.partial")
        said = {each.name: getattr(state, each.name) for each in fields(state)}
        data = json.dumps({"format": FORMAT, **said}).encode()
        try:
            handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
                self._keep(_which(stream), state)
            draft.replace(self.path)
            _settle(self.path.parent)
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written: {error.strerror}") from None


def _which(stream: BinaryIO) -> tuple[int, int, int]:
    """What tells a file from the one that took its place."""
    found = os.fstat(stream.fileno())
    return found.st_ino, found.st_mtime_ns, found.st_size


def _settle(folder: Path) -> None:
    """Have the new name on the disk: after a power cut the old state would be there again, and
    what was seen would be forgotten.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(slots=True)
class Change:
    """A state that is being changed."""

    state: State
