"""Which object goes to which members: no further than its own handling, nor without what names it.

A definition, a marking or an author is public by itself, and that it lies in a collection still
tells that something there speaks of it. So it goes to those alone who get what brings it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stanch.errors import InvariantError
from stanch.formats.stix.bundle import one_of
from stanch.formats.stix.extensions import definitions
from stanch.formats.stix.handling import PUBLIC
from stanch.formats.stix.item import Item
from stanch.formats.stix.markings import marking_objects
from stanch.model.desk.marking import Marking

To = frozenset[str] | None  # ids of members; None: whoever reads the collection
_LABELS: Final = tuple(Marking)


@dataclass(frozen=True, slots=True)
class Reached:
    """An object, the label under which it is handed out, and to whom it goes."""

    data: Mapping[str, Any]
    marking: Marking
    to: To

    @property
    def id(self) -> str:
        """Its STIX id."""
        return str(self.data["id"])


@dataclass(slots=True)
class _Walk:
    """Items by identity, each with all whom some way leads to it."""

    found: dict[int, tuple[Item, To]] = field(default_factory=dict)

    def visit(self, item: Item, to: To) -> None:
        """Go on from an item as far as somebody is reached who was not before."""
        to = meet(to, item.handling.readers)
        known = self.found.get(id(item))
        if known is not None:
            joined = join(known[1], to)
            if joined == known[1]:
                return
            to = joined
        self.found[id(item)] = (item, to)
        for part in item.parts:
            self.visit(part, to)


def reached(items: Iterable[Item]) -> list[Reached]:
    """The objects of items and all that they refer to, by id; of TLP:RED nothing is among them.

    Raises InvariantError where one id says two things to one reader.
    """
    walk = _Walk()
    for each in items:
        if each.handling.tlp != Marking.RED:
            walk.visit(each, each.handling.readers)
    spoken: dict[str, list[tuple[Item, To]]] = {}
    for item, to in walk.found.values():
        spoken.setdefault(item.id, []).append((item, to))
    own = [each for id in sorted(spoken) for each in _told(spoken[id])]
    return [*own, *_beside(walk.found.values())]


def meet(one: To, other: To) -> To:
    """Whom both reach."""
    return other if one is None else one if other is None else one & other


def join(one: To, other: To) -> To:
    """Whom one of the two reaches."""
    return None if one is None or other is None else one | other


def within(to: To, other: To) -> bool:
    """Whether nobody is reached beside those whom the other reaches."""
    return other is None or (to is not None and to <= other)


def _told(spoken: list[tuple[Item, To]]) -> Iterator[Reached]:
    """What several say under one id: the widest first, of the rest what nobody got yet."""
    kept: list[tuple[Item, To]] = []
    for item, to in sorted(spoken, key=lambda each: _width(each[0])):
        for place, (known, reach) in enumerate(kept):
            if known.data == item.data:
                kept[place] = (known, join(reach, to))
                break
            if within(to, reach):
                kept[place] = (_one(known, item, to == reach), reach)
                break
        else:
            kept.append((item, to))
    for item, to in kept:
        yield Reached(item.data, item.handling.tlp, to)


def _one(known: Item, item: Item, same: bool) -> Item:
    """One of two for the same readers; who gets one of them alone is told no more by the other."""
    try:
        one = one_of(known, item)
    except ValueError as error:
        raise InvariantError(str(error)) from None
    return one if same else known


def _width(item: Item) -> tuple[int, bytes]:
    return _LABELS.index(item.handling.tlp), item.bytes


def _beside(found: Iterable[tuple[Item, To]]) -> Iterator[Reached]:
    """The markings and definitions that objects use, for those who get the objects."""
    objects: dict[str, Mapping[str, Any]] = {}
    reach: dict[str, To] = {}
    for item, to in found:
        marks = marking_objects(item.handling)
        used = [id for data in (item.data, *marks) for id in data.get("extensions", ())]
        defined = definitions(used)
        explained = [*defined, *(marking_objects(PUBLIC) if defined else ())]
        for data in (*marks, *explained):
            objects[data["id"]] = data
            reach[data["id"]] = join(reach.get(data["id"], to), to)
    for id in sorted(objects):
        yield Reached(objects[id], Marking.CLEAR, reach[id])
