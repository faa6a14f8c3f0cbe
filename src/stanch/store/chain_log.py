"""A file of events to which lines are only added, and in which a change is seen.

Each line is a JSON object with `n` (from 1), what happened, and `hash`: the SHA-256 of the hash
of the line before it and of the line itself without its hash. A second file, NAME.head, holds the
number and hash of the last line, so that lines taken from the end are missed as well, and go on
being missed when more is added. Whoever can write both files can write another history; against
that only a copy elsewhere helps.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stanch.errors import InputError


@dataclass(frozen=True, slots=True)
class ChainLog:
    """The log at `file`. One process at a time may append: see `Home.locked`."""

    file: Path

    def append(self, happened: Mapping[str, Any]) -> None:
        """Add one line and bring it to the disk. `n` and `hash` are the log's own words."""
        self._mend()
        count, before = max(self._last(), self._head())
        body = {**happened, "n": count + 1}
        line = _text(body | {"hash": _hash(before, body)}) + "\n"
        with self.file.open("ab") as stream:
            stream.write(line.encode())
            stream.flush()
            os.fsync(stream.fileno())
        self._point(count + 1, _hash(before, body))

    def lines(self) -> Iterator[dict[str, Any]]:
        """All lines, oldest first. Raises InputError where one cannot be read."""
        for row, line in enumerate(self._raw(), 1):
            try:
                said = json.loads(line)
                said["n"], said["hash"]
            except (ValueError, KeyError, TypeError):
                raise InputError(str(self.file), "is no line of this log", row) from None
            yield said

    def check(self) -> str | None:
        """What is wrong with the log, in one sentence, or None."""
        count, before = 0, ""
        head = self._head()
        try:
            for count, said in enumerate(self.lines(), 1):
                body = {key: value for key, value in said.items() if key != "hash"}
                if said["n"] != count:
                    return f"line {count} calls itself {said['n']}: lines are missing or moved"
                if _hash(before, body) != said["hash"]:
                    return f"line {count} was changed, or a line before it was taken out"
                before = said["hash"]
                if count == head[0] and before != head[1]:
                    return f"line {count} is not the line that was written"
        except InputError as error:
            return f"line {error.row} {error.reason}"
        if count < head[0]:
            return f"{head[0] - count} missing from the end"
        if count > 1 and not head[0]:
            return f"{self._beside().name}, which says where it ends, is missing"
        return None

    def _raw(self) -> Iterator[bytes]:
        """Whole lines; what a crash left of one that was being written does not count."""
        if self.file.exists():
            with self.file.open("rb") as stream:
                yield from (line for line in stream if line.endswith(b"\n"))

    def _mend(self) -> None:
        """Cut off what a crash left of a line."""
        if not self.file.exists():
            return
        with self.file.open("r+b") as stream:
            size = stream.seek(0, os.SEEK_END)
            whole = sum(map(len, self._raw()))
            if whole < size:
                stream.truncate(whole)

    def _last(self) -> tuple[int, str]:
        count, before = 0, ""
        for said in self.lines():
            count, before = said["n"], said["hash"]
        return count, before

    def _head(self) -> tuple[int, str]:
        try:
            said = json.loads(self._beside().read_bytes())
            return int(said["n"]), str(said["hash"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, ""

    def _point(self, count: int, last: str) -> None:
        draft = self.file.with_name(f".{self.file.name}.head.partial")
        with draft.open("w") as stream:
            stream.write(_text({"n": count, "hash": last}))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self._beside())

    def _beside(self) -> Path:
        return self.file.with_name(self.file.name + ".head")


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"))


def _hash(before: str, body: Mapping[str, Any]) -> str:
    return hashlib.sha256((before + _text(body)).encode()).hexdigest()
