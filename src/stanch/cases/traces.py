"""A trace in a case: the hash of its manifest, and the accounts that the money went through.

A later trace of the same case takes the place of an earlier one: what is merely tainted changes
with every run, and only the latest is answered for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Select, func, insert, select

from stanch.cases.items import NewItem, account_of, add
from stanch.errors import UsageError
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import case_item, exposure, release
from stanch.store.desk.transaction import Transaction

MOST: Final = 2_000_000  # accounts of one trace
_BATCH: Final = 5_000
_LONGEST: Final = 300  # characters of an incident or an asset: CAIP-19 has no longer ones


@dataclass(frozen=True, slots=True)
class Passed:
    """An account of a trace: how many hops from the theft, and what passed in smallest units."""

    incident: str
    account: str
    asset: str
    hop: int
    amount: int


def attach(tx: Transaction, caller: Caller, new: NewItem, passed: Iterable[Passed]) -> str:
    """Put a trace into a case; returns the item's id. Raises as `items.add`, and UsageError for a
    row that is none: nothing of the trace is kept then.
    """
    id = add(tx, caller, new)
    tx.record(caller, "trace.attached", id, {"case": new.case})
    rows = (_row(id, place, one) for place, one in enumerate(passed, 1))
    while batch := list(islice(rows, _BATCH)):
        tx.connection.execute(insert(exposure), batch)
    return id


def latest(connection: Connection) -> Iterator[Mapping[Any, Any]]:
    """The accounts of the latest trace of each case and owner, with the item's marking and
    `released`, the members on its list.
    """
    listed: dict[str, list[str]] = {}
    query = select(release.c.row, release.c.to).where(release.c.kind == case_item.name)
    for item, to in connection.execute(query):
        listed.setdefault(item, []).append(to)
    rows = (
        select(exposure, case_item.c.owner, case_item.c.marking)
        .join(case_item, exposure.c.item == case_item.c.id)
        .where(case_item.c.id.in_(_newest()))
        .execution_options(yield_per=10_000)
    )
    for row in connection.execute(rows).mappings():
        yield {**row, "released": listed.get(row["item"], [])}


def _newest() -> Select[Any]:
    """Ids of traces after which none was attached to the same case by the same member."""
    place = func.row_number().over(
        partition_by=(case_item.c.case, case_item.c.owner),
        order_by=(case_item.c.created.desc(), case_item.c.id.desc()),
    )
    ranked = (
        select(case_item.c.id, place.label("place")).where(case_item.c.kind == "trace").subquery()
    )
    return select(ranked.c.id).where(ranked.c.place == 1)


def _row(item: str, place: int, one: Passed) -> dict[str, Any]:
    if place > MOST:
        raise UsageError(f"trace: more than {MOST:,} accounts")
    if one.hop < 0 or one.amount < 0:
        raise UsageError(f"trace: row {place}: hop and amount count from 0")
    for name, text in (("incident", one.incident), ("asset", one.asset)):
        if not 0 < len(text) <= _LONGEST or not text.isprintable():
            raise UsageError(f"trace: row {place}: {name}: is empty, long or cannot be shown")
    return {
        "item": item,
        "place": place,
        "incident": one.incident,
        "account": account_of(one.account),
        "asset": one.asset,
        "hop": one.hop,
        "amount": str(one.amount),
    }
