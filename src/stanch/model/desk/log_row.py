"""One entry of the desk's log: what is said, and the exact line that is hashed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from stanch.model.desk.canonical import canonical
from stanch.model.desk.merkle import leaf_hash

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be logged. `at` is a stamp to the microsecond, so that texts sort as times.

    `said` is what canonical JSON can hold; personal data stands in it as a commitment.
    """

    at: str
    person: str | None
    member: str | None
    verb: str
    subject: str
    said: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Raise ValueError where a field could not be stored alike on every engine."""
        if not _TIME.fullmatch(self.at):
            raise ValueError(f"no time to the microsecond in UTC: {self.at!r}")
        if not self.verb or not self.subject:
            raise ValueError("an entry of the log needs a verb and a subject")
        for field in (self.person, self.member, self.verb, self.subject):
            if field is not None and _CONTROL.search(field):
                raise ValueError(f"a control character in an entry of the log: {field!r}")


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in its place `n`, from 1. `said` is the text of a canonical JSON object."""

    n: int
    at: str
    person: str | None
    member: str | None
    verb: str
    subject: str
    said: str

    @classmethod
    def of(cls, n: int, at: str, entry: Entry) -> "Row":
        """An entry put into its place, at the log's time. Raises ValueError as `canonical`."""
        said = canonical(dict(entry.said)).decode()
        return cls(n, at, entry.person, entry.member, entry.verb, entry.subject, said)

    def line(self) -> bytes:
        """The row as canonical JSON: what is hashed, and what an export holds.

        Raises ValueError where `said` is not the canonical text of an object: two texts of one
        value would share a hash, and one could be put for the other unseen.
        """
        try:
            said = json.loads(self.said)
        except RecursionError:
            raise ValueError("nested too deep") from None
        if not isinstance(said, dict) or canonical(said) != self.said.encode():
            raise ValueError("what was said is not canonical JSON")
        before = canonical(
            {"at": self.at, "member": self.member, "n": self.n, "person": self.person}
        )
        after = canonical({"subject": self.subject, "verb": self.verb})
        return b'%b,"said":%b,%b' % (before[:-1], self.said.encode(), after[1:])

    def leaf(self) -> bytes:
        """The row's leaf in the tree. Raises ValueError as `line`."""
        return leaf_hash(self.line())
