"""A list on its way into a home: entries as they come from a parser, put in order by id.

What arrives is kept in files without a name, so memory holds only ids and places, and nothing is
left of it whatever ends the process.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Final, Self

from stanch.model.entry_json import encode
from stanch.model.listed import Entry, RefusedEntry, UnknownField
from stanch.store import packed
from stanch.store.list_version import line_digest

REFUSED_COLUMNS: Final = ("file", "row", "reason")
UNKNOWN_COLUMNS: Final = ("file", "name", "count", "example")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands in the file without a name, and what it says."""

    start: int
    size: int
    digest: bytes


class ListDraft:
    """A context manager that takes what a parser yields. `files` names where it comes from.

    An id that comes again with the same words is refused as a repetition; with other words it is
    kept as ID#2, so that nobody is lost because a publisher counts badly.
    """

    def __init__(self, files: str) -> None:
        """Begin with nothing."""
        self.refused = 0
        self._files = files
        self._lines = TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._refused = TemporaryFile("w+", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115
        self._rows = csv.writer(self._refused, lineterminator="\n")
        self._rows.writerow(REFUSED_COLUMNS)
        self._places: dict[str, _Place] = {}
        self._unknown: list[UnknownField] = []
        self._end = 0

    def __enter__(self) -> Self:
        """Return the draft itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _: TracebackType | None,
    ) -> None:
        """Let go of the files, and with that of all they hold."""
        self._lines.close()
        self._refused.close()

    @property
    def count(self) -> int:
        """How many entries have come."""
        return len(self._places)

    @property
    def unknown(self) -> int:
        """How many elements or columns came that nobody reads."""
        return len(self._unknown)

    def add(self, parsed: Entry | RefusedEntry | UnknownField) -> None:
        """Take one more."""
        if isinstance(parsed, Entry):
            self._enter(parsed)
        elif isinstance(parsed, RefusedEntry):
            self._refuse(parsed)
        else:
            self._unknown.append(parsed)

    def digests(self) -> dict[str, bytes]:
        """Of each id a hash of its entry, as ListVersion.digests has it."""
        return {id: place.digest for id, place in self._places.items()}

    def pick(self, id: str) -> bytes:
        """The line of one entry."""
        place = self._places[id]
        self._lines.seek(place.start)
        return self._lines.read(place.size)

    def sha256(self) -> str:
        """The hash of all lines with their ends, by id."""
        whole = hashlib.sha256()
        for line in self._sorted():
            whole.update(line + b"\n")
        return whole.hexdigest()

    def write_entries(self, file: Path) -> None:
        """Write all lines, packed, by id."""
        with packed.packing(file) as stream:
            for line in self._sorted():
                stream.write(line + b"\n")

    def write_refused(self, file: Path) -> None:
        """Write what was refused, in the order in which it came."""
        self._refused.seek(0)
        with file.open("w", encoding="utf-8", newline="") as stream:
            while piece := self._refused.read(1 << 20):
                stream.write(piece)
        self._refused.seek(0, io.SEEK_END)

    def write_unknown(self, file: Path) -> None:
        """Write what nobody reads, by file and name."""
        with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            rows = csv.DictWriter(stream, UNKNOWN_COLUMNS, lineterminator="\n")
            rows.writeheader()
            for each in sorted(self._unknown, key=lambda each: (each.file, each.name)):
                rows.writerow(asdict(each))

    def _enter(self, entry: Entry) -> None:
        try:
            line = encode(entry)
        except ValueError as error:
            self._refuse(RefusedEntry(self._files, 0, f"entry {entry.id} {error}"))
            return
        id, number = entry.id, 1
        while (place := self._places.get(id)) is not None:
            if place.digest == line_digest(line):
                reason = f"repeats entry {entry.id} word for word"
                self._refuse(RefusedEntry(self._files, 0, reason))
                return
            number += 1
            id = f"{entry.id}#{number}"
            line = encode(replace(entry, id=id))
        self._lines.seek(0, io.SEEK_END)
        self._lines.write(line)
        self._places[id] = _Place(self._end, len(line), line_digest(line))
        self._end += len(line)

    def _refuse(self, refused: RefusedEntry) -> None:
        self.refused += 1
        self._rows.writerow((refused.file, refused.row, refused.reason))

    def _sorted(self) -> Iterator[bytes]:
        for id in sorted(self._places):
            yield self.pick(id)
