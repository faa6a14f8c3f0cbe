"""The difference between two versions of a list, as text for people or rows for programs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from stanch.app.csv_file import lines, whole_file
from stanch.app.home import home_at
from stanch.errors import UsageError
from stanch.model.entry_json import plain
from stanch.pipeline.list_changes import EntryChange, entry_changes
from stanch.store.list_version import ListVersion

COLUMNS: Final = ("change", "entity_id", "schema", "name", "field", "old", "new")


@dataclass(frozen=True, slots=True)
class ListDiff:
    """What differs between `old` and `new`, both versions of the list called `list`."""

    list: str
    old: ListVersion
    new: ListVersion
    changes: tuple[EntryChange, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many entries are new, changed, delisted."""
        found = [each.change for each in self.changes]
        return {change: found.count(change) for change in ("new", "changed", "delisted")}

    def as_json(self) -> dict[str, Any]:
        """All of it, with new and delisted entries whole."""
        return {
            "list": self.list,
            "old": self.old.version,
            "new": self.new.version,
            "counts": self.counts,
            "changes": [_as_json(each) for each in self.changes],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """A row for each new or delisted entry and each changed field, as `COLUMNS` has them."""
        for each in self.changes:
            about = (each.change, each.entry.id, each.entry.schema, name_of(each))
            if not each.fields:
                yield (*about, "", "", "")
            yield from ((*about, field.field, field.old, field.new) for field in each.fields)


def diff(home: Path | None, name: str, old: str | None, new: str | None) -> ListDiff:
    """Compare two versions of a list, by default the last two.

    Raises UsageError where there are no such versions.
    """
    there = home_at(home)
    versions = there.versions(name)
    if old is not None and new is None:
        raise UsageError("name two versions, or none for the last two")
    if old is None and len(versions) == 1:
        raise UsageError(f"{name} has only one version, {versions[0].version}")
    if not versions:
        raise UsageError(f"there is no list {name}; stanch lists show names those there are")
    one, other = (
        versions[-2:]
        if old is None or new is None
        else (there.version(name, v) for v in (old, new))
    )
    return ListDiff(name, one, other, tuple(entry_changes(one, other)))


def write_csv(found: ListDiff, out: Path) -> None:
    """Write the rows to `out`, whole or not at all. Raises OutputError."""
    with whole_file(out) as draft:
        draft.write_bytes(lines([COLUMNS, *found.rows()]))


def name_of(change: EntryChange) -> str:
    """The first name of an entry, or its id where it has none."""
    names = change.entry.names
    return names[0].text if names else change.entry.id


def _as_json(each: EntryChange) -> dict[str, Any]:
    about: dict[str, Any] = {"change": each.change, "entity_id": each.entry.id}
    if each.change == "changed":
        fields = [asdict(field) for field in each.fields]
        return about | {"schema": each.entry.schema, "name": name_of(each), "fields": fields}
    return about | {"entry": plain(each.entry)}
