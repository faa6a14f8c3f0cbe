"""What `stanch lists` says, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stanch.app.list_diff import ListDiff, name_of
from stanch.app.lists import Imported, Shown, Updated
from stanch.cli.columns import columns

_MARKS = {"new": "+", "changed": "~", "delisted": "-"}


def import_lines(done: Imported) -> Iterator[str]:
    """What became of an import."""
    version = done.version
    if done.changes is None:
        yield f"{version.list}: nothing new; {version.version} holds the same"
    else:
        yield f"{version.list}: {_entries(version.count)} in version {version.version}"
        counts = done.changes.as_event()["counts"]
        yield (
            f"{_counts(counts)} since the version before" if _has_old(done) else "its first version"
        )
    if done.refused:
        rows = "row" if done.refused == 1 else "rows"
        yield f"{done.refused:,} {rows} refused: see {version.folder / 'refused.csv'}"
    if done.unknown:
        fields = "field" if done.unknown == 1 else "fields"
        yield f"{done.unknown:,} unknown {fields}: see {version.folder / 'unknown.csv'}"


def update_line(done: Updated) -> str:
    """What became of one list of an update."""
    if done.error:
        return f"{done.name}: failed: {done.error}"
    if done.imported is None or done.imported.changes is None:
        still = done.imported.version if done.imported else done.still
        return f"{done.name}: nothing new" + (f"; {still.version}" if still else "")
    version, changes = done.imported.version, done.imported.changes
    counts = _counts(changes.as_event()["counts"])
    return f"{done.name}: {_entries(version.count)} in version {version.version}: {counts}"


def lists_table(found: Sequence[Shown]) -> Iterator[str]:
    """A line for each list, under a heading."""
    if not found:
        yield "no lists yet"
        return
    heads = ("list", "kind", "entries", "version", "age", "versions")
    rows = [
        (each.list, each.kind, f"{each.entries:,}", each.version, each.age, str(each.versions))
        for each in found
    ]
    yield from columns(heads, rows, right=("entries", "versions"))


def versions_table(found: Sequence[Shown]) -> Iterator[str]:
    """A line for each version, under a heading."""
    heads = ("version", "entries", "new", "changed", "delisted", "refused", "age")
    rows = [
        (
            each.version,
            f"{each.entries:,}",
            *(f"{each.counts.get(change, 0):,}" for change in _MARKS),
            f"{each.refused:,}",
            each.age,
        )
        for each in found
    ]
    yield from columns(heads, rows, right=heads[1:6])


def diff_lines(found: ListDiff) -> Iterator[str]:
    """A heading, and a line for each entry that differs and each of its fields."""
    yield f"{found.list}: {found.old.version} to {found.new.version}: {_counts(found.counts)}"
    for each in found.changes:
        yield _visible(f"{_MARKS[each.change]} {each.entry.id}  {name_of(each)}")
        for field in each.fields:
            yield _visible(f"    {field.field}: {_sides(field.old, field.new)}")


def event_line(event: Mapping[str, Any]) -> str:
    """One event."""
    counts = _counts(event.get("counts", {}))
    return f"{event['n']} {event['time']} {event['list']}: {event['version']}: {counts}"


def _sides(old: str, new: str) -> str:
    if old and new:
        return f"{old} -> {new}"
    return f"+ {new}" if new else f"- {old}"


def _visible(text: str) -> str:
    """A list's text without what could move a terminal's cursor or turn its lines around."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _has_old(done: Imported) -> bool:
    return done.version.event["before"] is not None


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts.get(change, 0):,} {change}" for change in _MARKS)


def _entries(count: int) -> str:
    return f"{count:,} entry" if count == 1 else f"{count:,} entries"
