"""Ids: each is given once, each that is named is there, and none leads back to itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from stanch.formats.registry.reading import Fault
from stanch.formats.registry.schema import TABLES
from stanch.registry.files import Rows

_LINKS = (("actors", "part_of"), ("claims", "superseded_by"))


def unique(rows: Rows) -> Iterator[Fault]:
    """An id is given once in its file."""
    for table in TABLES:
        seen: dict[str, int] = {}
        for line in rows[table.name] if table.keyed else ():
            if (first := seen.setdefault(line["id"], line.line)) != line.line:
                yield line.fault("id-twice", f"id: {line['id']} is line {first} already")


def known(rows: Rows) -> Iterator[Fault]:
    """What a row names is in its table, as far as that can be read."""
    for table in TABLES:
        columns = [
            column for column in table.columns if column.refers and column.refers not in rows.unread
        ]
        for line in rows[table.name]:
            for column in columns:
                for value in _each(line[column.name]):
                    if value not in rows.ids.get(column.refers, ()):
                        reason = f"{column.name}: {column.refers}.csv has no {value}"
                        yield line.fault("id-unknown", reason)


def no_circle(rows: Rows) -> Iterator[Fault]:
    """No actor is a part of itself, and no claim takes its own place."""
    for table, column in _LINKS:
        round = _in_circles({line["id"]: line[column] for line in rows[table]})
        for line in rows[table]:
            if line["id"] in round:
                yield line.fault("circle", f"{column}: leads back to {line['id']}")


def _in_circles(above: Mapping[str, str | None]) -> set[str]:
    """The ids that lead back to themselves; each is walked over once."""
    done, found = set[str](), set[str]()
    for start in above:
        path: dict[str, None] = {}
        at: str | None = start
        while at and at not in done and at not in path:
            path[at] = None
            at = above.get(at)
        if at in path:
            way = list(path)
            found.update(way[way.index(at) :])
        done.update(path)
    return found


def _each(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
