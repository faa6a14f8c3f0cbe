"""What an order rests on, looked up: its case, the trace in it, the rows of files that lie there.

A draft may be unfinished. Nobody proposes an order whose basis its authority cannot open. A basis
may do without a trace and without files: a court's request alone needs neither.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, or_, select

from stanch.errors import RefusedError
from stanch.model.desk.orders import Evidence, Order
from stanch.store.desk.tables import case, case_item, file
from stanch.store.desk.visible import visible_to

Counts = Mapping[tuple[str, str, int], int | None]
"""Of a file (its hash), in a format, how many rows it has, counted up to the last that is named."""

NOT_COUNTED: Final[Counts] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Looking:
    """The people of the authority who look: whoever signs, and whoever hands the order in."""

    member: str
    people: tuple[str, ...]

    def sees(self, table: Table) -> ColumnElement[bool]:
        """The rows of `table` that one of them may see."""
        return or_(*(visible_to(table, self.member, each) for each in self.people))


def check_basis(
    connection: Connection, made: Order, looking: Looking, counts: Counts = NOT_COUNTED
) -> None:
    """Raise RefusedError, which names the first thing that the order rests on and is not there."""
    for each in missing(connection, made, looking, counts):
        raise RefusedError(each)


def counted(connection: Connection, made: Order) -> Counts:
    """How many rows the files have that an order rests on, in each format that is counted.

    To be asked before a transaction that writes: a file may have 25 MiB, and every other writer
    would wait. Files never change under their hash, so that what is counted before still holds.
    """
    found: dict[tuple[str, str, int], int | None] = {}
    for each in made.basis.evidence:
        content = connection.execute(_content(each)).scalar()
        if content is None:
            continue
        last, data = max(each.rows, default=0), bytes(content)
        for format, count in _COUNTS.items():
            found[each.sha256, format, last] = count(data, last)
    return found


def missing(
    connection: Connection, made: Order, looking: Looking, counts: Counts = NOT_COUNTED
) -> Iterator[str]:
    """What the order rests on and the authority cannot open, a line for each."""
    basis = made.basis
    known = select(case.c.id).where(case.c.id == basis.case, looking.sees(case))
    if connection.execute(known).first() is None:
        yield f"the order names {basis.case}, and {made.authority} may see no such case"
        return
    items = select(case_item.c.body).where(case_item.c.case == basis.case, looking.sees(case_item))
    items = items.order_by(case_item.c.created, case_item.c.id)
    nowhere = f"and none that {made.authority} may see is in {basis.case}"
    if basis.trace is not None:
        spelt = case_item.c.body.contains(basis.trace, autoescape=True)
        traces = connection.execute(items.where(case_item.c.kind == "trace", spelt)).scalars()
        if not any(json.loads(each)["manifest"] == basis.trace for each in traces):
            yield f"the order rests on the trace {basis.trace}, {nowhere}"
    for each in basis.evidence:
        kept = (case_item.c.kind == "file", case_item.c.file == each.sha256)
        body = connection.execute(items.where(*kept)).scalars().first()
        if body is None:
            yield f"the order rests on the file {each.file} (sha256 {each.sha256}), {nowhere}"
        else:
            yield from _beyond(connection, each, json.loads(body), counts)


def _beyond(
    connection: Connection, of: Evidence, body: Mapping[str, Any], counts: Counts
) -> Iterator[str]:
    """A line where a row is named that the file has not, as far as its format tells."""
    format = body["name"].rpartition(".")[2].lower()
    if format not in _COUNTS:
        return
    last = max(of.rows, default=0)
    known = (of.sha256, format, last)
    if known in counts:
        has = counts[known]
    else:
        has = _COUNTS[format](bytes(connection.execute(_content(of)).scalar_one()), last)
    if has is not None and has < last:
        yield f"the order rests on row {last} of {of.file}, which has {has} rows"


def _content(of: Evidence) -> Select[bytes]:
    return select(file.c.content).where(file.c.sha256 == of.sha256)


def _records(data: bytes, most: int) -> int | None:
    """How many rows of CSV there are, headings too, counted up to `most`; None: it is no CSV."""
    lines = io.StringIO(data.decode("utf-8", "replace"), newline="")
    try:
        return sum(1 for _ in islice(csv.reader(lines), most))
    except csv.Error:
        return None


def _lines(data: bytes, most: int) -> int:
    return sum(1 for _ in islice(io.BytesIO(data), most))


_COUNTS: Final[Mapping[str, Callable[[bytes, int], int | None]]] = {
    "csv": _records, "jsonl": _lines, "ndjson": _lines,
}  # fmt: skip
