"""The log as stored, in runs of entries: what is needed to check it in bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from stanch.model.desk.log_row import Row
from stanch.store.desk.log import ROW
from stanch.store.desk.tables import log, log_head, log_node, tree_head

RUN: Final = 2000  # entries that are in memory at once


@dataclass(frozen=True, slots=True)
class Run:
    """Entries `first` to `last` as they are stored; what is not stored is not in the mappings.

    `nodes` are the whole subtrees that one of these entries completes; `heads` those of a log that
    ends with one of these entries.
    """

    first: int
    last: int
    rows: dict[int, tuple[Row, object]]
    nodes: dict[tuple[int, int], object]
    heads: dict[int, str]


def runs(connection: Connection, size: int) -> Iterator[Run]:
    """The first `size` entries in runs. A hole of more than a run comes as one run without rows."""
    first = 1
    while first <= size:
        last = min(first + RUN - 1, size)
        rows = _rows(connection, first, last)
        if not rows:
            last = _hole(connection, first, size)
            yield Run(first, last, {}, {}, {})
        else:
            nodes = _nodes(connection, first, last)
            yield Run(first, last, rows, nodes, _heads(connection, first, last))
        first = last + 1


def _rows(connection: Connection, first: int, last: int) -> dict[int, tuple[Row, object]]:
    query = select(*ROW, _raw(log.c.leaf)).where(log.c.n.between(first, last))
    return {found[0]: (Row(*found[:7]), found[7]) for found in connection.execute(query)}


def _hole(connection: Connection, first: int, size: int) -> int:
    query = select(func.min(log.c.n)).where(log.c.n.between(first, size))
    following = connection.execute(query).scalar()
    return size if following is None else int(following) - 1


def _nodes(connection: Connection, first: int, last: int) -> dict[tuple[int, int], object]:
    # A node is completed by its last entry, so at each level the places are a range.
    levels = [
        and_(
            log_node.c.level == level,
            log_node.c.place.between((first - 1) >> level, (last >> level) - 1),
        )
        for level in range(last.bit_length())
    ]
    columns = (log_node.c.level, log_node.c.place, _raw(log_node.c.hash))
    found = connection.execute(select(*columns).where(or_(*levels)))
    return {(level, place): node for level, place, node in found}


def _heads(connection: Connection, first: int, last: int) -> dict[int, str]:
    query = select(tree_head.c.size, tree_head.c.jws).where(tree_head.c.size.between(first, last))
    return {found[0]: found[1] for found in connection.execute(query)}


def beside(connection: Connection) -> tuple[list[int], list[int], list[int]]:
    """What is not the log's: the first row and the first head before or behind its entries, and
    the levels with nodes that its entries do not have.

    Each comes by one statement, size included: another transaction may append meanwhile.
    """
    size = select(func.coalesce(func.max(log_head.c.size), 0)).scalar_subquery()
    rows = select(log.c.n).where(or_(log.c.n < 1, log.c.n > size)).order_by(log.c.n).limit(1)
    wrong = or_(tree_head.c.size < 1, tree_head.c.size > size)
    heads = select(tree_head.c.size).where(wrong).order_by(tree_head.c.size).limit(1)
    least = func.min(log_node.c.place)
    nodes = select(log_node.c.level, func.count(), least, size).group_by(log_node.c.level)
    levels = [
        level
        for level, many, first, total in connection.execute(nodes)
        if level < 0 or first < 0 or many > total >> min(level, 64)
    ]
    return _all(connection, rows), _all(connection, heads), sorted(levels)


def _all(connection: Connection, query: Select[int]) -> list[int]:
    return list(connection.execute(query).scalars())


def _raw(column: Column[bytes]) -> ColumnElement[Any]:
    """As the driver gives it: in a tampered SQLite file a hash may be any kind of value."""
    return type_coerce(column, NullType())
