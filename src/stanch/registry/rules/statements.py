"""Statements: each body's word on an incident stands once."""

from collections.abc import Iterator

from stanch.formats.registry.reading import Fault
from stanch.registry.files import Rows


def once(rows: Rows) -> Iterator[Fault]:
    """A body says the same of an incident once; a change of mind has a date of its own."""
    seen: dict[tuple[str, ...], int] = {}
    for line in rows["statements"]:
        key = (line["incident"], line["body"], line["stance"], line["actor"] or "",
               line["date"].text)  # fmt: skip
        if (first := seen.setdefault(key, line.line)) != line.line:
            yield line.fault("statement-twice", f"is said in line {first} already")
