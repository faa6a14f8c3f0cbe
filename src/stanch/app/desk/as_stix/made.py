"""What a row becomes, and who may see the row: found by the conditions that the desk itself asks.

Whatever is made of a row is handled by the row's marking and list, and by those of the rows around
it: `formats.stix.item` takes the strictest of all. So nothing can go further than a row may.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select

from stanch.errors import RefusedError
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, author, first_hand, make
from stanch.formats.stix.times import of_text
from stanch.members.rows import as_member
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller, Role
from stanch.registry.registry import Registry
from stanch.store.desk.seated import Reader
from stanch.store.desk.tables import desk, member
from stanch.store.desk.visible import EVERYBODY

Row = Mapping[Any, Any]
# A member as such: whatever is for some of its people alone is not for it.
_NOBODY: Final = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks, when, through which connection; and the registry as everybody sees it, for rows
    that rest on it.
    """

    connection: Connection
    reader: Reader
    registry: Callable[[], Registry] | None = None

    @property
    def caller(self) -> Caller:
        """Who it is."""
        return self.reader.caller


@dataclass(frozen=True, slots=True)
class Made:
    """What a row becomes: its owner, its title in a line, its handling, and the items."""

    owner: str
    title: str
    handling: Handling
    items: tuple[Item, ...]


def handling_of(
    looking: Looking, query: Select[Any], of: Row, seen: Callable[[Caller], ColumnElement[bool]]
) -> Handling:
    """How a row is handled; `query` finds it, `seen` is the desk's condition for a caller.

    Raises RefusedError for TLP:RED: it is for people, and a collection is read by programs.
    """
    marking = Marking(of["marking"])
    if marking == Marking.RED:
        raise in_red(of["id"])
    found = [
        each.member.id
        for each in callers(looking.connection)
        if looking.connection.execute(query.where(seen(each)).limit(1)).first() is not None
    ]
    return Handling(marking, readers=frozenset(found))


def in_red(id: str) -> RefusedError:
    """Why something is shared with no collection."""
    return RefusedError(f"{id} is TLP:RED: for the people on its list, at the desk alone")


def readers_of(
    looking: Looking, query: Select[Any], seen: Callable[[Caller], ColumnElement[bool]]
) -> dict[str, frozenset[str]]:
    """The members that see each row of `query`, by the first of its columns."""
    found: dict[str, set[str]] = {}
    for each in callers(looking.connection):
        for id in looking.connection.execute(query.where(seen(each))).scalars():
            found.setdefault(id, set()).add(each.member.id)
    return {id: frozenset(members) for id, members in found.items()}


def unlisted(handling: Handling) -> Handling:
    """The same for rows that every member sees, those that are yet to come too."""
    return Handling(handling.tlp) if handling.tlp in EVERYBODY else handling


def callers(connection: Connection) -> list[Caller]:
    """Each member as one that asks."""
    rows = connection.execute(select(member).order_by(member.c.id))
    return [Caller(_NOBODY, as_member(row), frozenset(Role)) for row in rows]


def organisation(connection: Connection, id: str) -> Item:
    """A member as the one who says something. Every member knows that it is at the desk."""
    of = connection.execute(select(desk.c.id)).scalar_one()
    row = connection.execute(select(member).where(member.c.id == id)).one()
    own = named("identity", "member", of, id)
    return author(row.name, PUBLIC, created=of_text(row.created), id=own)


def said_at(row: Row) -> dict[str, str]:
    """The times of what is made of a row; a later version has the time when it was shared."""
    at = of_text(row["created"])
    return {"created": at, "modified": at}


def linked(main: Item, other: Item, row: Row, what: str) -> Item:
    """That something belongs to a case, as the row says that it does."""
    said = {
        **said_at(row), "relationship_type": "related-to", "source_ref": main,
        "target_ref": other, "description": what,
    }  # fmt: skip
    of = first_hand(PUBLIC)  # and of the two that it ties
    return make(named("relationship", "case", row["id"], main.id, other.id), said, of)
