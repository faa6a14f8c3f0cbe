"""What came by a post or from a partner, as objects to put into a collection, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stanch.formats.stix.reach import reach_of
from stanch.formats.stix.reading import Limits, Read, Taken, read
from stanch.model.desk.marking import Marking
from stanch.sharing.collections.timely import last_taken, version_fault
from stanch.sharing.collections.words import Offer

LARGEST: Final = 16 << 20  # bytes of a post
LARGEST_OBJECT: Final = 1 << 20
MOST_OBJECTS: Final = 10_000  # of a post
LIMITS: Final = Limits(LARGEST, LARGEST_OBJECT, MOST_OBJECTS)
_RED: Final = "TLP:RED is for people, each for themselves; it is not taken in from a program"


@dataclass(frozen=True, slots=True)
class Turned:
    """An object that is not taken in: its id where it has one, its bytes, and why."""

    id: str
    version: str
    reason: str
    raw: bytes = field(repr=False)


@dataclass(slots=True)
class Sorted:
    """What may be put, what may not, and the first of each that is there again, the same."""

    offers: list[Offer] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)
    again: list[dict[str, Any]] = field(default_factory=list)


def sort_out(body: bytes, owner: str, now: str, limits: Limits = LIMITS) -> Sorted:
    """The objects of an envelope as offers of a member. Raises ValueError where it is none."""
    came = read(body, limits)
    found = Sorted(again=came.again)
    for each in came.refused:
        name = each.id or (f"object {each.place}" if each.place else "envelope")
        found.turned.append(Turned(name, each.time, each.reason, each.raw))
    definitions = _definitions(came)
    last = last_taken(now)
    for taken in came.taken:
        marking = reach_of(taken.data, definitions)
        if reason := _fault(taken, marking, last):
            id, version = str(taken.data["id"]), str(taken.data.get("modified", ""))[:40]
            found.turned.append(Turned(id, version, reason, taken.raw))
        else:
            found.offers.append(Offer(taken.data, taken.raw, owner, marking))
    return found


def _fault(taken: Taken, marking: Marking | None, last: str) -> str:
    """Why an object that holds as STIX is not taken in all the same; empty where it is."""
    if marking == Marking.RED:
        return _RED
    return version_fault(taken.data, last)


def _definitions(came: Read) -> Mapping[str, Mapping[str, Any]]:
    kind = "marking-definition"
    return {each["id"]: each for each in came.objects if each.get("type") == kind}
