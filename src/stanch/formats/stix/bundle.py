"""A bundle: items with all that they refer to, in one order, as the same bytes each time.

Objects stand by type and id; the bytes are canonical JSON (RFC 8785). The markings and extension
definitions that are used come with them, so that a receiver needs nothing else. A bundle's id comes
of what is in it.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import rfc8785

from stanch.formats.stix.extensions import definitions
from stanch.formats.stix.handling import PUBLIC
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item
from stanch.formats.stix.markings import marking_objects
from stanch.formats.stix.wallet import OBSERVABLES, both
from stanch.model.desk.marking import Marking, reaches, widest

Object = dict[str, Any]


def bundle(items: Iterable[Item], level: Marking | None = None) -> bytes:
    """The bundle of items and all that they refer to; for a `level`, of those that it may see.

    What is made of something is marked at least as strictly, so nothing that is kept refers to what
    is left out. Raises ValueError where two objects have one id and are not the same.
    """
    objects: Any = [*gathered(items, level).values()]
    objects.sort(key=lambda each: (each["type"], each["id"]))
    digest = hashlib.sha256(rfc8785.dumps(objects)).hexdigest()
    whole: Any = {"type": "bundle", "id": named("bundle", digest)}
    return rfc8785.dumps(whole | ({"objects": objects} if objects else {}))  # no list is empty


def gathered(items: Iterable[Item], level: Marking | None = None) -> dict[str, Object]:
    """The objects of a bundle by id, with the markings and definitions that they use."""
    found: dict[str, Item] = {}
    waiting = [each for each in items if level is None or reaches(each.handling.tlp, level)]
    seen: dict[int, Item] = {}  # an item that many refer to is looked into once
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen[id(item)] = item
        known = found.get(item.id)
        found[item.id] = item if known is None else one_of(known, item)
        waiting += item.parts
    objects = {id: each.data for id, each in found.items()}
    used = [id for data in objects.values() for id in data.get("extensions", ())]
    handlings = {each.handling for each in found.values()}
    for mark in (mark for each in handlings for mark in marking_objects(each)):
        objects[mark["id"]] = mark
        used += mark["extensions"]
    if known_definitions := definitions(used):
        objects |= {each["id"]: each for each in [*known_definitions, *marking_objects(PUBLIC)]}
    return objects


def one_of(known: Item, item: Item) -> Item:
    """One object of two with the same id: the same, or an observable that two speak of.

    An observable that one may pass on further than the other is passed on as that one says it,
    without what the other knows beside. Raises ValueError for others.
    """
    if known.data == item.data:
        return known
    if item.data["type"] not in OBSERVABLES:
        raise ValueError(f"two objects have the id {item.id}, and are not the same")
    if known.handling.tlp == item.handling.tlp:
        return both(known, item)
    wider = widest((known.handling.tlp, item.handling.tlp))
    return known if known.handling.tlp == wider else item
