"""An order with what was signed about it, what addressees answered, and where money was seen.

It goes to governments alone: an addressee has it by its feed, and sees no other's answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from stanch.app.desk.as_stix.made import Looking, Made, callers, handling_of, organisation
from stanch.errors import RefusedError
from stanch.formats.stix.item import Item, made_of
from stanch.formats.stix.order import Answered, order_items
from stanch.formats.stix.sighting import Seen, sighting_items
from stanch.formats.stix.times import of_text
from stanch.model.desk.orders import Answer
from stanch.model.desk.people import MemberKind
from stanch.model.desk.states import OrderState
from stanch.response import replies
from stanch.response.history import texts
from stanch.response.orders import order_of
from stanch.response.seen import found_by_government, seen
from stanch.store.desk.tables import order, statement

_SAW: Final = (Answer.HELD, Answer.GONE)


def order_made(looking: Looking, id: str) -> Made:
    """An order that was signed. Raises NotFoundError, RefusedError for a draft and TLP:RED."""
    connection, caller = looking.connection, looking.caller
    row = found_by_government(connection, caller, id)
    if row.state == OrderState.DRAFT:
        raise RefusedError(f"{id} is a draft, which may change: have it signed first")
    query = select(order.c.id).where(order.c.id == id)
    handling = handling_of(looking, query, row._mapping, seen)
    governments = {
        each.member.id for each in callers(connection) if each.member.kind == MemberKind.GOVERNMENT
    }
    handling = replace(handling, readers=(handling.readers or frozenset()) & governments)
    came = select(statement.c.created).where(statement.c.order == id)
    at = max(connection.execute(came).scalars(), default="")
    said = [each for each in replies.listed(connection, caller, id) if each["counts"]]
    made = order_items(
        order_of(row), texts(connection, id), [_answered(each) for each in said],
        within=handling, at=at,
    )  # fmt: skip
    items = (*made, *_sightings(looking, made[0], said))
    return Made(row.owner, f"Block order {id}: {row.kind}", handling, items)


def _answered(row: Mapping[str, Any]) -> Answered:
    """Without the reference of the customer's account, which is between the two."""
    return Answered(
        row["member"], row["created"], Answer(row["answer"]), row["account"] or "",
        row["asset"] or "", int(row["amount"]) if row["amount"] else None, row["gone_to"] or "",
        row["reason"] or "", row["transaction"] or "",
    )  # fmt: skip


def _sightings(looking: Looking, main: Item, rows: Iterable[Mapping[str, Any]]) -> Iterator[Item]:
    for row in rows:
        if row["account"] and row["answer"] in _SAW:
            at = of_text(row["created"])
            what = f"Answered to a block order: {row['answer'].replace('_', ' ')}."
            by = organisation(looking.connection, row["member"])
            seen_there = Seen(row["account"], at, at, what=what)
            yield from sighting_items(seen_there, made_of(main), by, at)
