"""From the files of a list to its next version in a home, or to a reason why not."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stanch.errors import InputError, OutputError
from stanch.pipeline.list_changes import Changes, compare
from stanch.sources.lists.kinds import ListKind
from stanch.sources.lists.reader import read
from stanch.store.digest import digest
from stanch.store.home import Home
from stanch.store.list_draft import ListDraft
from stanch.store.list_version import ListVersion
from stanch.store.list_writing import About, append_missing, description, same, write_version

FEW = 10  # a list with fewer entries is a person's own; losing one of two there is no accident

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ListImport:
    """What to import: files of one kind, under which name, and whether it may shrink."""

    kind: ListKind
    name: str
    files: tuple[Path, ...]
    accept_shrink: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of it. `changes` is None where the version in force holds the same already."""

    version: ListVersion
    changes: Changes | None
    refused: int
    unknown: int


def import_list(home: Home, wanted: ListImport, step: Step) -> Imported:
    """Read the files, check that nothing is missing, and write the next version.

    Raises UsageError where a file is not there, InputError where the files cannot be used, hold
    fewer entries than their kind must, or lose more than a third of the version in force, which
    stays in force. OutputError where the disk is full.
    """
    try:
        return _import(home, wanted, step)
    except OSError as error:
        raise OutputError(
            f"{wanted.name}: cannot be written: {error.strerror}; nothing was imported"
        ) from error


def _import(home: Home, wanted: ListImport, step: Step) -> Imported:
    home.list_dir(wanted.name)
    digests = tuple(digest(file) for file in wanted.files)
    kind = wanted.kind
    about = About(wanted.name, kind.name, kind.publisher, kind.licence, wanted.files, digests)
    with ListDraft(", ".join(each.name for each in digests)) as draft:
        step(f"reading {wanted.name}")
        for number, parsed in enumerate(read(kind, wanted.files), 1):
            draft.add(parsed)
            if number % 1_000 == 0:
                step(f"reading {wanted.name}: {draft.count:,} entries")
        _check_minimum(wanted, draft)
        step(f"comparing {wanted.name} with the version before")
        with home.locked():
            return _write(home, wanted, about, draft)


def _write(home: Home, wanted: ListImport, about: About, draft: ListDraft) -> Imported:
    append_missing(home)
    before = home.latest(wanted.name)
    if before and same(before, description(about, draft)):
        return Imported(before, None, draft.refused, draft.unknown)
    changes = compare(before.digests() if before else {}, draft.digests())
    if before and not wanted.accept_shrink:
        _check_loss(wanted, before, len(changes.delisted), draft.count)
    version = write_version(home, about, draft, changes.as_event())
    return Imported(version, changes, draft.refused, draft.unknown)


def _check_minimum(wanted: ListImport, draft: ListDraft) -> None:
    """Refuse what is too small to be the whole list."""
    least = wanted.kind.minimum(file.name for file in wanted.files)
    if draft.count < least:
        files = ", ".join(file.name for file in wanted.files)
        raise InputError(
            files,
            f"{_entries(draft.count)} where {wanted.kind.name} must have at least {least:,}; "
            f"it may be cut short, and nothing was imported{_also_refused(draft)}",
        )


def _check_loss(wanted: ListImport, before: ListVersion, lost: int, left: int) -> None:
    """Refuse what would take much out of the screen by accident."""
    emptied = before.count > 0 and left == 0
    if emptied or (before.count >= FEW and lost * 3 > before.count):
        raise InputError(
            wanted.name,
            f"{lost:,} of the {before.count:,} entries of {before.version} are not in the new "
            "files, more than a third; nothing was imported; --accept-shrink imports it all the "
            "same",
        )


def _also_refused(draft: ListDraft) -> str:
    return f"; {draft.refused:,} entries were refused" if draft.refused else ""


def _entries(count: int) -> str:
    return f"{count:,} entry" if count == 1 else f"{count:,} entries"
