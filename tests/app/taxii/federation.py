"""What two desks are to hold, told from what was done, without looking into either: the oracle."""

import json
from dataclasses import dataclass, field
from typing import Any

from stanch.model.desk.marking import Marking
from tests.two_desks import KOREA, THIRD, UPBEAT

TLP = {
    Marking.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Marking.GREEN: "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",  # TLP 1
    Marking.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Marking.STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Marking.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
NAMED = (Marking.AMBER, Marking.STRICT)

Key = tuple[int, int]  # an object's number and its version's


def stix(key: Key, name: str, marking: Marking | None) -> dict[str, Any]:
    """An object; its number, version, name and marking are all that it says."""
    number, version = key
    said = {
        "type": "identity", "spec_version": "2.1",
        "id": f"identity--00000000-0000-4000-8000-{number:012d}",
        "created": "2026-01-01T00:00:00.000Z",
        "modified": f"2026-01-0{version}T00:00:00.000Z", "name": name,
    }  # fmt: skip
    return said if marking is None else {**said, "object_marking_refs": [TLP[marking]]}


def raw(said: dict[str, Any], spaces: int = 0) -> bytes:
    """Its bytes, which may have blanks where nobody would write them again."""
    return json.dumps(said, separators=(", ", ":" + " " * spaces)).encode()


@dataclass(frozen=True)
class Written:
    """What somebody wrote at a desk: an object, with its readers there."""

    key: Key
    bytes: bytes
    marking: Marking | None
    author: str
    to: frozenset[str]

    def seen_by(self, member: str) -> bool:
        """By the design's table, for a program of a member that reads the collection."""
        if self.marking == Marking.RED:
            return False
        if self.marking in NAMED and self.to:
            return member == self.author or member in self.to
        return True

    @property
    def passes(self) -> bool:
        """Whether the other desk is let see it."""
        return self.seen_by(UPBEAT)


@dataclass
class Desk:
    """One desk as the oracle knows it."""

    wrote: list[Written] = field(default_factory=list)  # what lies there first-hand, in order
    gone: set[tuple[Key, str]] = field(default_factory=set)  # deleted here, with whose it was
    ever: list[Written] = field(default_factory=list)  # first-hand, deleted or not

    def own(self, key: Key) -> list[Written]:
        return [each for each in self.wrote if each.key == key]

    def sees_own(self, member: str, key: Key) -> list[Written]:
        return [each for each in self.own(key) if each.seen_by(member)]


__all__ = ["KOREA", "THIRD", "UPBEAT", "Desk", "Key", "Written", "raw", "stix"]
