"""The words of collections: what they are for, what is put into them, what one reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from stanch.model.desk.marking import Marking


class Purpose(StrEnum):
    """What a collection is for."""

    BODY = "body"  # a working group's: who sits in it reads what came in their seat's time
    MEMBER = "member"  # what one member tells those that it lets read
    PURPOSE = "purpose"  # of whoever is let in, for one matter
    INBOX = "inbox"  # a member's: all write, it alone reads


class Outcome(StrEnum):
    """What became of an object that was offered."""

    ADDED = "added"
    SAME = "same"  # it was there, byte for byte
    MOVED = "moved"  # it was there for other readers; its owner chose these
    CONTRADICTS = "contradicts"  # this id with this version was there and said something else
    DELETED = "deleted"  # it was deleted here, and whoever brought it may not bring it back


@dataclass(frozen=True, slots=True)
class Offer:
    """An object that is to lie in a collection: its value, and its bytes, which are what is kept.

    `to` are ids of members that may see it, or of people where it is TLP:RED; empty, in amber, are
    all who read the collection. Without a marking, too. What `came` by a partner's link is its
    owner's to take away, and shown to its owner by the list alone: not all that lies at the other
    end is for whoever we know there.
    """

    data: Mapping[str, Any]
    raw: bytes
    owner: str
    marking: Marking | None = None
    to: frozenset[str] = frozenset()
    came: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an offer. `version` is as STIX writes it; `reason` is for people."""

    id: str
    version: str
    outcome: Outcome
    reason: str = ""

    @property
    def lies_there(self) -> bool:
        """Whether the object now lies in the collection."""
        return self.outcome in (Outcome.ADDED, Outcome.SAME, Outcome.MOVED)


@dataclass(frozen=True, slots=True)
class View:
    """What one reader sees of a collection: the objects of these audiences, and of these times.

    `times` are pairs of the first moment and the one that is the first no more (empty: open);
    None is always.
    """

    collection: str
    audiences: tuple[int, ...]
    times: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """A collection as one member has it. `view` is empty where they may not read."""

    id: str
    title: str
    description: str
    alias: str | None
    purpose: Purpose
    owner: str
    body: str | None
    revision: int
    created: str
    reads: bool
    writes: bool
    view: View
