"""The twin of release control: every row in a list, every question a walk over all of them.

`docs/design/taxii.md` and `docs/design/desk.md` in their plainest words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

EVERYBODY = (None, "TLP:CLEAR", "TLP:GREEN")
LISTED = ("TLP:AMBER", "TLP:AMBER+STRICT")


@dataclass
class PlainObject:
    """A version of an object of a collection; `added` is its place in the order of coming."""

    id: str
    type: str
    version: str
    owner: str
    marking: str | None
    to: frozenset[str]
    secret: str
    added: int
    minute: int

    def goes_to(self, member: str) -> bool:
        """Whether a program of the member may have it, where the member reads the collection."""
        if self.marking == "TLP:RED":
            return False
        if self.marking in LISTED and self.to:
            return member == self.owner or member in self.to
        return True


@dataclass
class PlainCollection:
    """`grants` are (reads, writes) by member; `seats` of its body (since, until) in minutes."""

    id: str
    owner: str
    purpose: str
    grants: Mapping[str, tuple[bool, bool]]
    seats: Mapping[str, tuple[int, int | None]]
    now: int = 0
    objects: list[PlainObject] = field(default_factory=list)

    def reads(self, member: str) -> bool:
        """Whether the member may ask what lies in it."""
        granted = self.grants.get(member, (False, False))[0]
        return member == self.owner or granted or self._sat(member)

    def known(self, member: str) -> bool:
        """Whether it is there at all for the member."""
        writes = self.grants.get(member, (False, False))[1]
        return self.reads(member) or writes or self.purpose == "inbox"

    def _sat(self, member: str) -> bool:
        return member in self.seats and self.seats[member][0] <= self.now

    def seen(self, member: str) -> list[PlainObject]:
        """All that the member sees, in the order of coming; of rows of one version the first."""
        if not self.reads(member):
            return []
        rows = [
            each for each in self.objects if each.goes_to(member) and self._timely(member, each)
        ]
        first: dict[tuple[str, str], PlainObject] = {}
        for each in sorted(rows, key=lambda row: row.added):
            first.setdefault((each.id, each.version), each)
        return list(first.values())

    def _timely(self, member: str, each: PlainObject) -> bool:
        """Who reads by a seat alone sees what came while they sat."""
        if member == self.owner or self.grants.get(member, (False, False))[0]:
            return True
        since, until = self.seats[member]
        return since <= each.minute and (until is None or each.minute < until)

    def page(self, member: str, versions: str, types: Iterable[str] = ()) -> list[PlainObject]:
        """What a page without an end would hold."""
        rows = [each for each in self.seen(member) if not types or each.type in types]
        if versions == "all":
            return rows
        chosen: dict[str, PlainObject] = {}
        for each in rows:
            known = chosen.setdefault(each.id, each)
            later = each.version > known.version
            if each.version != known.version and later == (versions == "last"):
                chosen[each.id] = each
        return sorted(chosen.values(), key=lambda row: row.added)


@dataclass
class PlainRow:
    """A row of the desk: `released` are members, in red people; `within` the row around it."""

    id: str
    owner: str
    marking: str
    released: frozenset[str]
    secret: str
    within: "PlainRow | None" = None
    governments: bool = False

    def seen_by(self, member: str, person: str, government: bool) -> bool:
        """Whether a person of a member sees it."""
        if self.governments and not government:
            return False
        if self.within is not None and not self.within.seen_by(member, person, government):
            return False
        if self.marking == "TLP:RED":
            return person in self.released
        if self.marking in LISTED:
            return member == self.owner or member in self.released
        return True
