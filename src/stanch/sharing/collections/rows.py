"""What lies in a collection as rows for people: whose each object is, and how it is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from stanch.sharing.collections.pages import Want, page
from stanch.sharing.collections.words import View
from stanch.store.desk.tables import shared_object

_SHOWN = ("id", "version", "type", "added", "owner", "marking")


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows as mappings, and whether there are more."""

    rows: Sequence[dict[str, Any]]
    more: bool


def listed(connection: Connection, view: View, want: Want) -> Listed:
    """The rows of a page that a reader sees: id, version, type, added, owner, marking."""
    found = page(connection, view, want)
    ids = {row[1] for row in found.rows}
    query = select(*(shared_object.c[name] for name in _SHOWN)).where(
        shared_object.c.collection == view.collection, shared_object.c.id.in_(ids)
    )
    by_added = {row["added"]: dict(row) for row in connection.execute(query).mappings()}
    return Listed([by_added[row[0]] for row in found.rows], found.more)
