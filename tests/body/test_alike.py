"""A body in which somebody has no seat costs the database as much as one that is not there.

Work is counted and not timed, as in tests/desk/test_alike.py.
"""

from typing import Any

import pytest

from stanch.body import bodies, meetings, seats, targets
from stanch.errors import NotFoundError
from stanch.formats.signed.keys import PrivateKey
from stanch.store import migrations
from stanch.store.desk.page import Asked
from stanch.store.engines import sql
from tests.body.conftest import KR, SEATS, World, everybody, only
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
