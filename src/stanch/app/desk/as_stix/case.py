"""A case as an `incident` with what lies in it, as far as each thing may go."""

from sqlalchemy import select

from stanch.app.desk.as_stix.item import item_objects
from stanch.app.desk.as_stix.made import (
    Looking,
    Made,
    Row,
    handling_of,
    in_red,
    readers_of,
    said_at,
    unlisted,
)
from stanch.cases import cases, items
from stanch.formats.stix.handling import Handling, strictest
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, first_hand, make
from stanch.model.desk.marking import Marking
from stanch.store.desk.tables import case, case_item
from stanch.store.desk.visible import visible


def case_made(looking: Looking, id: str) -> Made:
    """The case, and each item of it that is not TLP:RED. Raises NotFoundError, RefusedError."""
    row = cases.one(looking.connection, looking.caller, id)
    main = case_object(looking, row)
    made = [main]
    query = select(case_item).where(case_item.c.case == id, case_item.c.marking != Marking.RED)
    query = query.where(visible(case_item, looking.caller))
    ordered = query.order_by(case_item.c.created, case_item.c.id)
    handlings = item_handlings(looking, main.handling, id)
    for each in looking.connection.execute(ordered).mappings():
        made += item_objects(looking, each, handlings[each["id"]], main)
    return Made(row["owner"], row["title"], main.handling, tuple(made))


def item_made(looking: Looking, id: str) -> Made:
    """One thing in a case, tied to it. Raises NotFoundError, RefusedError."""
    row = items.read(looking.connection, looking.caller, id)
    if row["marking"] == Marking.RED:
        raise in_red(id)
    main = case_object(looking, cases.one(looking.connection, looking.caller, row["case"]))
    handling = item_handlings(looking, main.handling, row["case"])[id]
    made = item_objects(looking, row, handling, main)
    title = f"{row['kind']} in {main.data['name']}"
    return Made(row["owner"], title, handling, tuple(made))


def case_object(looking: Looking, row: Row) -> Item:
    """The case itself: its title, when it was reported, whether it is open."""
    query = select(case.c.id).where(case.c.id == row["id"])
    handling = handling_of(looking, query, row, lambda caller: visible(case, caller))
    said = {
        **said_at(row),
        "name": row["title"],
        "description": f"A case at a desk, {row['state']}. Reported at {row['reported']}.",
        "labels": ["case"],
        "external_references": [{"source_name": "stanch-case", "external_id": row["id"]}],
    }
    return make(named("incident", "case", row["id"]), said, first_hand(unlisted(handling)))


def item_handlings(looking: Looking, of_case: Handling, id: str) -> dict[str, Handling]:
    """How each item of a case is handled: by its own marking and list, and by the case's."""
    query = select(case_item.c.id).where(case_item.c.case == id)
    seen = readers_of(looking, query, items.seen)
    marks = select(case_item.c.id, case_item.c.marking).where(case_item.c.case == id)
    return {
        row.id: strictest(
            (of_case, unlisted(Handling(Marking(row.marking), readers=seen.get(row.id))))
        )
        for row in looking.connection.execute(marks)
        if row.marking != Marking.RED and row.id in seen
    }
