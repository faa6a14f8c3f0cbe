"""One way to page, filter and sort everything that is listed.

A page is asked for with `limit` (1 to 500), `sort` (a column, `-` before it for downwards) and
`after` (the cursor that the page before gave); filters are equalities of named columns. The cursor
says where the last row stood, so that rows added meanwhile move nothing.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, or_

from stanch.errors import UsageError

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller asks of a list."""

    limit: int = 50
    sort: str = "-created"
    after: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as mappings, and the cursor of the next page, None where this is the last."""

    rows: Sequence[Mapping[str, Any]]
    next: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What of a table can be listed: rows that are sorted and filtered by these columns alone."""

    table: Table
    sorts: tuple[str, ...]
    filters: tuple[str, ...]
    id: str = "id"


def page(connection: Connection, query: Select[Any], listing: Listing, asked: Asked) -> Page:
    """One page of `query`, which selects from `listing.table` and holds what may be seen.

    Raises UsageError for a column that cannot be sorted or filtered by, a limit out of bounds, or a
    cursor of another list.
    """
    column, downwards = _sorting(listing, asked)
    identity = listing.table.c[listing.id]
    if not 1 <= asked.limit <= MOST:
        raise UsageError(f"limit {asked.limit}: from 1 to {MOST}")
    for name, value in asked.filters.items():
        if name not in listing.filters:
            raise UsageError(f"no filter {name}; filters: {', '.join(listing.filters)}")
        if not _storable(value):
            raise UsageError(f"filter {name}: holds a character that no row can hold")
        query = query.where(listing.table.c[name] == value)
    if asked.after is not None:
        query = query.where(_beyond(column, identity, downwards, _read(asked.after, asked.sort)))
    turned = (column.desc(), identity.desc()) if downwards else (column, identity)
    found = connection.execute(query.order_by(*turned).limit(asked.limit + 1)).mappings().all()
    rows = found[: asked.limit]
    more = len(found) > asked.limit
    cursor = _write(asked.sort, rows[-1][column.name], rows[-1][listing.id]) if more else None
    return Page([dict(row) for row in rows], cursor)


def _sorting(listing: Listing, asked: Asked) -> tuple[ColumnElement[Any], bool]:
    name = asked.sort.removeprefix("-")
    if name not in listing.sorts:
        raise UsageError(f"cannot sort by {name}; sort by: {', '.join(listing.sorts)}")
    return listing.table.c[name], asked.sort.startswith("-")


def _beyond(
    column: ColumnElement[Any], identity: ColumnElement[Any], downwards: bool, last: Sequence[str]
) -> ColumnElement[bool]:
    value, row = last
    if downwards:
        return or_(column < value, and_(column == value, identity < row))
    return or_(column > value, and_(column == value, identity > row))


def _write(sort: str, value: str, row: str) -> str:
    text = json.dumps([sort, value, row], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, sort: str) -> tuple[str, str]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        of, value, row = json.loads(text)
        if of != sort or not (_storable(value) and _storable(row)):
            raise ValueError
    except (ValueError, TypeError, RecursionError):
        raise UsageError("after: no cursor of this list in this order") from None
    return value, row


def _storable(value: object) -> bool:
    """Whether every engine takes it as a text: PostgreSQL has an error of its own for a NUL."""
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
