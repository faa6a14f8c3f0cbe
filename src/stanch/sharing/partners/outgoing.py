"""What is pushed to a partner: what its member could read here by itself and the member that keeps
the link can read too. AMBER+STRICT and TLP:RED go to no server; AMBER where the link widens, since
a post has no release list, and whoever reads the collection there is shown it.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, or_, select

from stanch.formats.stix.reach import reach_of
from stanch.formats.taxii.filters import Filters
from stanch.formats.taxii.versions import shown
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import access
from stanch.sharing.collections.access import Reader, Times
from stanch.sharing.collections.pages import Want, page
from stanch.sharing.collections.words import View
from stanch.store.desk.tables import shared_object

AT_ONCE: Final = 200  # objects of one envelope
_NOWHERE: Final = frozenset({Marking.STRICT, Marking.RED})


@dataclass(frozen=True, slots=True)
class Going:
    """An object that goes out; `version` is as STIX writes it, empty where it has none itself."""

    id: str
    version: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes next; `place` is from where to go on, `more` whether there is more behind it."""

    objects: Sequence[Going]
    place: str
    more: bool


@dataclass(frozen=True, slots=True)
class Over:
    """By which link: who keeps it, the partner's member, the collection here, whether it widens."""

    member: str
    source: str
    collection: str
    widens: bool
    now: str


def batch_after(connection: Connection, over: Over, place: str) -> Batch:
    """What is to be pushed behind a place. Raises NotFoundError where one of them does not have the
    collection.
    """
    view = _view(connection, over)
    found = page(connection, view, Want(Filters(versions=("all",), limit=AT_ONCE), place))
    stays = _NOWHERE if over.widens else _NOWHERE | {Marking.AMBER}
    kept_back = _kept_back(connection, over, [row[1] for row in found.rows], stays)
    objects = []
    for _, id, version, raw in found.rows:
        data = json.loads(raw)
        if (id, version) in kept_back or reach_of(data, {}) in stays:
            continue
        own = isinstance(data.get("modified", data.get("created")), str)
        objects.append(Going(id, shown(version) if own else "", bytes(raw)))
    last = found.rows[-1][0] if found.rows else place
    return Batch(objects, last, found.more)


def _view(connection: Connection, over: Over) -> View:
    """What both see."""
    ours = access.one(connection, Reader(over.member, over.now), over.collection).view
    theirs = access.one(connection, Reader(over.source, over.now), over.collection).view
    both = tuple(each for each in theirs.audiences if each in set(ours.audiences))
    return View(over.collection, both, _both_times(ours.times, theirs.times))


def _both_times(ours: Times | None, theirs: Times | None) -> Times | None:
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    end = "~"  # behind every time
    found = []
    for since, until in ours:
        for from_, to in theirs:
            begin, last = max(since, from_), min(until or end, to or end)
            if begin < last:
                found.append((begin, "" if last == end else last))
    return tuple(found)


def _kept_back(
    connection: Connection, over: Over, ids: Sequence[str], stays: Collection[Marking]
) -> set[tuple[str, str]]:
    """Which of these are the partner's own, and known to it, or lie here under a label that stays:
    the label may have been told by a definition that is not in the object.
    """
    query = select(shared_object.c.id, shared_object.c.version).where(
        shared_object.c.collection == over.collection,
        shared_object.c.id.in_(ids),
        or_(shared_object.c.owner == over.source, shared_object.c.marking.in_(stays)),
    )
    return {(row.id, row.version) for row in connection.execute(query)}
