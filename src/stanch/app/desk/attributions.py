"""The registry as one reader at a desk has it: with what members judged, as far as they may see it.

Each statement that members make has an owner and a marking, so what comes of it, a bar or a count,
is for this reader. The registry that everybody sees stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection

from stanch.app.desk.desk import Desk
from stanch.app.registry.count import Count, counted_in
from stanch.app.registry.memo import Memo
from stanch.app.registry.reconcile import Choices, reconciled_in
from stanch.app.registry.shelf import Kept
from stanch.cases import attributions
from stanch.cases.attributions import same_since
from stanch.members.access.rights import require
from stanch.model.desk.marking import Marking, narrowest
from stanch.model.desk.people import Caller, Scope
from stanch.registry.registry import Registry
from stanch.registry.told import Word
from stanch.store.desk import log


@dataclass(frozen=True, slots=True)
class Told:
    """A registry for one reader, with the words of members in it. `markings` are of what members
    say of an incident, the narrowest; `cases` where each says so, by the source of the statement.
    """

    kept: Kept
    words: Sequence[Word] = ()
    markings: Mapping[str, Marking] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)  # what was made of it

    @property
    def registry(self) -> Registry:
        """What the reader may see of it."""
        return self.kept.shown

    @property
    def marking(self) -> Marking | None:
        """The narrowest of all; None where members say nothing."""
        return narrowest(set(self.markings.values())) if self.markings else None


def told_to(desk: Desk, caller: Caller, kept: Kept, of: str | None = None) -> Told:
    """What the caller may see of what is said of the incidents of a registry, or of one alone."""
    with desk.database.read() as connection:
        if of is None:
            return told_in(connection, caller, kept)
        require(caller, scope=Scope.READ)
        return _told(kept, attributions.said(connection, caller, of=of))


def told_in(connection: Connection, caller: Caller, kept: Kept, until: date | None = None) -> Told:
    """The same of all incidents, within a transaction; where `until` is a day, of what had been
    said by its end. It is looked up when the log has grown by what may change it.
    """
    require(caller, scope=Scope.READ)

    def made() -> tuple[Told, int]:
        found = _told(kept, attributions.said(connection, caller, until))
        return found, len(found.words)

    key = ("told", caller.member.id, caller.person, until)
    return kept.memo.of(key, log.size(connection), made, partial(same_since, connection))


def reconciled_for(told: Told, claim: str, choices: Choices, most: int) -> dict[str, Any]:
    """A claim taken apart in the registry of `told`, worked out once for each of the choices.

    Raises NotFoundError for a claim that is not there.
    """

    def made() -> tuple[dict[str, Any], int]:
        found = reconciled_in(told.registry, claim, choices, most)
        return found, most * (1 + len(found["slices"]))

    return told.memo.of((claim, choices, most), 0, made)


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


def _told(kept: Kept, words: Sequence[Word]) -> Told:
    markings: dict[str, Marking] = {}
    known_here = kept.shown.incidents
    words = [each for each in words if each.incident in known_here]
    for each in words:
        known = markings.get(each.incident)
        markings[each.incident] = narrowest((known, each.marking)) if known else each.marking
    cases = {each.source.id: each.source.where for each in words}
    return Told(kept.told(words), words, markings, cases)


def _key(cell: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(cell["key"].values())
