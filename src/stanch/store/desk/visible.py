"""Who may see a row: a condition in the query, so that nothing is counted, listed or found without.

TLP 2.0 (FIRST, August 2022), as docs/design/desk.md reads it.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, insert, or_, select

from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import release

EVERYBODY = (Marking.CLEAR, Marking.GREEN)
NAMED_MEMBERS = (Marking.AMBER, Marking.STRICT)


def visible(table: Table, caller: Caller) -> ColumnElement[bool]:
    """The rows of `table` (with owner and marking) that `caller` may see.

    A row in red is for the people on its list alone, in the owner's house too.
    """
    return visible_to(table, caller.member.id, caller.person)


def visible_to(
    table: Table, member: str | ColumnElement[str], person: str | ColumnElement[str]
) -> ColumnElement[bool]:
    """The same for a person of a member, each an id or a column of ids."""
    return or_(
        and_(table.c.owner == member, table.c.marking != Marking.RED),
        table.c.marking.in_(EVERYBODY),
        and_(table.c.marking.in_(NAMED_MEMBERS), released(table, member)),
        and_(table.c.marking == Marking.RED, released(table, person)),
    )


def share(connection: Connection, table: Table, row: str, sharing: Sharing) -> None:
    """Write the release list of a new row, or another one of a row that is there."""
    connection.execute(delete(release).where(release.c.kind == table.name, release.c.row == row))
    listed = sharing.people if sharing.marking == Marking.RED else sharing.members
    if listed:
        rows = [{"kind": table.name, "row": row, "to": to} for to in sorted(listed)]
        connection.execute(insert(release), rows)


def shared_with(connection: Connection, table: Table, row: str) -> list[str]:
    """The release list of a row: ids of members, or of people where it is red."""
    query = select(release.c.to).where(release.c.kind == table.name, release.c.row == row)
    return sorted(connection.execute(query).scalars())


def columns(sharing: Sharing) -> dict[str, str]:
    """Values of the two columns that every row that can leave has."""
    return {"owner": sharing.owner, "marking": sharing.marking.value}


def own(caller: Caller, marking: Marking, to: Iterable[str] = ()) -> Sharing:
    """How a new row of `caller` is shared: who writes in red can read it."""
    listed = frozenset(to)
    if marking == Marking.RED:
        return Sharing(caller.member.id, marking, people=listed | {caller.person})
    return Sharing(caller.member.id, marking, members=listed)


def released(table: Table, to: str | ColumnElement[str]) -> ColumnElement[bool]:
    """The rows of `table` with `to`, an id or a column of ids, on their release list."""
    return exists().where(
        release.c.kind == table.name, release.c.row == table.c.id, release.c.to == to
    )
