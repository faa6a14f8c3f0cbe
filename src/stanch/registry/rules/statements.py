"""Statements: each body's word on an incident stands once, and can be read."""

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


def sourced_in_time(rows: Rows) -> Iterator[Fault]:
    """A document tells of what was said before it was published."""
    published = {line["id"]: line["date"] for line in rows["sources"]}
    for line in rows["statements"]:
        source = published.get(line["source"])
        if source is not None and source.last < line["date"].first:
            reason = f"source: {line['source']} of {source.text} is older than what it tells"
            yield line.fault("source-older", reason)
