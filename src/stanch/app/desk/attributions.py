"""The registry as one reader at a desk has it: with what members judged, as far as they may see it.

Each statement that members make has an owner and a marking, so what comes of it, a bar or a count,
is for this reader. The registry that everybody sees stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from stanch.app.desk.desk import Desk
from stanch.app.registry.count import Count, counted_in
from stanch.app.registry.shelf import Kept
from stanch.cases import attributions
from stanch.members.access.rights import require
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.desk.people import Caller, Scope
from stanch.registry.registry import Registry
from stanch.registry.told import told
from stanch.store.desk import log


@dataclass(frozen=True, slots=True)
class Told:
    """A registry for one reader. `markings` are of what members say of an incident, the narrowest;
    `cases` where each says so, by the source of the statement.
    """

    registry: Registry
    markings: Mapping[str, Marking] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)

    @property
    def marking(self) -> Marking | None:
        """The narrowest of all; None where members say nothing."""
        return narrowest(set(self.markings.values())) if self.markings else None


def told_to(desk: Desk, caller: Caller, kept: Kept, of: str | None = None) -> Told:
    """What the caller may see of what is said of the incidents of a registry, or of one alone.

    All of it is looked up when the log has grown: whatever changes it is an entry there.
    """
    require(caller, scope=Scope.READ)
    with desk.database.read() as connection:
        if of is not None:
            return _told(connection, caller, kept.shown, of)[0]
        key = ("told", caller.member.id, caller.person)
        return kept.memo.of(
            key, log.size(connection), lambda: _told(connection, caller, kept.shown, None)
        )


def counted_for(told: Told, files: Registry, asked: Count) -> dict[str, Any]:
    """Counted cells of the registry of `told`, each with the narrowest marking of what members say
    that is in its numbers or took something out of them, `marking`; None where nothing did.

    `files` is the registry without their words. Raises UsageError for a period that is none.
    """
    found = counted_in(told.registry, asked)
    if not told.markings:
        return _marked(found, told, {})
    before = counted_in(files, asked)
    were = {_key(cell): cell["rows"] for cell in (*before["cells"], before["whole"])}
    return _marked(found, told, were)


def _marked(
    found: dict[str, Any], told: Told, were: Mapping[tuple[str, ...], list[str]]
) -> dict[str, Any]:
    for cell in (*found["cells"], found["whole"]):
        rows = {*cell["rows"], *were.get(_key(cell), ())}
        marked = {told.markings[id] for id in rows if id in told.markings}
        cell["marking"] = narrowest(marked) if marked else None
    return found


def _told(
    connection: Connection, caller: Caller, registry: Registry, of: str | None
) -> tuple[Told, int]:
    """With its weight in a memo."""
    if of is not None and of not in registry.incidents:
        return Told(registry), 0
    words = [
        each
        for each in attributions.said(connection, caller, of=of)
        if each.incident in registry.incidents
    ]
    markings: dict[str, Marking] = {}
    for each in words:
        known = markings.get(each.incident)
        markings[each.incident] = narrowest((known, each.marking)) if known else each.marking
    cases = {each.source.id: each.source.where for each in words}
    return Told(told(registry, words), markings, cases), len(words)


def _key(cell: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(cell["key"].values())
