"""Pages of a collection as one reader sees it, in the order in which objects were added."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection

from stanch.formats.taxii.filters import EVERYTHING, Filters
from stanch.sharing.collections.query import ALL, DATES, FIRST, LAST, Shape, query_of
from stanch.sharing.collections.words import View
from stanch.store.desk.many import RAW

MOST_BYTES: Final = 16 << 20  # of one page; one object always fits
_AT_ONCE: Final = 100  # rows that are fetched before anybody asks how large they are
_STRETCHES: Final = 64  # that one query merges
_EVER: Final = "9999-12-31T23:59:59.999999Z"  # a sign would sort elsewhere by some collations
_WORDS: Final = frozenset({LAST, FIRST, ALL})

Row = Sequence[Any]  # added, id, version, and bytes where they are asked for


@dataclass(frozen=True, slots=True)
class Want:
    """What of a collection is to be read: filters, the place behind which (`added` of the last row
    of the page before, empty at the beginning), and whether the rows bring their bytes.
    """

    filters: Filters = EVERYTHING
    place: str = ""
    bytes: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a page (added, id, version, bytes), and whether there are more."""

    rows: Sequence[Row]
    more: bool


def page(connection: Connection, view: View, want: Want) -> Found:
    """The objects that a reader sees, as many as one page holds."""
    if not view.audiences or view.times == ():
        return Found((), False)
    types = len(want.filters.types)
    size = max(1, _STRETCHES // max(1, types))
    if want.filters.ids:
        size = len(view.audiences)
    parts = [
        _rows(connection, view, want, view.audiences[at : at + size])
        for at in range(0, len(view.audiences), size)
    ]
    rows = parts[0] if len(parts) == 1 else merge(*parts, key=itemgetter(0))
    return _cut(rows, want)


def _cut(rows: Iterable[Row], want: Want) -> Found:
    found: list[Row] = []
    size = 0
    for row in rows:
        if want.bytes:
            size += MOST_BYTES if row[3] is None else len(row[3])
        if len(found) == want.filters.limit or (found and size > MOST_BYTES):
            return Found(found, True)
        found.append(row)
    return Found(found, False)


def _rows(
    connection: Connection, view: View, want: Want, audiences: tuple[int, ...]
) -> Iterator[Row]:
    asked = want.filters
    shape = Shape(
        audiences=0 if asked.ids else len(audiences),
        types=len(asked.types) if not asked.ids else bool(asked.types),
        times=None if view.times is None else len(view.times),
        versions=_versions(asked),
        ids=bool(asked.ids),
        specs=bool(asked.spec_versions),
        bytes=want.bytes,
        cut=want.bytes and connection.dialect.name == "postgresql",
    )
    bound = _bound(view, want, audiences)
    if shape.cut:  # a cursor of the server's would be asked for each part of a page
        return iter(connection.execute(query_of(shape), bound, execution_options=RAW).all())
    if not want.bytes or asked.limit <= _AT_ONCE:
        return iter(connection.execute(query_of(shape), bound).all())
    options = {"yield_per": _AT_ONCE}
    return iter(connection.execute(query_of(shape), bound, execution_options=options))


def _versions(asked: Filters) -> frozenset[str]:
    if ALL in asked.versions:
        return frozenset({ALL})
    words = _WORDS & {*asked.versions}
    return frozenset({*words, *([DATES] if len(words) < len(asked.versions) else [])} or {LAST})


def _bound(view: View, want: Want, audiences: tuple[int, ...]) -> dict[str, Any]:
    """Values for all names that a query may have; it takes those that it has."""
    asked = want.filters
    bound: dict[str, Any] = {
        "collection": view.collection,
        "audiences": view.audiences,
        "after": max(asked.after, want.place),
        "limit": asked.limit + 1,
        "most": MOST_BYTES,
    }
    if asked.ids:
        bound |= {"ids": asked.ids, "types": asked.types}
    else:
        bound |= {f"audience_{n}": each for n, each in enumerate(audiences)}
        bound |= {f"type_{n}": each for n, each in enumerate(asked.types)}
    if asked.spec_versions:
        bound["specs"] = asked.spec_versions
    if dates := [each for each in asked.versions if each not in _WORDS]:
        bound["dates"] = dates
    for n, (since, until) in enumerate(view.times or ()):
        bound |= {f"since_{n}": since, f"until_{n}": until or _EVER}
    return bound
