"""The query of a page: who sees what is a condition in it, and it is made once for each shape.

Each audience, and each type of object that is asked for, is read by its own stretch of an index in
the order of `added`, and the engine merges them: a page costs as much as it brings, however many
objects it does not show.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    exists,
    not_,
    or_,
    select,
    union_all,
)  # fmt: skip

from stanch.sharing.collections.states import DELETED, NEWEST, OLDER
from stanch.store.desk.many import within
from stanch.store.desk.tables import shared_object as lies

LAST: Final = "last"
FIRST: Final = "first"
ALL: Final = "all"
DATES: Final = "dates"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a query is made of; its values are bound at each use.

    `audiences` and `types` are how many stretches are merged; `times` how many stretches of time
    the reader sees (None: always). With `ids` it is the objects that are looked up. With `cut` rows
    come without bytes where there would be more than `most` of them.
    """

    audiences: int
    types: int
    times: int | None
    versions: frozenset[str]
    ids: bool
    specs: bool
    bytes: bool
    cut: bool = False


@lru_cache(500)
def query_of(shape: Shape) -> Select[Any] | Any:
    """The rows of a page: added, id, version and bytes, `limit` of them, as they were added.

    Bound: collection, audiences, after, limit; ids, specs, dates; audience_N, type_N; since_N and
    until_N; most.
    """
    found = _rows(shape).limit(bindparam("limit"))
    return within(found, "bytes", "added") if shape.cut else found


def _rows(shape: Shape) -> Select[Any] | Any:
    # By their ids rows are found by the key of id and audience: `added` is to be none there, nor
    # the order that an index of all that an audience sees would bring.
    added: ColumnElement[Any] = lies.c.added.concat("") if shape.ids else lies.c.added
    where = [lies.c.collection == bindparam("collection"), added > bindparam("after")]
    if shape.specs:
        where.append(_among(lies.c.spec_version, "specs"))
    if shape.times is not None:
        where.append(_within(lies, shape.times))
    where.append(_versions(shape))
    if shape.ids:
        where += [_among(lies.c.id, "ids"), _among(lies.c.audience, "audiences")]
        if shape.types:
            where.append(_among(lies.c.type, "types"))
        return select(*_columns(shape)).where(*where).order_by(added)
    return _merged(shape, where).order_by("added")


def _merged(shape: Shape, where: list[ColumnElement[bool]]) -> Any:
    stretches = []
    for audience in range(shape.audiences):
        mine = lies.c.audience == bindparam(f"audience_{audience}")
        kinds = [[lies.c.type == bindparam(f"type_{kind}")] for kind in range(shape.types)]
        stretches += [select(*_columns(shape)).where(mine, *kind, *where) for kind in kinds or [[]]]
    return stretches[0] if len(stretches) == 1 else union_all(*stretches)


def _columns(shape: Shape) -> list[Any]:
    columns: list[Any] = [lies.c.added, lies.c.id, lies.c.version]
    return [*columns, lies.c.bytes] if shape.bytes else columns


def _versions(shape: Shape) -> ColumnElement[bool]:
    """The versions that are asked for, among those that the reader sees."""
    other = lies.alias("other")
    # As above: an object's other rows are found by its id.
    earlier = other.c.added.concat("") < lies.c.added
    before = and_(other.c.version == lies.c.version, earlier)
    told = not_(and_(lies.c.contested, _seen(other, shape, before)))
    parts = []
    if LAST in shape.versions:
        newer = _seen(other, shape, or_(other.c.version > lies.c.version, before))
        # Who sees a stretch of time may not see what came after it.
        state = OLDER if shape.times is None else DELETED
        parts.append(and_(lies.c.state < state, or_(lies.c.state == NEWEST, not_(newer))))
    if FIRST in shape.versions:
        older = _seen(other, shape, or_(other.c.version < lies.c.version, before))
        parts.append(not_(older))
    if ALL in shape.versions:
        parts.append(told)
    if DATES in shape.versions:
        parts.append(and_(_among(lies.c.version, "dates"), told))
    return and_(lies.c.state < DELETED, or_(*parts))


def _seen(other: Any, shape: Shape, which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the reader sees another row of the object."""
    where = [
        other.c.collection == bindparam("collection"),
        other.c.id == lies.c.id,
        other.c.state < DELETED,
        _among(other.c.audience, "audiences"),
        which,
    ]
    if shape.times is not None:
        where.append(_within(other, shape.times))
    return exists().where(*where).correlate(lies)


def _within(table: FromClause, times: int) -> ColumnElement[bool]:
    return or_(
        *(
            and_(
                table.c.added >= bindparam(f"since_{each}"),
                table.c.added < bindparam(f"until_{each}"),
            )
            for each in range(times)
        )
    )


def _among(column: Any, name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_(bindparam(name, expanding=True))
    return found
