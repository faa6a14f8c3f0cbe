"""Who may see a row: a condition in the query, so that nothing is counted, listed or found without.

TLP 2.0 (FIRST, August 2022), as docs/design/desk.md reads it. Each row has its readers written down
beside it when it is shared, and every question begins at these: a row by its id (`this`), the rows
of a list (`readable`, `within`). So the database does the same for a row that the caller may not
see as for one that is not there, and no more for many of them than for none.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    exists,
    func,
    insert,
    select,
)

from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import reader, release

EVERYBODY = (Marking.CLEAR, Marking.GREEN)
NAMED_MEMBERS = (Marking.AMBER, Marking.STRICT)
ALL: Final = "*"  # of readers: every member

# The column that names what a row lies in, where lists of it are asked for.
_LIES_IN: Final[Mapping[str, str]] = {
    "case_item": "case", "judgement": "case", "outcome": "order", "review": "order",
    "body_target": "body", "meeting": "body", "meeting_item": "body", "action": "body",
    "reading": "body", "persona_cluster": "result", "persona_indicator": "cluster",
}  # fmt: skip


def this(table: Table, caller: Caller, id: str) -> ColumnElement[bool]:
    """The one row with an id, where the caller may see it."""
    # A look-up by the whole key for each name: one for all would walk the readers of a row.
    here = select(reader.c.row).where(reader.c.kind == table.name, reader.c.row == id)
    found = (here.where(reader.c.to == name).scalar_subquery() for name in names(caller))
    return table.c.id == func.coalesce(*found)


def readable(table: Table, caller: Caller) -> ColumnElement[bool]:
    """The rows of a list that the caller may see. With `this` and `within`, what a list or a page
    asks for; `visible` is for rows that were found by other means.
    """
    return table.c.id.in_(_read_by(table, caller))


def within(table: Table, caller: Caller, id: str) -> ColumnElement[bool]:
    """The rows that lie in a case or in an order and that the caller may see."""
    return table.c.id.in_(_read_by(table, caller).where(reader.c.within == id))


def visible(table: Table, caller: Caller) -> ColumnElement[bool]:
    """The rows of `table` (with owner and marking) that `caller` may see.

    A row in red is for the people on its list alone, in the owner's house too.
    """
    return visible_to(table, caller.member.id, caller.person)


def named(table: Table, of: ColumnElement[str], caller: Caller) -> ColumnElement[bool]:
    """Whether the caller may see the row of `table` whose id stands in a column, `of`."""
    return exists().where(
        reader.c.kind == table.name, reader.c.row == of, reader.c.to.in_(names(caller))
    )


def visible_to(
    table: Table, member: str | ColumnElement[str], person: str | ColumnElement[str]
) -> ColumnElement[bool]:
    """The same for a person of a member, each an id or a column of ids."""
    return exists().where(
        reader.c.kind == table.name,
        reader.c.row == table.c.id,
        reader.c.to.in_([member, person, ALL]),
    )


def share(
    connection: Connection, table: Table, row: str, sharing: Sharing, also: str | None = None
) -> None:
    """Write the release list of a new row, or another one of a row that is there, and who its
    readers are by it; and `also`, a member whose it is beside the owner.
    """
    connection.execute(delete(release).where(release.c.kind == table.name, release.c.row == row))
    connection.execute(delete(reader).where(reader.c.kind == table.name, reader.c.row == row))
    listed = sharing.people if sharing.marking == Marking.RED else sharing.members
    if listed:
        rows = [{"kind": table.name, "row": row, "to": to} for to in sorted(listed)]
        connection.execute(insert(release), rows)
    lies_in = _lies_in(connection, table, row)
    rows = [
        {"kind": table.name, "row": row, "to": to, "within": lies_in}
        for to in sorted(readers(sharing) | ({also} if also else set()))
    ]
    if rows:
        connection.execute(insert(reader), rows)


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


def _read_by(table: Table, caller: Caller) -> Select[tuple[str]]:
    read = reader.c.kind == table.name, reader.c.to.in_(names(caller))
    return select(reader.c.row).where(*read)


def names(caller: Caller) -> tuple[str, ...]:
    """Under which a caller is a reader."""
    return caller.member.id, caller.person, ALL


def readers(sharing: Sharing) -> frozenset[str]:
    """Under which names a row that is so shared is read: ids of members or people, or ALL."""
    if sharing.marking == Marking.RED:
        return sharing.people
    if sharing.marking in EVERYBODY:
        return frozenset({ALL})
    return sharing.members | {sharing.owner}


def _lies_in(connection: Connection, table: Table, row: str) -> str:
    name = _LIES_IN.get(table.name)
    if name is None:
        return ""
    query = select(table.c[name]).where(table.c.id == row)
    return str(connection.execute(query).scalar_one())
