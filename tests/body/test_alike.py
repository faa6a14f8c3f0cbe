"""A body in which somebody has no seat costs the database as much as one that is not there.

Work is counted and not timed, as in tests/desk/test_alike.py.
"""

from typing import Any

import pytest
from sqlalchemy import select

from stanch.body import bodies, meetings, seats, targets
from stanch.cases.cases import Shared
from stanch.errors import NotFoundError
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.marking import Marking
from stanch.store import migrations
from stanch.store.desk.page import Asked
from stanch.store.desk.seated import this_at_the_time, this_of_meetings
from stanch.store.desk.tables import action, body_target, meeting_item
from stanch.store.engines import sql
from tests.body.conftest import ALL, KR, SEATS, World, everybody, only, red
from tests.desk.test_alike import AT_THE_END, counted
from tests.desk_database import FakeClock, database_on

SEATED = ("jp", "au", "upbeat")  # in another body, and in none
BY_ID = {
    "body": bodies.one,
    "meetings": lambda c, by, id: meetings.listed(c, by, id, Asked(100, "at")),
    "seats": lambda c, by, id: seats.listed(c, by, id, Asked(100, "since")),
    "targets": lambda c, by, id: targets.listed(c, by, id, Asked(100, "created")),
}
LISTS = BY_ID | {
    "bodies": lambda c, by, _: bodies.listed(c, by, Asked(100, "created")),
    "meeting": lambda c, by, id: meetings.one(c, by, meetings_of(c, by, id)),
}


def row_by(of: Any, table: Any) -> Any:
    """What is asked by whoever writes to a row: by its id, where it may be seen."""

    def asked(connection: Any, by: Any, id: str) -> None:
        if connection.execute(select(table.c.id).where(of(table, by, id))).first() is None:
            raise NotFoundError(id)

    return asked


WITHIN = {
    "meet": meetings.one,
    "paper": row_by(this_of_meetings, meeting_item),
    "act": row_by(this_of_meetings, action),
    "aim": row_by(this_at_the_time, body_target),
}


def meetings_of(connection: Any, by: Any, id: str) -> str:
    return str(meetings.listed(connection, by, id, Asked(1, "at")).rows[0]["id"])


@pytest.fixture
def desk(tmp_path: Any, desk_key: PrivateKey) -> Any:
    """On SQLite alone, whose steps can be counted."""
    engine, clock = sql.connect(tmp_path), FakeClock()
    migrations.upgrade(engine)
    yield everybody(database_on(engine, clock, desk_key), desk_key, clock)
    engine.dispose()


def closed(desk: World) -> str:
    """A body of Korea alone, with something of each kind in it."""
    id = desk.body(only(KR), seats=SEATS[1:2])
    desk.aim(id, "aim")
    meeting = desk.call(id)
    desk.paper(meeting, "paper")
    desk.act(meeting, "action", of=KR)
    return id


def work_of(desk: World, who: str, what: Any, id: str) -> dict[str, Any]:
    for _ in range(2):
        with desk.database.read() as connection, counted(connection) as work:
            try:
                what(connection, desk.reader(who), id)
                found = True
            except NotFoundError:
                found = False
    return {**work, "found": found}


def test_a_body_without_a_seat_is_looked_for_as_one_that_is_not_there(desk: World) -> None:
    desk.call(desk.body())
    id = closed(desk)
    for what, asked in BY_ID.items():
        assert work_of(desk, "kr", asked, id)["found"]
        for who in SEATED:
            there, nowhere = (work_of(desk, who, asked, of) for of in (id, "body-" + "0" * 16))
            assert there == nowhere, (what, who)
            assert not there["found"]
            assert there["steps"] > 0


def test_no_list_takes_longer_for_bodies_without_a_seat(desk: World) -> None:
    mine = desk.body()
    desk.paper(desk.call(mine), "paper")
    closed(desk)

    def works() -> dict[str, int]:
        return {what: work_of(desk, "jp", asked, mine)["steps"] for what, asked in LISTS.items()}

    before = works()
    for _ in range(8):
        closed(desk)
    grew = {what: n - before[what] for what, n in works().items() if n > before[what] + AT_THE_END}
    assert grew == {}


def test_a_row_of_a_body_that_is_hidden_is_looked_for_as_one_that_is_not_there(
    desk: World,
) -> None:
    seated, mine = desk.body(), red(desk.kr)
    elsewhere = desk.body(only(KR), seats=SEATS[1:2])
    hidden = [
        (who, id)
        for body, shared, all_who in (
            (seated, mine, ("us", *SEATED)),  # in their body, and for Korea's analyst alone
            (elsewhere, ALL, SEATED),
            (elsewhere, Shared(Marking.GREEN), SEATED),  # for every member, in another body
        )
        for id in each_kind(desk, body, shared)
        for who in all_who
    ]
    for who, id in hidden:
        kind = id.partition("-")[0]
        asked = WITHIN[kind]
        assert work_of(desk, "kr", asked, id)["found"], kind
        there, nowhere = (work_of(desk, who, asked, of) for of in (id, f"{kind}-" + "0" * 16))
        assert there == nowhere, (kind, who)
        assert not there["found"]
        assert there["steps"] > 0


def test_no_list_within_a_body_takes_longer_for_what_is_marked_for_others(desk: World) -> None:
    mine, for_korea = desk.body(), red(desk.kr)
    open_to_all = desk.call(desk.body())
    desk.paper(open_to_all, "elsewhere")
    meeting, aim = each_kind(desk, mine, ALL)[0], desk.aim(mine, "aim")
    desk.read_off(aim, "2026-01-05", "seen")
    last = desk.call(mine)
    asked = {
        "meetings": lambda c, by: meetings.listed(c, by, mine, Asked(100, "at")),
        "targets": lambda c, by: targets.listed(c, by, mine, Asked(100, "created")),
        "a meeting": lambda c, by: meetings.one(c, by, meeting),
        "the last": lambda c, by: meetings.one(c, by, last),  # with what is open from before
    }

    def works() -> dict[str, int]:
        return {
            what: work_of(desk, "jp", lambda c, by, _, a=ask: a(c, by), mine)["steps"]
            for what, ask in asked.items()
        }

    def more() -> None:
        each_kind(desk, mine, for_korea)
        desk.read_off(aim, "2026-01-05", "hidden", for_korea)
        desk.paper(meeting, "hidden", for_korea)
        desk.decide(meeting, "hidden", for_korea)
        desk.act(meeting, "hidden", for_korea, of=KR)

    more()
    before = works()
    for _ in range(8):
        more()
    # A meeting is looked up in several indexes, and two may end so; a row each would be dozens.
    most = 2 * AT_THE_END
    grew = {what: n - before[what] for what, n in works().items() if n > before[what] + most}
    assert grew == {}


def each_kind(desk: World, body: str, shared: Shared) -> tuple[str, ...]:
    """A meeting, a paper, an action and a target."""
    meeting = desk.call(body, shared)
    made = desk.paper(meeting, "paper", shared), desk.act(meeting, "action", shared, of=KR)
    return meeting, *made, desk.aim(body, "aim", shared)
