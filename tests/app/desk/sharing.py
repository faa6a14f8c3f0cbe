"""A desk with collections, and what each member gets of them: read as a page of TAXII is."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stanch.app.desk import cases, shares
from stanch.app.desk.desk import Desk
from stanch.app.desk.words import NewItem, Shared
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.taxii.filters import Filters
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.registry.registry import Registry, load
from stanch.sharing.collections import making
from stanch.sharing.collections.access import Reader, one
from stanch.sharing.collections.making import NewCollection
from stanch.sharing.collections.pages import Want, page
from stanch.store.desk.folder import Folder
from stanch.store.desk.transaction import Database
from tests.desk_world import ACCOUNT, JP, KR, US, World, world

ALL = Want(Filters(limit=10_000, versions=("all",)))
LAST = Want(Filters(limit=10_000))


@dataclass
class Sharing:
    """The desk, everybody at it, its registry, and a collection of Korea's by name."""

    world: World
    desk: Desk
    registry: Callable[[], Registry]
    collections: dict[str, str] = field(default_factory=dict)

    def by(self, member: str) -> Caller:
        return self.world.analyst(member)

    def collect(self, name: str, *readers: str, by: str = KR, **more: Any) -> str:
        with self.desk.database.write() as tx:
            id = making.make(tx, self.by(by), NewCollection(name, **more))
            for each in readers:
                making.grant(tx, self.by(by), id, each, (True, False))
        self.collections[name] = id
        return id

    def share(
        self, row: str, to: str, why: str = "They asked.", by: str = KR, **terms: Any
    ) -> dict[str, Any]:
        to = self.collections.get(to, to)
        return shares.share(self.desk, self.by(by), row, shares.Into(to, why, terms), self.registry)

    def case(self, marking: Marking = Marking.AMBER, *to: str, by: str = KR) -> str:
        return cases.open_case(self.desk, self.by(by), "Theft at Example", Shared(marking, to))

    def item(self, case: str, marking: Marking, *to: str, by: str = KR, **body: Any) -> str:
        kind = body.pop("kind", "account")
        new = NewItem(case, kind, body or {"account": ACCOUNT}, Shared(marking, to))
        return cases.add_item(self.desk, self.by(by), new)

    def gets(self, member: str, name: str, want: Want = LAST) -> list[dict[str, Any]]:
        """The objects that a member gets of a collection, as they lie there."""
        with self.desk.database.read() as connection:
            reader = Reader(member, self.desk.database.now())
            found = one(connection, reader, self.collections.get(name, name))
            return [json.loads(row[3]) for row in page(connection, found.view, want).rows]

    def ids(self, member: str, name: str) -> set[str]:
        return {each["id"] for each in self.gets(member, name)}

    def kinds(self, member: str, name: str) -> list[str]:
        """What they are of, without what binds and explains them."""
        beside = ("marking-definition", "extension-definition", "relationship")
        return sorted(
            each["type"]
            for each in self.gets(member, name)
            if each["type"] not in beside and each.get("name") != "Stanch"
        )


def sharing(database: Database, key: PrivateKey, folder: Path) -> Sharing:
    """Korea's collection `partners`, which Japan and the United States read."""
    made = world(database, key)
    desk = Desk(made.desk, "Joint desk", Folder.create(folder / "desk"), key, database)
    found = Sharing(made, desk, load)
    found.collect("partners", JP, US)
    return found
