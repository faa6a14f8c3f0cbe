"""What is different between two versions of a list: new, changed and delisted entries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stanch.model.listed import Entry
from stanch.screening.entry_changes import FieldChange, field_changes
from stanch.store.list_version import ListVersion

NEW, CHANGED, DELISTED = "new", "changed", "delisted"


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of entries, sorted."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    delisted: tuple[str, ...]

    def as_event(self) -> dict[str, Any]:
        """Counts and ids, as an event of the log has them."""
        ids = {NEW: list(self.new), CHANGED: list(self.changed), DELISTED: list(self.delisted)}
        return {"counts": {key: len(each) for key, each in ids.items()}, "ids": ids}


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is new, changed or delisted: as it is, or was, and what became different."""

    change: str
    entry: Entry
    fields: tuple[FieldChange, ...] = ()


def compare(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Changes:
    """Compare two versions by the hashes of their entries (ListVersion.digests)."""
    return Changes(
        new=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(id for id in new.keys() & old.keys() if new[id] != old[id])),
        delisted=tuple(sorted(old.keys() - new.keys())),
    )


def entry_changes(old: ListVersion, new: ListVersion) -> Iterator[EntryChange]:
    """Every entry that differs: new ones, changed ones, delisted ones, each by id."""
    found = compare(old.digests(), new.digests())
    before = old.pick({*found.changed, *found.delisted})
    after = new.pick({*found.new, *found.changed})
    for id in found.new:
        yield EntryChange(NEW, after[id])
    for id in found.changed:
        yield EntryChange(CHANGED, after[id], tuple(field_changes(before[id], after[id])))
    for id in found.delisted:
        yield EntryChange(DELISTED, before[id])
