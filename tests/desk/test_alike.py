"""What a caller may not see costs the database nothing: as much work as for what is not there.

Work is counted and not timed: every step of SQLite's machine, and the statements that either engine
is given. A desk holds one thing of each kind that is closed to the caller; then many of each.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import event

from stanch.cases import cases, deconfliction, files, hops, intake, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.cases.personas import queue, results
from stanch.errors import NotFoundError
from stanch.formats.persona_result.folder import read as read_result
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.response import effects, orders, outcomes, replies, reviews, statements, times
from stanch.response.orders import NewOrder
from stanch.response.outcomes import NewOutcome
from stanch.store import migrations
from stanch.store.desk.page import Asked
from stanch.store.desk.transaction import moment, stamp
from stanch.store.engines import sql
from tests.desk_database import FakeClock, database_on
from tests.desk_world import ACCOUNT, EAST, JP, KR, NORTH, World
from tests.desk_world import world as everybody
from tests.persona_result import files as result_files

ALL = Asked(100, "created")
AT_THE_END = 4  # steps: fewer where what is looked up would stand at the end of an index
CLOSED = Shared(Marking.STRICT)
LINKED = read_result(result_files())


@dataclass
class Hidden:
    """Ids of what Korea keeps to itself, the newest of each kind."""

    world: World
    ids: dict[str, str] = field(default_factory=dict)
    orders: list[str] = field(default_factory=list)
    open_ids: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """A case, a report and an order that all governments see, with something in each."""
        world, shared = self.world, Shared(Marking.GREEN)
        japan = world.analyst(JP)
        with world.database.write() as tx:
            case = cases.open_case(tx, japan, "Open", shared)
            items.add(tx, japan, NewItem(case, "account", {"account": ACCOUNT}, shared))
            judgements.judge(tx, japan, NewJudgement(case, "A", "high", ("s",), shared))
            said = NewReport("victim", "b@b.example", "Stolen", [ACCOUNT], [], shared)
            report = intake.receive(tx, japan, said)["id"]
        order = world.in_force(to=Addressees((EAST,)))
        self.open_ids = {"case": case, "rep": report, "ord": order}

    def add(self) -> None:
        """One more of each kind, on accounts on which Japan works too."""
        world, korea = self.world, self.world.analyst(KR)
        with world.database.write() as tx:
            case = cases.open_case(tx, korea, "Closed", CLOSED)
            here = self.open_ids
            for into in (case, here["case"]):
                judgements.judge(tx, korea, NewJudgement(into, "A", "high", ("s",), CLOSED))
            items.add(tx, korea, NewItem(here["case"], "account", {"account": ACCOUNT}, CLOSED))
            outcomes.add(tx, korea, here["ord"], NewOutcome("seizure", tx.at, shared=CLOSED))
            note = NewItem(case, "account", {"account": ACCOUNT}, CLOSED)
            item = items.add(tx, korea, note)
            file = files.keep(tx, korea, NewItem(case, "file", {}, CLOSED), "a.csv", b"rows")
            report = intake.receive(
                tx, korea, NewReport("victim", "a@b.example", "Stolen", [ACCOUNT], [], CLOSED)
            )["id"]
            linked = results.submit(tx, korea, "Closed", LINKED)["id"]
            cluster = queue.listed(tx.connection, korea, Asked(1)).rows[0]["id"]
        expires = stamp(moment(world.database.now()) + timedelta(days=60))
        account = f"eip155:1:0x{len(self.orders):040x}"  # an emergency hold bears it once
        new = NewOrder(case, OrderKind.EMERGENCY, (Target(account),), "Court 2026-2", expires,
                       Addressees((NORTH,)), CLOSED)  # fmt: skip
        with world.database.write() as tx:
            order = orders.draft(tx, korea, new)
        world.say(order, Said.PROPOSE, KR)
        self.orders.append(order)
        with world.database.write() as tx:
            outcomes.add(tx, korea, order, NewOutcome("seizure", tx.at, shared=CLOSED))
            review = reviews.ask(tx, korea, order, "Kim", "It is a baker's.")
        self.ids = {"case": case, "item": item, "file": file, "rep": report,
                    "ord": order, "rev": review, "psr": linked, "psc": cluster}  # fmt: skip


BY_ID = {
    "result of linking": results.one,
    "cluster of personas": queue.one,
    "case": cases.one,
    "items of a case": lambda c, by, id: items.listed(c, by, id, ALL),
    "judgements on a case": lambda c, by, id: judgements.listed(c, by, id, ALL),
    "item": items.read,
    "file": files.read,
    "hops of a trace": hops.of_trace,
    "report": intake.one,
    "order": orders.one,
    "document of an order": orders.document,
    "bundle of an order": statements.bundle,
    "effects of an order": effects.listed,
    "outcomes of an order": lambda c, by, id: outcomes.listed(c, by, id, ALL),
    "replies to an order": replies.listed,
    "times of an order": times.measured,
    "reviews of an order": reviews.listed,
    "review": reviews.one,
}
KIND = {"items of a case": "case", "judgements on a case": "case", "hops of a trace": "item",
        "report": "rep", "review": "rev", "result of linking": "psr",
        "cluster of personas": "psc"}  # fmt: skip
LISTS = {
    "results of linking": lambda c, by, _: results.listed(c, by, ALL),
    "clusters of personas": lambda c, by, _: queue.listed(c, by, ALL),
    "counts of personas": lambda c, by, _: queue.counted(c, by),
    "cases": lambda c, by, _: cases.listed(c, by, ALL),
    "items of a case": lambda c, by, at: items.listed(c, by, at["case"], ALL),
    "judgements on a case": lambda c, by, at: judgements.listed(c, by, at["case"], ALL),
    "reports": lambda c, by, _: intake.listed(c, by, ALL),
    "a report and its repeats": lambda c, by, at: intake.one(c, by, at["rep"]),
    "overlaps": lambda c, by, _: deconfliction.overlaps(c, by, ALL),
    "both sides of overlaps": lambda c, by, _: deconfliction.both_sides(c, by),
    "orders": lambda c, by, _: orders.listed(c, by, ALL),
    "counts of orders": lambda c, by, _: orders.counted(c, by),
    "outcomes of an order": lambda c, by, at: outcomes.listed(c, by, at["ord"], ALL),
    "counts of reviews": lambda c, by, _: reviews.counted(c, by, "2026-11-26T12:00:00.000000Z"),
}


@pytest.fixture(scope="module")
def hidden(tmp_path_factory):
    engine = sql.connect(tmp_path_factory.mktemp("desk"))
    migrations.upgrade(engine)
    key = PrivateKey.generate()
    made = Hidden(everybody(database_on(engine, FakeClock(), key), key))
    made.open()
    made.add()
    yield made
    engine.dispose()


def kind(what: str) -> str:
    if what in KIND:
        return KIND[what]
    return "ord" if "order" in what else what


def work_of(hidden, what, *said):
    """What the database did to answer, or to say that it is not there; the second time."""
    for _ in range(2):
        with hidden.world.database.read() as connection, counted(connection) as work:
            try:
                what(connection, *said)
                work["found"] = True
            except NotFoundError:
                work["found"] = False
    return work


@pytest.mark.parametrize("member", [JP, EAST])
@pytest.mark.parametrize("what", BY_ID)
def test_what_is_hidden_is_looked_for_as_what_is_not_there(hidden, what, member):
    id = hidden.ids[kind(what)]
    none = id.partition("-")[0] + "-" + "0" * len(id.partition("-")[2])
    by = hidden.world.analyst(member)
    there, nowhere = (work_of(hidden, BY_ID[what], by, each) for each in (id, none))
    assert there == nowhere
    assert not there["found"]
    owner = work_of(hidden, BY_ID[what], hidden.world.analyst(KR), id)
    assert owner["found"] or what == "hops of a trace"  # of a note there are none
    assert there["steps"] > 0


def test_no_list_takes_longer_for_what_is_hidden(hidden):
    by = [hidden.world.analyst(each) for each in (JP, EAST)]

    def works():
        return {
            (what, each.member.id): work_of(hidden, LISTS[what], each, hidden.open_ids)
            for what in LISTS
            for each in by
        }

    before = works()
    for _ in range(12):
        hidden.add()
    grew = {
        what: (work["steps"], after["steps"])
        for (what, work), after in zip(before.items(), works().values(), strict=True)
        if after["steps"] > work["steps"] + AT_THE_END
    }
    assert grew == {}


@contextmanager
def counted(connection):
    """How many steps SQLite's machine took (0 elsewhere), and the statements in their order."""
    work = {"steps": 0, "statements": []}

    def heard(*said):
        work["statements"].append(said[2])

    def step():
        work["steps"] += 1
        return 0

    driver = connection.connection.driver_connection
    driver.set_progress_handler(step, 1)
    event.listen(connection, "before_cursor_execute", heard)
    try:
        yield work
    finally:
        event.remove(connection, "before_cursor_execute", heard)
        driver.set_progress_handler(None, 0)
