"""The home: the one folder in which Stanch keeps what it has to remember.

    HOME/
      home.json           the mark by which a home is known
      lock                held by the one process that writes
      lists/NAME/VERSION/ every version of every list, see store.list_version
      events.jsonl        what happened, see store.chain_log
      index/              what can be built anew from versions, see store.index_folders

Readers take no lock: a version appears whole, by a rename, and never changes or goes away.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from stanch.errors import OutputError, UsageError
from stanch.store.chain_log import ChainLog
from stanch.store.list_version import MARK as LIST_MARK
from stanch.store.list_version import VERSION, ListVersion, json_bytes
from stanch.store.outdir import Kind

MARK: Final = "home.json"
FORMAT: Final = "stanch-home@1"
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_KIND: Final = Kind(MARK, "stanch-home", frozenset())


@dataclass(frozen=True, slots=True)
class Home:
    """A home in `folder`. Made by `open` or `create`, which see that it is one."""

    folder: Path

    @classmethod
    def open(cls, path: Path) -> Self:
        """The home at `path`. Raises UsageError where there is none."""
        if not _KIND.wrote(path):
            what = "is no home of Stanch" if path.exists() else "there is no such home"
            raise UsageError(f"{path}: {what}; stanch lists import makes one")
        return cls(path)

    @classmethod
    def create(cls, path: Path) -> Self:
        """The home at `path`, made where nothing or an empty folder is.

        Raises UsageError where something else stands there, OutputError where it can't be made.
        """
        if _KIND.wrote(path):
            return cls(path)
        draft = path / f".{MARK}.{os.getpid()}.partial"
        try:
            path.mkdir(parents=True, exist_ok=True)
            if any(not each.name.startswith(f".{MARK}.") for each in path.iterdir()):
                if _KIND.wrote(path):  # another process was a moment earlier
                    return cls(path)
                raise UsageError(f"{path}: is not empty and is no home; name another --home")
            draft.write_bytes(json_bytes({"format": FORMAT}))
            draft.replace(path / MARK)
        except FileExistsError:
            raise UsageError(f"{path}: is no folder; name another --home") from None
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
        return cls(path)

    @property
    def index_dir(self) -> Path:
        """Where indexes over the current versions stand, each under its `state_key`."""
        return self.folder / "index"

    @property
    def log(self) -> ChainLog:
        """The log of events; append to it only within `locked`."""
        return ChainLog(self.folder / "events.jsonl")

    def events(self) -> Iterator[dict[str, Any]]:
        """What happened, oldest first."""
        return self.log.lines()

    def names(self) -> tuple[str, ...]:
        """The names of the lists that have a version."""
        found = filter(NAME.fullmatch, self._folders(self.folder / "lists"))
        return tuple(name for name in found if self.versions(name))

    def versions(self, name: str) -> tuple[ListVersion, ...]:
        """All versions of a list, oldest first; none where there is no such list."""
        above = self.list_dir(name)
        return tuple(
            ListVersion(name, each, above / each)
            for each in self._folders(above)
            if VERSION.fullmatch(each) and (above / each / LIST_MARK).exists()
        )

    def version(self, name: str, said: str) -> ListVersion:
        """The version whose name, or the hash in it, begins with `said`.

        Raises UsageError where there is none, or more than one.
        """
        found = [
            each
            for each in self.versions(name)
            if each.version.startswith(said) or each.version.rpartition("-")[2].startswith(said)
        ]
        if len(found) == 1:
            return found[0]
        if not self.versions(name):
            raise UsageError(f"there is no list {name}; stanch lists show names those there are")
        many = f"{len(found)} versions" if found else "no version"
        raise UsageError(f"{name} has {many} {said}; stanch lists show {name} names them")

    def latest(self, name: str) -> ListVersion | None:
        """The version of a list that is in force here, or None."""
        return versions[-1] if (versions := self.versions(name)) else None

    def current(self) -> tuple[ListVersion, ...]:
        """The version of each list that is in force here, by name."""
        return tuple(self.versions(name)[-1] for name in self.names())

    def state_key(self) -> str:
        """A hash over the current versions: another one whenever an import changed something."""
        state = "".join(f"{each.list}/{each.version}\n" for each in self.current())
        return hashlib.sha256(state.encode()).hexdigest()[:16]

    def list_dir(self, name: str) -> Path:
        """Where versions of the list called `name` stand. Raises UsageError for an odd name."""
        if not NAME.fullmatch(name):
            raise UsageError(f"{name!r} is no name for a list: use letters, digits, '.', '_', '-'")
        return self.folder / "lists" / name

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only process that writes; waits until another one is done.

        Raises OutputError where nothing can be written.
        """
        try:
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise OutputError(f"{self.folder}: cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @staticmethod
    def _folders(above: Path) -> list[str]:
        try:
            return sorted(each.name for each in above.iterdir() if not each.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []
