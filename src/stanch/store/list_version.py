"""One version of a list as a home keeps it, whole and for ever.

A folder `lists/NAME/<UTC time>-<hash>/` holds

    list.json         what it is: the same for the same files and entries, on every machine
    run.json          when it was imported, by which Stanch
    entries.jsonl.gz  entries as model.entry_json writes them, by id
    refused.csv       file, row, reason
    unknown.csv       file, name, count, example: elements and columns that nobody reads
    event.json        what changed against the version before: the line for the log of events
    originals/        the files as they came, packed, numbered as in list.json
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from stanch.errors import InputError
from stanch.model.entry_json import decode
from stanch.model.listed import Entry
from stanch.store import packed
from stanch.store.outdir import Kind

VERSION: Final = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}")
ENTRIES: Final = "entries.jsonl.gz"
REFUSED: Final = "refused.csv"
UNKNOWN: Final = "unknown.csv"
EVENT: Final = "event.json"
ORIGINALS: Final = "originals"
RUN: Final = "run.json"
MARK: Final = "list.json"
FOLDER: Final = Kind(
    MARK, "stanch-list", frozenset({MARK, RUN, ENTRIES, REFUSED, UNKNOWN, EVENT, ORIGINALS})
)


@dataclass(frozen=True)
class ListVersion:
    """Version `version` of the list called `list`, in `folder`."""

    list: str
    version: str
    folder: Path

    @cached_property
    def said(self) -> dict[str, Any]:
        """What list.json says. Raises InputError where it cannot be read."""
        return self._json(MARK)

    @cached_property
    def run(self) -> dict[str, Any]:
        """What run.json says: `imported` (ISO 8601) and `stanch` (a version)."""
        return self._json(RUN)

    @property
    def kind(self) -> str:
        """Which parser read it: un, ofac-csv, ftm ..."""
        return str(self.said["kind"])

    @property
    def imported(self) -> str:
        """When, as 2026-08-22T10:15:30Z."""
        return str(self.run["imported"])

    @property
    def count(self) -> int:
        """How many entries it holds."""
        return int(self.said["entries"])

    @property
    def event(self) -> dict[str, Any]:
        """What its import changed, as the log of events has it."""
        return self._json(EVENT)

    @property
    def files(self) -> tuple[tuple[str, str, int], ...]:
        """Name, SHA-256 and size in bytes of each file as it came."""
        return tuple((each["name"], each["sha256"], each["size"]) for each in self.said["files"])

    def lines(self) -> Iterator[bytes]:
        """Entries as lines of JSON, by id. Raises InputError where the file is damaged."""
        return packed.lines(self.folder / ENTRIES)

    def entries(self) -> Iterator[Entry]:
        """Entries by id. Raises InputError where the file is damaged."""
        try:
            yield from map(decode, self.lines())
        except ValueError as error:
            raise InputError(str(self.folder / ENTRIES), f"holds a line that {error}") from None

    def digests(self) -> dict[str, bytes]:
        """Of each id a hash of its entry, to tell in little memory what changed."""
        return {str(json.loads(line)["id"]): line_digest(line) for line in self.lines()}

    def pick(self, ids: Collection[str]) -> dict[str, Entry]:
        """Those entries, by id."""
        return {entry.id: entry for entry in self.entries() if entry.id in ids}

    def check(self) -> str | None:
        """What is wrong with the entries or what is said of them, in one sentence, or None."""
        try:
            whole = hashlib.sha256()
            for line in self.lines():
                whole.update(line + b"\n")
            if whole.hexdigest() != self.said["entries_sha256"]:
                return "its entries were changed"
            if version_hash(self.said) != self.version.rpartition("-")[2]:
                return "its list.json was changed"
        except InputError as error:
            return f"{Path(error.file).name} {error.reason}"
        return None

    def _json(self, name: str) -> dict[str, Any]:
        try:
            return dict(json.loads((self.folder / name).read_bytes()))
        except OSError as error:
            reason = f"cannot be read ({error.strerror})"
        except (ValueError, TypeError):
            reason = "is damaged"
        raise InputError(str(self.folder / name), reason)


def line_digest(line: bytes) -> bytes:
    """A hash of one entry's line."""
    return hashlib.blake2b(line, digest_size=16).digest()


def version_hash(said: dict[str, Any]) -> str:
    """The hash in a version's name: twelve hex digits of what list.json says."""
    return hashlib.sha256(json_bytes(said)).hexdigest()[:12]


def json_bytes(said: dict[str, Any]) -> bytes:
    """JSON as the files of a home have it: sorted, indented, the same bytes every time."""
    text = json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"
