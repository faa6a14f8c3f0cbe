"""The lists in a home: import them, look at them, keep them up to date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stanch.app.home import home_at
from stanch.errors import UsageError
from stanch.pipeline.import_list import Imported, ListImport, Step, import_list
from stanch.pipeline.update_lists import Updated, update_list
from stanch.sources.lists.kinds import list_kind, list_kinds
from stanch.sources.lists.watched import watched_lists
from stanch.store.list_version import ListVersion
from stanch.store.list_writing import check

__all__ = ["Imported", "ListCommand", "Shown", "Updated", "import_files", "kinds", "update"]


@dataclass(frozen=True, slots=True)
class ListCommand:
    """What the user asks for. `name` None stands for the kind's name."""

    home: Path | None
    kind: str
    files: tuple[Path, ...]
    name: str | None = None
    accept_shrink: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of a list, for people to read. `versions` counts all of its list."""

    list: str
    kind: str
    version: str
    entries: int
    refused: int
    unknown: int
    imported: str
    age: str
    versions: int
    counts: dict[str, int]


def import_files(command: ListCommand, step: Step) -> Imported:
    """Import files as the next version of a list; the home is made where there is none.

    Raises as pipeline.import_list does.
    """
    kind = list_kind(command.kind)
    if missing := [file for file in command.files if not file.exists()]:
        raise UsageError(f"{missing[0]}: no such file")
    home = home_at(command.home, make=True)
    wanted = ListImport(kind, command.name or kind.name, command.files, command.accept_shrink)
    return import_list(home, wanted, step)


def update(home: Path | None, folder: Path, silence: float, step: Step) -> Iterator[Updated]:
    """Bring each list of `sources.toml` in `folder` up to date, and say what became of it."""
    watched = watched_lists(folder)
    there = home_at(home, make=True)
    return (update_list(there, each, silence, step) for each in watched)


def show(home: Path | None, name: str | None = None) -> list[Shown]:
    """The version in force of each list, or all versions of the list called `name`.

    Raises UsageError where there is no such list.
    """
    there = home_at(home)
    if name is None:
        return [_shown(each, len(there.versions(each.list))) for each in there.current()]
    if not (versions := there.versions(name)):
        raise UsageError(f"there is no list {name}; stanch lists show names those there are")
    return [_shown(each, len(versions)) for each in versions]


def events(home: Path | None) -> Iterator[dict[str, Any]]:
    """What happened in a home, oldest first."""
    return home_at(home).events()


def check_events(home: Path | None) -> list[str]:
    """Whatever was changed or taken out of a home's log or its versions, in sentences."""
    return check(home_at(home))


def kinds() -> str:
    """The names of all kinds, for help."""
    return ", ".join(list_kinds())


def _shown(version: ListVersion, versions: int) -> Shown:
    said = version.said
    return Shown(
        version.list,
        version.kind,
        version.version,
        version.count,
        said["refused"],
        said["unknown"],
        version.imported,
        _age(version.imported),
        versions,
        version.event.get("counts", {}),
    )


def _age(since: str) -> str:
    """How long ago an ISO 8601 time was, in its largest unit."""
    seconds = int((datetime.now(UTC) - datetime.fromisoformat(since)).total_seconds())
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if (count := seconds // size) > 0:
            return f"{count:,} {unit}{'s' * (count != 1)}"
    return "just now"
