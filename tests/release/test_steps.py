"""What the database does for a reader does not grow with what is hidden from it.

Not by a clock, which a busy machine moves: by the steps of SQLite's machine, one by one, and by the
rows that PostgreSQL's plan says it went through.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from stanch.errors import NotFoundError
from stanch.formats.taxii.filters import EVERYTHING, Filters
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import access, objects, pages
from stanch.sharing.collections.access import Reader
from stanch.sharing.collections.objects import Batch
from stanch.sharing.collections.pages import Want
from stanch.sharing.collections.words import View
from tests.desk_world import COIN, EAST, JP, KR, NORTH, SOUTH, US, World
from tests.sharing.collections.shelf import Shelf, offer
from tests.taxii.objects import id_of

HIDDEN = 1500
LIMIT = replace(EVERYTHING, limit=5)
ASKED: dict[str, Filters] = {
    "page": LIMIT,
    "type": replace(LIMIT, types=("indicator",)),
    "all": replace(LIMIT, versions=("all",)),
    "first": replace(LIMIT, versions=("first",)),
    "after": replace(LIMIT, after="2026-11-26T12:00:00.000001Z"),
    "visible": replace(LIMIT, ids=(id_of(1),)),
    "hidden": replace(LIMIT, ids=(id_of(900),)),
    "never": replace(LIMIT, ids=(id_of(10**6),)),
}


@pytest.fixture
def shelf(everybody: World) -> Shelf:
    """Ten objects for all who read, one for Japan alone, and one hidden from all but Korea."""
    made = Shelf(everybody)
    for member in (US, JP):
        made.let(member, writes=True)
    made.put(*(offer(number) for number in range(10)))
    made.put(offer(20, KR, Marking.AMBER, (JP,)))
    return made


def hide(shelf: Shelf, lists: list[tuple[str, ...]], first: int = 100) -> None:
    """Objects that the United States do not see, in turn for each of these lists."""
    offers = [
        offer(first + number, KR, Marking.AMBER, lists[number % len(lists)])
        for number in range(HIDDEN)
    ]
    with shelf.world.database.write() as tx:
        objects.put(tx, None, Batch(shelf.id, offers, View(shelf.id, ())))


@contextmanager
def counted(connection: Connection) -> Iterator[list[int]]:
    """How many steps SQLite's machine makes; how many rows PostgreSQL's plans go through."""
    steps = [0]
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection

        def step() -> int:
            steps[0] += 1
            return 0

        raw.set_progress_handler(step, 1)
        try:
            yield steps
        finally:
            raw.set_progress_handler(None, 1)
        return
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, said: str, bound: Any, *___: Any) -> None:
        statements.append((said, bound))

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield steps
    finally:
        event.remove(connection, "before_cursor_execute", note)
        connection.execute(text("set local enable_seqscan = off"))  # as it is with many rows
        for said, bound in statements:
            plan = connection.exec_driver_sql(
                f"explain (analyze, timing off, format json) {said}", bound
            ).scalar_one()
            steps[0] += rows_of(plan if isinstance(plan, list) else json.loads(plan))


def rows_of(plan: list[dict[str, Any]]) -> int:
    """Rows that each node gave and threw away, as often as it ran."""

    def within(node: dict[str, Any]) -> int:
        loops = node.get("Actual Loops", 1)
        gone = sum(node.get(name, 0) for name in node if name.startswith("Rows Removed"))
        own = (node.get("Actual Rows", 0) + gone) * loops
        return int(own) + sum(within(each) for each in node.get("Plans", ()))

    return sum(within(each["Plan"]) for each in plan)


def steps_of(shelf: Shelf, member: str) -> dict[str, int]:
    """For each question, how much the database does; and that it answers the same."""
    found: dict[str, int] = {}
    for name, said in ASKED.items():
        with shelf.world.database.read() as connection, counted(connection) as steps:
            reader = Reader(member, shelf.world.database.now())
            view = access.one(connection, reader, shelf.id).view
            rows = pages.page(connection, view, Want(said)).rows
        found[name] = steps[0]
        assert (not rows) == (name in ("hidden", "never"))
    return found


def same(shelf: Shelf, before: dict[str, int], after: dict[str, int]) -> None:
    """Step by step where SQLite counts; PostgreSQL chooses its plan anew as tables grow, and may
    go through rows of what the reader sees once more or less: some tens, not a thousand or more.
    """
    if shelf.world.database.writer.dialect.name == "sqlite":
        assert after == before
    for name, steps in after.items():
        assert abs(steps - before[name]) < 250, name


def test_hidden_rows_cost_a_reader_nothing(shelf: Shelf) -> None:
    before = steps_of(shelf, US)
    hide(shelf, [(JP,)])
    analysed(shelf)
    after = steps_of(shelf, US)
    same(shelf, before, after)
    same(shelf, {"by id": after["never"]}, {"by id": after["hidden"]})
    assert min(before.values()) > 0


def test_hidden_lists_cost_a_reader_nothing(shelf: Shelf) -> None:
    """Of as many sets of readers as there can be, a reader is asked about its own alone."""
    before = steps_of(shelf, US)
    others = (JP, NORTH, SOUTH, EAST, COIN)
    lists = [
        tuple(each for place, each in enumerate(others) if number >> place & 1)
        for number in range(1, 2 ** len(others))
    ]
    hide(shelf, lists)
    analysed(shelf)
    same(shelf, before, steps_of(shelf, US))


def test_hidden_versions_of_an_object_that_is_seen_cost_nothing(shelf: Shelf) -> None:
    """A thousand later versions of what everybody sees, each for Japan alone."""

    def later(first: int, last: int) -> dict[str, int]:
        offers = [
            offer(1, KR, Marking.AMBER, (JP,), modified=f"2027-01-01T00:00:00.{number:03}Z")
            for number in range(first, last)
        ]
        with shelf.world.database.write() as tx:
            objects.put(tx, None, Batch(shelf.id, offers, View(shelf.id, ())))
        analysed(shelf)
        return steps_of(shelf, US)

    same(shelf, later(1, 2), later(2, 1000))


def test_hidden_collections_cost_a_reader_nothing(shelf: Shelf) -> None:
    def looks(look: Callable[[Connection, Reader], Any]) -> int:
        with shelf.world.database.read() as connection, counted(connection) as steps:
            look(connection, Reader(US, shelf.world.database.now()))
        return steps[0]

    def one(connection: Connection, reader: Reader) -> None:
        with pytest.raises(NotFoundError):
            access.one(connection, reader, "never")

    Shelf(shelf.world)  # others there are anyway: how many tells nothing
    analysed(shelf)
    before = looks(access.all_of), looks(one)
    for _ in range(60):
        Shelf(shelf.world)
    # A step more where an id, drawn by chance, is not the last in a tree any more; not sixty.
    analysed(shelf)
    for steps, known in zip((looks(access.all_of), looks(one)), before, strict=True):
        assert steps - known < 20


def analysed(shelf: Shelf) -> None:
    """So that PostgreSQL plans by what is there now."""
    with shelf.world.database.writer.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("analyze"))
            connection.commit()


def test_a_post_costs_what_it_brings_however_much_lies_there(shelf: Shelf) -> None:
    """Also before PostgreSQL has counted its tables."""

    def looked_up() -> int:
        with shelf.world.database.write() as tx, counted(tx.connection) as steps:
            objects.lying(tx, shelf.id, {id_of(number) for number in range(5000, 5300)})
        return steps[0]

    before = looked_up()
    hide(shelf, [(JP,)])
    after = looked_up()
    assert abs(after - before) < 250
