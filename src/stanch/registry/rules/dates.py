"""Dates: in the order in which things happen, and none that is still to come."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations

from stanch.formats.registry.reading import Fault
from stanch.formats.registry.schema import TABLES
from stanch.model.registry.moment import Moment
from stanch.registry.files import Rows

_STEPS = ("happened", "noticed", "disclosed")


def in_order(rows: Rows) -> Iterator[Fault]:
    """Nobody notices what has not happened, or discloses what nobody noticed."""
    for line in rows["incidents"]:
        said = [(name, line[name]) for name in _STEPS if line[name] is not None]
        for (before, first), (after, second) in combinations(said, 2):
            if second.last < first.first:
                reason = f"{after}: {second.text} is before {before}: {first.text}"
                yield line.fault("date-order", reason)


def not_ahead(rows: Rows) -> Iterator[Fault]:
    """Nothing in a registry has still to happen."""
    today = datetime.now(UTC).date()
    for table in TABLES:
        for line in rows[table.name]:
            for name, value in line.values.items():
                if isinstance(value, Moment) and value.first > today:
                    yield line.fault("date-ahead", f"{name}: {value.text} is still to come")


def read_after(rows: Rows) -> Iterator[Fault]:
    """A document tells of what had happened, or been published, before it was."""
    published = {line["id"]: line["date"] for line in rows["sources"]}
    happened = {line["id"]: line["happened"] for line in rows["incidents"]}
    told = [
        *((line, line["happened"]) for line in rows["incidents"]),
        *((line, line["made"]) for line in rows["claims"]),
        *((line, line["first"]) for line in rows["slices"]),
        *((line, line["date"]) for line in rows["statements"]),
        *(
            (line, happened.get(line["incident"]))
            for table in ("amounts", "seeds", "payments")
            for line in rows[table]
        ),
    ]
    for line, when in told:
        source = published.get(line["source"])
        if source is not None and when is not None and source.last < when.first:
            reason = f"source: {line['source']} of {source.text} is older than what it tells"
            yield line.fault("source-older", reason)


def said_after(rows: Rows) -> Iterator[Fault]:
    """Nobody says who did it, and no ransom is paid, before it happened."""
    happened = {line["id"]: line["happened"] for line in rows["incidents"]}
    for table, column in (("statements", "date"), ("payments", "time")):
        for line in rows[table]:
            first = happened.get(line["incident"])
            if first is not None and line[column].last < first.first:
                reason = f"{column}: {line[column].text} is before it happened: {first.text}"
                yield line.fault("date-order", reason)
