"""A long screening's unfinished table: it can be taken up again where it stopped.

Beside `hits.csv` stands, while it is not whole, the folder `.hits.csv.partial`:

    hits.csv       rows so far
    rejected.csv   rows that could not be used, so far
    state.json     for which input, options and lists it is, and how far it has come

A run that finds one for the very same question cuts the table back to what `state.json` vouches
for and goes on; one for another question is thrown away. The folder is locked by whoever works in
it.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from stanch.errors import OutputError, UsageError
from stanch.store.list_version import json_bytes

STATE: Final = "state.json"
HITS: Final = "hits.csv"
REJECTED: Final = "rejected.csv"
FORMAT: Final = "stanch-screening@1"


@dataclass(slots=True)
class Unfinished:
    """The table under way. `done` subjects are in it, with `hits` rows of `found` of them."""

    folder: Path
    question: str
    table: BinaryIO
    done: int = 0
    hits: int = 0
    found: int = 0

    def add(self, rows: bytes, done: int, hits: int, found: int) -> None:
        """Append the rows of `done` more subjects, and vouch for them."""
        self.table.write(rows)
        self.table.flush()
        self.done += done
        self.hits += hits
        self.found += found
        self.vouch()

    def vouch(self) -> None:
        """Write down how far the table is whole."""
        said = {
            "format": FORMAT,
            "question": self.question,
            "bytes": self.table.tell(),
            "done": self.done,
            "hits": self.hits,
            "found": self.found,
        }
        draft = self.folder / f".{STATE}"
        draft.write_bytes(json_bytes(said))
        draft.replace(self.folder / STATE)

    def finish(self, out: Path, rejected: Path, some: bool) -> None:
        """Bring both tables to the disk and put them in their places, the hits last."""
        os.fsync(self.table.fileno())
        if some:
            with (self.folder / REJECTED).open("rb") as stream:
                os.fsync(stream.fileno())
            (self.folder / REJECTED).replace(rejected)
        else:
            rejected.unlink(missing_ok=True)
        (self.folder / HITS).replace(out)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def unfinished(out: Path, question: str, head: bytes) -> Iterator[Unfinished]:
    """Take up the table of `question`, or begin it with `head`.

    What was done stays when the block ends in an error or a Ctrl-C. Raises UsageError where
    another process works on it, OutputError where nothing can be written.
    """
    folder = out.with_name(f".{out.name}.partial")
    if out.is_dir():
        raise UsageError(f"{out}: is a folder; name a file")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(folder)
        try:
            with (folder / HITS).open("r+b" if (folder / HITS).exists() else "w+b") as table:
                yield _taken_up(Unfinished(folder, question, table), head)
        finally:
            os.close(lock)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror}") from error


def _locked(folder: Path) -> int:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise UsageError(f"{folder}: another screening is writing there") from None
    return lock


def _taken_up(begun: Unfinished, head: bytes) -> Unfinished:
    said = _state(begun.folder / STATE)
    size = begun.table.seek(0, os.SEEK_END)
    if said.get("question") == begun.question and 0 < said["bytes"] <= size:
        begun.done, begun.hits, begun.found = said["done"], said["hits"], said["found"]
        begun.table.truncate(said["bytes"])
        begun.table.seek(0, os.SEEK_END)
        return begun
    begun.table.seek(0)
    begun.table.truncate()
    begun.add(head, 0, 0, 0)
    return begun


def _state(file: Path) -> dict[str, Any]:
    try:
        said = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and said.get("format") == FORMAT else {}
