"""A folder of the registry's files, read whole: rows by table, and all that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from stanch.errors import UsageError
from stanch.formats.registry.reading import Fault, Line, read
from stanch.formats.registry.schema import TABLES

MAX_BYTES: Final = 64 << 20
_WHOLE: Final = ("file", "column", "row")  # faults that leave ids unread


@dataclass(slots=True)
class Rows:
    """Rows by table, in the order of the files; and the ids of each, those of bad rows too. Of
    `unread` tables the file, or a part of it, could not be read: ids may be missing.
    """

    of: dict[str, list[Line]] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def __getitem__(self, table: str) -> Sequence[Line]:
        """The rows of one table."""
        return self.of.get(table, ())

    def by(self, table: str, column: str) -> Mapping[str, list[Line]]:
        """The rows of a table under each value of a column."""
        found: dict[str, list[Line]] = {}
        for line in self[table]:
            found.setdefault(line[column], []).append(line)
        return found


def shipped() -> Traversable:
    """The registry that comes with Stanch."""
    return files("stanch.registry") / "shipped"


def read_all(folder: Path | Traversable) -> tuple[Rows, list[Fault]]:
    """All tables of a folder. A file that is not there is an empty table, but for incidents.csv.

    Raises UsageError where the folder holds no registry, or cannot be read.
    """
    try:
        return _read_all(folder)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be read: {error.strerror}") from None


def _read_all(folder: Path | Traversable) -> tuple[Rows, list[Fault]]:
    rows, faults = Rows(), list[Fault]()
    if not (folder / "incidents.csv").is_file():
        raise UsageError(f"{folder}: holds no registry: there is no incidents.csv")
    for table in TABLES:
        name = f"{table.name}.csv"
        if not (folder / name).is_file():
            continue
        with (folder / name).open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            faults.append(Fault(name, 1, "file", f"is larger than {MAX_BYTES >> 20} MiB"))
            rows.unread.add(table.name)
            continue
        found = read(name, data, table)
        rows.of[table.name], rows.ids[table.name] = found.lines, found.ids
        if any(each.rule in _WHOLE for each in found.faults):
            rows.unread.add(table.name)
        faults += found.faults
    return rows, faults
