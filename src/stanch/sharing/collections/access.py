"""What a member may do in a collection. One that it may neither read nor write is none to it."""

import re
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
    union,
)  # fmt: skip

from stanch.errors import NotFoundError
from stanch.sharing.collections.audiences import audiences_of
from stanch.sharing.collections.words import Access, Purpose, View
from stanch.store.desk.tables import collection, collection_member, seat

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # as they are made
_LISTENS: Final = "observer"  # a seat that reads and does not write
_SHOWN: Final = (
    "id", "title", "description", "alias", "owner", "body", "revision", "created",
)  # fmt: skip

Times = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and when. A program comes without a person, and sees nothing in red."""

    member: str
    now: str
    person: str = ""


def one(connection: Connection, reader: Reader, id: str) -> Access:
    """A collection by its id or alias (the oldest of that alias). Raises NotFoundError where there
    is none for the reader.
    """
    if _ID.fullmatch(id):
        row = connection.execute(_ONE, {**_bound(reader), "name": id}).first()
    else:  # an alias may be guessed: it is looked for among the reader's own alone
        rows = connection.execute(_ALL, _bound(reader)).all()
        row = next((each for each in rows if each.alias == id), None)
    if row is None:
        raise NotFoundError(f"no collection {id[:80]}")
    return _access(connection, reader, row)


def all_of(connection: Connection, reader: Reader) -> list[Access]:
    """The collections that the reader may read or write, by when they were made."""
    return [
        _access(connection, reader, row) for row in connection.execute(_ALL, _bound(reader)).all()
    ]


def _bound(reader: Reader) -> dict[str, str]:
    return {"member": reader.member, "now": reader.now}


def _seen() -> tuple[Select[Any], Select[Any]]:
    """The collections that `member` may read or write `now`, and the one whose id is `name`:
    made once, asked often.
    """
    mine = and_(
        collection_member.c.collection == collection.c.id,
        collection_member.c.member == bindparam("member"),
    )
    sits = exists().where(
        seat.c.body == collection.c.body,
        seat.c.member == bindparam("member"),
        seat.c.since <= bindparam("now"),
    )
    whole = (
        select(collection, collection_member.c.reads, collection_member.c.writes)
        .select_from(collection.outerjoin(collection_member, mine))
        .order_by(collection.c.created, collection.c.id)
    )
    let_in = or_(
        collection_member.c.reads,
        collection_member.c.writes,
        collection.c.purpose == Purpose.INBOX,
        and_(collection.c.purpose == Purpose.BODY, sits),
    )
    return whole.where(collection.c.id.in_(_own())), whole.where(
        let_in, collection.c.id == bindparam("name")
    )


def _own() -> CompoundSelect[Any]:
    """The ids of them, each part from what the member is named in: others' cost nothing."""
    granted = or_(collection_member.c.reads, collection_member.c.writes)
    named = collection_member.c.member == bindparam("member")
    sits = (seat.c.member == bindparam("member"), seat.c.since <= bindparam("now"))
    return union(
        select(collection_member.c.collection).where(named, granted),
        select(collection.c.id).where(collection.c.purpose == Purpose.INBOX),
        select(collection.c.id)
        .join(seat, seat.c.body == collection.c.body)
        .where(collection.c.purpose == Purpose.BODY, *sits),
    )


_ALL, _ONE = _seen()


def _access(connection: Connection, reader: Reader, row: Row[Any]) -> Access:
    purpose, times = Purpose(row.purpose), None
    reads, writes = bool(row.reads), bool(row.writes) or purpose == Purpose.INBOX
    if purpose == Purpose.BODY and not (reads and writes):
        seats = _seats(connection, reader, row.body)
        writes = writes or any(
            each.role != _LISTENS and (each.until is None or reader.now < each.until)
            for each in seats
        )
        if not reads:
            reads, times = bool(seats), _times(seats)
    view = View(row.id, (), times)
    if reads:
        audiences = audiences_of(connection, row.id, reader.member, reader.person)
        view = View(row.id, audiences, times)
    said = {name: getattr(row, name) for name in _SHOWN}
    return Access(**said, purpose=purpose, reads=reads, writes=writes, view=view)


def _seats(connection: Connection, reader: Reader, body: str) -> list[Row[Any]]:
    query = select(seat.c.since, seat.c.until, seat.c.role).where(
        seat.c.body == body, seat.c.member == reader.member, seat.c.since <= reader.now
    )
    return list(connection.execute(query.order_by(seat.c.since)))


def _times(seats: list[Row[Any]]) -> Times:
    """The times of seats, each once: two agencies of one member may sit side by side."""
    found: list[tuple[str, str]] = []
    for each in seats:
        until = each.until or ""
        if found and (not found[-1][1] or each.since <= found[-1][1]):
            since, last = found[-1]
            found[-1] = (since, "" if not last or not until else max(last, until))
        else:
            found.append((each.since, until))
    return tuple(found)
