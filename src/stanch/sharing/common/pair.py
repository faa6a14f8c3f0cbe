"""Two parties: who asks learns which of its items the holder has (DH-based oblivious PRF).

The holder has a key b and publishes the tag of H(y)^b for each of its items. Who asks has a key a
and sends H(x)^a for each of its own; the holder raises them to b; who asked undoes a, has H(x)^b,
and looks its tags up. Meadows 1986 and Huberman, Franklin and Hogg 1999 compare under two keys so;
as a PRF it is Jarecki and Liu 2009, with tags made ahead for unequal sets Kales et al. 2019.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.sharing.common import group
from stanch.sharing.common.group import SIZE, Report, silent
from stanch.sharing.common.tags import WIDTH, places, proof, rising, rows, tag, tags

CLAIM: Final = 2 * WIDTH  # bytes of a claim: a tag, and the proof that it was asked for


@dataclass(frozen=True, slots=True)
class Match:
    """An item that both have, and its point under the holder's key."""

    item: str
    point: bytes


def order_of(asked: bytes) -> npt.NDArray[np.intp]:
    """The order in which points are sent: their own, which tells nothing of the items."""
    return np.argsort(rows(asked, SIZE))


def arranged(points: bytes, order: npt.NDArray[np.intp]) -> bytes:
    """Points in another order."""
    return rows(points, SIZE)[order].tobytes()


@dataclass(frozen=True, slots=True)
class Published:
    """The holder's tags, rising, and for each the place of its item."""

    tags: bytes
    order: npt.NDArray[np.intp]


def published(made: bytes) -> Published:
    """What the holder publishes: the tags of its items, which come in their order."""
    found = rows(made, WIDTH)
    order = np.argsort(found)
    return Published(found[order].tobytes(), order)


def evaluated(question: bytes, key: bytes, report: Report = silent) -> bytes:
    """The holder raises each point to its key.

    Raises ValueError where the question is no rising row of points.
    """
    rising(question, SIZE)
    return group.multiplied(question, key, report)


def matches(
    items: Sequence[str], answer: bytes, key: bytes, theirs: bytes, report: Report = silent
) -> list[Match]:
    """Who asked undoes its key and looks up. `items` are in the order of the question.

    Raises ValueError where the answer is none to this question, or `theirs` are no rising tags.
    """
    known = rising(theirs, WIDTH)
    if len(answer) != len(items) * SIZE:
        raise ValueError(f"the answer is not to {len(items):,} points")
    points = group.multiplied(answer, group.inverse(key), report)
    found = places(rows(tags(points, items), WIDTH), known)
    return [Match(items[at], points[at * SIZE : (at + 1) * SIZE]) for at in map(int, found)]


def claims(run: str, found: Sequence[Match]) -> bytes:
    """What who asked tells the holder where both are to learn: rising."""
    made = (tag(each.point, each.item) + proof(run, each.point, each.item) for each in found)
    return b"".join(sorted(made))


def confirmed(
    run: str, items: Sequence[str], points: bytes, ours: Published, claimed: bytes
) -> list[str]:
    """The holder's items that are claimed, in the order of `items`; `points` are theirs under its
    key.

    Raises ValueError where a tag was never published or a proof does not hold.
    """
    rising(claimed, CLAIM)
    known = rows(ours.tags, WIDTH)
    both = rows(claimed, WIDTH)
    if len(places(both[::2], known)) * CLAIM != len(claimed):
        raise ValueError("a match is claimed that was never published")
    held = ours.order[np.searchsorted(known, both[::2])]
    for row, at in enumerate(map(int, held)):
        point = points[at * SIZE : (at + 1) * SIZE]
        said = claimed[row * CLAIM + WIDTH : (row + 1) * CLAIM]
        if not hmac.compare_digest(said, proof(run, point, items[at])):
            raise ValueError("a match is claimed without proof that it was asked for")
    if len(set(held.tolist())) != len(held):
        raise ValueError("a match is claimed twice")
    return [items[at] for at in sorted(held)]
