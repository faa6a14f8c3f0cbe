"""Who may see what lies in a body: a condition in the query, as `visible` is, and narrower.

A row is seen by who had a seat at the time that it belongs to, where the row's own marking lets
them see it, in a body whose marking does. A release list may name the body itself: then it is for
all who sit in it, today or later, each from their own time on. Nobody sees anything by a seat that
is yet to begin, and who left sees nothing that was written after.

What is asked for begins at the rows that are the reader's (`reader`) in their own bodies, and is
held to the times of seats then: what is marked for others, or lies in other bodies, is not met.
"""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Table,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    union_all,
)

from stanch.model.desk.people import Caller
from stanch.store.desk.tables import body, meeting, seat
from stanch.store.desk.tables import reader as reads
from stanch.store.desk.visible import NAMED_MEMBERS, names, released, visible


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and when: seats begin and end."""

    caller: Caller
    now: str


def bodies(reader: Reader) -> ColumnElement[bool]:
    """The rows of `body` that the reader may see: those in which they have, or had, a seat."""
    return and_(body.c.id.in_(_mine(reader)), _marked(body, reader))


def this_body(reader: Reader, id: str) -> ColumnElement[bool]:
    """The one body with an id, where the reader may see it: the same work for one in which they
    have no seat as for one that is not there.
    """
    return and_(body.c.id == _mine(reader, id).scalar_subquery(), _marked(body, reader))


def at_the_time(table: Table, reader: Reader, of: str | None = None) -> ColumnElement[bool]:
    """The rows of a table with `body`, `at` and `created` that the reader may see; `of` a body."""
    here = _bodies(reader) if of is None else select(body.c.id).where(this_body(reader, of))
    return and_(table.c.id.in_(_read_in(table, reader, here)), _sat(table, reader))


def this_at_the_time(table: Table, reader: Reader, id: str) -> ColumnElement[bool]:
    """The one row with an id, where it is of those of `at_the_time`."""
    return and_(_this(table, reader, id), _sat(table, reader))


def withheld_at_the_time(table: Table, reader: Reader) -> ColumnElement[bool]:
    """What `at_the_time` leaves out for its marking alone: rows to be counted, and not told of."""
    return and_(not_(_marked(table, reader)), _in_a_body(table, reader), _sat(table, reader))


def of_meetings(table: Table, reader: Reader, of: str | None = None) -> ColumnElement[bool]:
    """The rows of a table with `meeting` that the reader may see: the meeting too, and by a seat
    that was theirs when the row was written. `of` the body of one meeting.
    """
    here = _bodies(reader)
    if of is not None:
        here = here.where(
            body.c.id == select(meeting.c.body).where(meeting.c.id == of).scalar_subquery()
        )
    return and_(table.c.id.in_(_read_in(table, reader, here)), _met(table, reader))


def this_of_meetings(table: Table, reader: Reader, id: str) -> ColumnElement[bool]:
    """The one row with an id, where it is of those of `of_meetings`."""
    return and_(_this(table, reader, id), _met(table, reader))


def held(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column that found rows are held to: no index of it leads the database to hidden ones."""
    return func.coalesce(column, "")


def withheld_of_meetings(table: Table, reader: Reader) -> ColumnElement[bool]:
    """What `of_meetings` leaves out for its marking alone: rows to be counted, and not told of."""
    return and_(not_(_marked(table, reader)), _met(table, reader))


def heard(table: Table, reader: Reader, of: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the reader still had a seat when `of`, a time in a row of a body, came."""
    mine = seat.alias("mine")
    return exists().where(
        mine.c.body == table.c.body,
        _sits(mine, reader),
        or_(mine.c.until.is_(None), of < mine.c.until),
    )


def seats(reader: Reader) -> ColumnElement[bool]:
    """The rows of `seat` that the reader may see: who sat when they did."""
    mine = seat.alias("mine")
    beside = exists().where(
        mine.c.body == seat.c.body,
        _sits(mine, reader),
        or_(seat.c.until.is_(None), mine.c.since < seat.c.until),
        or_(
            mine.c.until.is_(None),
            and_(seat.c.since < mine.c.until, seat.c.created < mine.c.until),
        ),
    )
    return and_(_in_a_body(seat, reader), _taken(seat), beside)


def _sat(table: Table, reader: Reader) -> ColumnElement[bool]:
    mine = seat.alias("mine")
    return exists().where(
        mine.c.body == table.c.body,
        _sits(mine, reader),
        mine.c.since <= table.c.at,
        or_(
            mine.c.until.is_(None),
            and_(table.c.at < mine.c.until, table.c.created < mine.c.until),
        ),
    )


def _met(table: Table, reader: Reader) -> ColumnElement[bool]:
    meetings = select(meeting.c.id).where(at_the_time(meeting, reader))
    return and_(held(table.c.meeting).in_(meetings), heard(table, reader, table.c.created))


def _in_a_body(table: Table, reader: Reader) -> ColumnElement[bool]:
    return table.c.body.in_(_bodies(reader))


def _bodies(reader: Reader) -> Select[tuple[str]]:
    return select(body.c.id).where(bodies(reader))


def _read_in(table: Table, reader: Reader, here: Select[tuple[str]]) -> CompoundSelect[tuple[str]]:
    """The rows within some bodies that are the reader's: by name, or as one who sits there."""
    of = select(reads.c.row).where(reads.c.kind == table.name)
    by_name = of.where(reads.c.to.in_(names(reader.caller)), reads.c.within.in_(here))
    by_seat = of.where(reads.c.to.in_(here), reads.c.within == reads.c.to)
    return union_all(by_name, by_seat)


def _this(table: Table, reader: Reader, id: str) -> ColumnElement[bool]:
    """The one row with an id, where it lies in one of the reader's bodies and is theirs to see."""
    # A look-up by the whole key for each seat and name, as in `visible.this`. The id stands as a
    # range: for one that is equal SQLite takes the shorter key, and meets rows of other bodies.
    mine = seat.alias("of")
    at = reads.c.row.between(id, id)
    key = reads.c.kind == table.name, reads.c.within == mine.c.body, at
    found = (
        select(reads.c.row).where(*key, reads.c.to == to).correlate(mine).scalar_subquery()
        for to in (*names(reader.caller), mine.c.body)
    )
    rows = select(func.max(func.coalesce(*found)))
    rows = rows.where(_sits(mine, reader), mine.c.body.in_(_bodies(reader)))
    return table.c.id == rows.scalar_subquery()


def _mine(reader: Reader, id: str | None = None) -> Select[tuple[str]]:
    """The bodies with a seat of the reader's member, or the one of them with an id: where the
    database begins, so that bodies without one are never met.
    """
    mine = seat.alias("mine")
    seated = select(mine.c.body).where(_sits(mine, reader))
    return seated if id is None else seated.where(mine.c.body == id).limit(1)


def _sits(mine: FromClause, reader: Reader) -> ColumnElement[bool]:
    """A seat of the reader's member that has begun."""
    return and_(mine.c.member == reader.caller.member.id, mine.c.since <= reader.now, _taken(mine))


def _taken(of: FromClause) -> ColumnElement[bool]:
    """A seat that was not taken back: such a one ends as it begins."""
    return or_(of.c.until.is_(None), of.c.since < of.c.until)


def _marked(table: Table, reader: Reader) -> ColumnElement[bool]:
    of = table.c.id if table is body else table.c.body
    to_all = and_(table.c.marking.in_(NAMED_MEMBERS), released(table, of))
    return or_(visible(table, reader.caller), to_all)
