"""What is said of incidents beside the files, by bodies that have owners and markings, laid over a
registry for one reader.

A registry with such words in it is that reader's alone: its bars, its counts and its sources are
of what they may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stanch.model.desk.marking import Marking
from stanch.model.registry.incident import Actor, Body, Source, Statement
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import Stance
from stanch.registry.registry import Registry

DESK: Final = "desk:"  # begins the ids of bodies, sources and actors that no file has


@dataclass(frozen=True, slots=True)
class Word:
    """One body's word on who did one incident. `actor` is written as the body wrote it."""

    incident: str
    body: Body
    source: Source
    stance: Stance
    actor: str
    date: Moment
    confidence: str
    marking: Marking


def told(registry: Registry, words: Sequence[Word]) -> Registry:
    """The registry with these words behind the statements of its files, in their order.

    A word on an incident that the registry has not is left out. An actor is the one that has the
    name, or alone has it as another name, whatever its case; any other is one of its own.
    """
    words = [each for each in words if each.incident in registry.incidents]
    if not words:
        return registry
    named = Names(registry.actors)
    said: dict[str, list[Statement]] = {}
    for each in words:
        statement = Statement(
            each.body.id, each.stance, named.id(each.actor), each.date, each.confidence,
            each.source.id, each.marking, "",
        )  # fmt: skip
        said.setdefault(each.incident, []).append(statement)
    known = registry.incidents
    return registry.retold(
        {id: replace(known[id], statements=(*known[id].statements, *said[id])) for id in said},
        bodies={**registry.bodies, **{each.body.id: each.body for each in words}},
        actors=named.actors,
        sources={**registry.sources, **{each.source.id: each.source for each in words}},
    )


class Names:
    """Actors by what they are called; one that nobody knows is taken in."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        """Know these, by ids, names, and what alone is called so besides."""
        self.actors = dict(actors)
        others: dict[str, set[str]] = {}
        for one in actors.values():
            for alias in one.aliases:
                others.setdefault(_plain(alias), set()).add(one.id)
        self._known = {name: min(ids) for name, ids in others.items() if len(ids) == 1}
        for one in actors.values():
            self._known |= {_plain(one.id): one.id, _plain(one.name): one.id}

    def id(self, written: str) -> str:
        """The id of an actor; none where nobody is named."""
        plain = _plain(written)
        if not plain:
            return ""
        if plain not in self._known:
            one = Actor(f"{DESK}{plain}", written, (), "", "")
            self.actors[one.id] = one
            self._known[plain] = one.id
        return self._known[plain]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
