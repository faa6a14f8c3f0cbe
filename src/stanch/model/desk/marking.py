"""Who a row may reach: the Traffic Light Protocol, version 2.0 (FIRST, August 2022)."""

from dataclasses import dataclass
from enum import StrEnum


class Marking(StrEnum):
    """A TLP label, from the widest to the narrowest."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"


@dataclass(frozen=True, slots=True)
class Sharing:
    """A row's owner (a member's id), its marking, and to whom it is released.

    `members` are member ids; `people` are person ids and count for TLP:RED alone.
    """

    owner: str
    marking: Marking = Marking.AMBER
    members: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
