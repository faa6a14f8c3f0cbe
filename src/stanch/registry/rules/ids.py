"""Ids: each is given once, each that is named is there, and none leads back to itself."""

from collections.abc import Iterator
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
    """What a row names is in its table."""
    for table in TABLES:
        columns = [column for column in table.columns if column.refers]
        for line in rows[table.name]:
            for column in columns:
                for value in _each(line[column.name]):
                    if value not in rows.ids.get(column.refers, ()):
                        reason = f"{column.name}: {column.refers}.csv has no {value}"
                        yield line.fault("id-unknown", reason)


def no_circle(rows: Rows) -> Iterator[Fault]:
    """No actor is a part of itself, and no claim takes its own place."""
    for table, column in _LINKS:
        above = {line["id"]: line[column] for line in rows[table]}
        for line in rows[table]:
            at, seen = line[column], set[str]()
            while at and at not in seen and at != line["id"]:
                seen.add(at)
                at = above.get(at)
            if at == line["id"]:
                yield line.fault("circle", f"{column}: leads back to {line['id']}")


def _each(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)
