"""Who a row may reach: the Traffic Light Protocol, version 2.0 (FIRST, August 2022). And what may
be done with it: the Permissible Actions Protocol.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Marking(StrEnum):
    """A TLP label, from the widest to the narrowest."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"


class Pap(StrEnum):
    """Which actions are allowed, from all to only what nobody can detect: MISP's Permissible
    Actions Protocol, version 3.
    """

    CLEAR = "PAP:CLEAR"
    GREEN = "PAP:GREEN"
    AMBER = "PAP:AMBER"
    RED = "PAP:RED"


_ORDER: Final = tuple(Marking)


def narrowest(markings: Iterable[Marking]) -> Marking:
    """The one that reaches the fewest."""
    return max(markings, key=_ORDER.index)


def widest(markings: Iterable[Marking]) -> Marking:
    """The one that reaches the most."""
    return min(markings, key=_ORDER.index)


def reaches(marking: Marking, level: Marking) -> bool:
    """Whether readers cleared for `level` may see what is marked so."""
    return _ORDER.index(marking) <= _ORDER.index(level)


@dataclass(frozen=True, slots=True)
class Sharing:
    """A row's owner (a member's id), its marking, and to whom it is released.

    `members` are member ids; `people` are person ids and count for TLP:RED alone.
    """

    owner: str
    marking: Marking = Marking.AMBER
    members: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
