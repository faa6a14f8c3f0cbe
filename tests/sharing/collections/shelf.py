"""A collection at a desk with everybody at it, and what each of them sees there."""

from dataclasses import dataclass, field
from typing import Any

from stanch.formats.taxii.filters import EVERYTHING, Filters
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import access, making, objects, pages
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.objects import Batch
from stanch.sharing.collections.pages import Found, Want
from stanch.sharing.collections.words import Offer, Verdict
from tests.desk_world import KR, World
from tests.taxii.objects import indicator, raw


def offer(
    number: int, owner: str = KR, marking: Marking | None = None, to: tuple[str, ...] = (),
    **more: Any,
) -> Offer:  # fmt: skip
    """An indicator of that number, as somebody offers it."""
    data = indicator(number, **more)
    return Offer(data, raw(data), owner, marking, frozenset(to))


@dataclass
class Shelf:
    """A collection of Korea's. `see` is by a program of a member."""

    world: World
    id: str = ""
    made: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.world.database.write() as tx:
            new = NewCollection("Thefts", **self.made)
            self.id = making.make(tx, self.world.analyst(KR), new)

    def let(self, member: str, reads: bool = True, writes: bool = False) -> None:
        with self.world.database.write() as tx:
            making.grant(tx, self.world.analyst(KR), self.id, member, (reads, writes))

    def access(self, member: str, person: str = "") -> access.Access:
        with self.world.database.read() as connection:
            reader = Reader(member, self.world.database.now(), person)
            return access.one(connection, reader, self.id)

    def put(
        self, *offers: Offer, by: str = KR, revive: bool = False, chosen: bool = True
    ) -> list[Verdict]:
        """Put by a member, who sees of the collection what it sees."""
        view = self.access(by).view
        with self.world.database.write() as tx:
            batch = Batch(self.id, offers, view, revive, chosen)
            return objects.put(tx, self.world.analyst(by), batch)

    def page(self, member: str, place: str = "", person: str = "", **asked: Any) -> Found:
        said = Filters(**asked) if asked else EVERYTHING
        with self.world.database.read() as connection:
            view = self.access(member, person).view
            return pages.page(connection, view, Want(said, place))

    def see(self, member: str, **asked: Any) -> list[tuple[str, str]]:
        """Ids and versions, in the order of a page."""
        return [(row[1], row[2]) for row in self.page(member, **asked).rows]
