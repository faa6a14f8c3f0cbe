"""The words of partners: which way objects go, how a link stands, how something laid aside does."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

SHORTEST: Final = 60  # seconds between two polls
LONGEST: Final = 7 * 24 * 3600
USUAL: Final = 900


class Direction(StrEnum):
    """Which way objects go over a link."""

    PULL = "pull"
    PUSH = "push"
    BOTH = "both"


class LinkState(StrEnum):
    """How a link stands."""

    ACTIVE = "active"
    STOPPED = "stopped"
    REMOVED = "removed"


class HeldState(StrEnum):
    """What became of something that was laid aside."""

    HELD = "held"
    TAKEN = "taken"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that is to be. `root` is the URL of the API root, `remote` the collection there,
    `collection` the one here; `source` is the member at the other end, who owns what comes.
    With `widens`, what comes marked AMBER is for all who read the collection here, and AMBER is
    pushed to all who read the one there.
    """

    title: str
    root: str
    remote: str
    collection: str
    source: str
    direction: Direction = Direction.PULL
    widens: bool = False
    every: int = USUAL


@dataclass(frozen=True, slots=True)
class Told:
    """How many objects came and are kept, were here already, were laid aside, went out, and were
    refused there; over the whole life of a link, or of one page.
    """

    kept: int = 0
    known: int = 0
    aside: int = 0
    sent: int = 0
    refused: int = 0

    def __add__(self, other: "Told") -> "Told":
        """Both together."""
        mine, theirs = asdict(self), asdict(other)
        return Told(**{name: mine[name] + theirs[name] for name in mine})
