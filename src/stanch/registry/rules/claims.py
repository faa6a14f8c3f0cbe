"""Claims: figures of periods that can be, each once, made of incidents that can be in them."""

from collections.abc import Iterator

from stanch.formats.registry.reading import Fault
from stanch.registry.files import Rows


def whole_periods(rows: Rows) -> Iterator[Fault]:
    """A period does not end before it begins, nor after the claim was made."""
    made = {line["id"]: line["made"] for line in rows["claims"]}
    for line in rows["slices"]:
        if line["last"].last < line["first"].first:
            reason = f"last: {line['last'].text} is before first: {line['first'].text}"
            yield line.fault("date-order", reason)
        published = made.get(line["claim"])
        if published is not None and line["first"].first > published.last:
            reason = f"first: {line['first'].text} is after the claim was made: {published.text}"
            yield line.fault("date-order", reason)


def later_follows(rows: Rows) -> Iterator[Fault]:
    """What takes a claim's place was made after it."""
    made = {line["id"]: line["made"] for line in rows["claims"]}
    for line in rows["claims"]:
        later = made.get(line["superseded_by"])
        if later is not None and later.last < line["made"].first:
            reason = f"superseded_by: {line['superseded_by']} was made before: {later.text}"
            yield line.fault("date-order", reason)


def slices_once(rows: Rows) -> Iterator[Fault]:
    """A claim has each of its figures once."""
    seen: dict[tuple[str, str], int] = {}
    for line in rows["slices"]:
        key = (line["claim"], line["slice"])
        if (first := seen.setdefault(key, line.line)) != line.line:
            yield line.fault("slice-twice", f"slice: {line['slice']} is line {first} already")


def names_counted(rows: Rows) -> Iterator[Fault]:
    """A figure is not said to be made of more incidents than it says it counts."""
    for line in rows["slices"]:
        names = len(line["names"] or ())
        if line["count"] is not None and names > line["count"]:
            yield line.fault("slice-count", f"count: is {line['count']}, and {names} are named")


def names_in_period(rows: Rows) -> Iterator[Fault]:
    """What a figure is said to be made of happened in its period."""
    happened = {line["id"]: line["happened"] for line in rows["incidents"]}
    for line in rows["slices"]:
        first, last = line["first"].first, line["last"].last
        for name in line["names"] or ():
            when = happened.get(name)
            if when is not None and not (when.first <= last and first <= when.last):
                yield line.fault("name-period", f"names: {name} happened {when.text}")
