"""A link lets one person in once, for a day, however it is tried."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from stanch.errors import ForbiddenError, NotFoundError, StrangerError
from stanch.members import people
from stanch.members.access import entrance, links
from stanch.model.desk.people import Caller, Role, Scope
from stanch.store.desk.tables import link, session
from tests.desk_database import FakeClock
from tests.members.house import House


def test_a_link_used_at_the_same_moment_lets_one_in(house: House):
    token = house.link(house.chief, house.person(house.chief, "analyst"))
    start = Barrier(6)

    def come(_: int) -> str:
        start.wait()
        try:
            return entrance.by_link(house.database, "192.0.2.1", token).token
        except StrangerError:
            return "stranger"

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(come, range(6)))
    assert said.count("stranger") == 5


def test_a_link_is_over_after_a_day(house: House, clock: FakeClock):
    token = house.link(house.chief, house.person(house.chief, "analyst"))
    clock.move(hours=24)
    with pytest.raises(StrangerError):
        house.come_in(token)


def test_a_link_holds_for_nearly_a_day(house: House, clock: FakeClock):
    token = house.link(house.chief, house.person(house.chief, "analyst"))
    clock.move(hours=24, seconds=-1)
    assert house.of_token(house.come_in(token)).roles == {Role.ANALYST}


def test_used_over_wrong_and_let_go_are_told_apart_nowhere(house: House, clock: FakeClock):
    used = house.link(house.chief, house.person(house.chief, "analyst"))
    house.come_in(used)
    gone = house.person(house.chief, "analyst")
    of_gone = house.link(house.chief, gone)
    with house.database.write() as tx:
        people.deactivate(tx, house.chief, gone)
    old = house.link(house.chief, house.person(house.chief, "analyst"))
    clock.move(hours=25)
    texts = set()
    for token in (used, of_gone, old, "stl_" + "A" * 43, "", "\x00", "\ud800"):
        with pytest.raises(StrangerError) as refused:
            house.come_in(token)
        texts.add(str(refused.value))
    assert len(texts) == 1


def test_a_new_link_ends_the_one_before(house: House):
    to = house.person(house.chief, "analyst")
    first = house.link(house.chief, to)
    house.link(house.chief, to)
    with pytest.raises(StrangerError):
        house.come_in(first)


def test_nobody_else_makes_links(house: House):
    to = house.person(house.chief, "analyst")
    with pytest.raises(NotFoundError):  # another member's administrator
        house.link(house.exchange, to)
    with pytest.raises(ForbiddenError):
        house.link(house.caller(house.chief, "analyst", "approver"), to)
    chief = house.chief
    key = Caller(chief.person, chief.member, chief.roles, frozenset({Scope.ADMIN}))
    with pytest.raises(ForbiddenError):
        house.link(key, to)


def test_no_token_is_stored(house: House):
    to = house.person(house.chief, "analyst")
    token = house.link(house.chief, to)
    opened = house.come_in(house.link(house.exchange, house.exchange.person))
    with house.database.read() as connection:
        stored = repr(connection.execute(select(link)).all())
        stored += repr(connection.execute(select(session)).all())
    assert token not in stored
    assert opened not in stored


def test_a_link_whose_use_failed_is_not_used_up(house: House):
    token = house.link(house.chief, house.person(house.chief, "analyst"))

    def fail() -> None:
        with house.database.write() as tx:
            links.use(tx, token)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert house.of_token(house.come_in(token)).roles == {Role.ANALYST}
