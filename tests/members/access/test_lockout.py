"""Ten failures shut the door for one place, and for one secret, until they are old."""

import pytest
from sqlalchemy import select

from stanch.errors import StrangerError, TooManyError
from stanch.members.access import entrance
from stanch.members.access.oidc import Identity
from stanch.store.desk.tables import failure
from tests.desk_database import FakeClock
from tests.members.house import House


def fail(house: House, source: str, token: str, times: int = 10) -> None:
    for _ in range(times):
        with pytest.raises(StrangerError):
            entrance.with_key(house.database, source, token)


def wrong(n: int) -> str:
    return f"stk_{n:08}wrong"


def test_a_place_is_shut_out_with_the_right_secret_too(house: House, clock: FakeClock):
    link = house.link(house.chief, house.chief.person)
    for n in range(10):
        fail(house, "192.0.2.1", wrong(n), 1)
    clock.move(minutes=5)
    with pytest.raises(TooManyError) as refused:
        entrance.by_link(house.database, "192.0.2.1", link)
    assert 590 <= refused.value.wait <= 601
    entrance.by_link(house.database, "192.0.2.2", link)  # nobody else is


def test_the_wait_is_true(house: House, clock: FakeClock):
    fail(house, "192.0.2.1", wrong(1))
    with pytest.raises(TooManyError) as refused:
        entrance.with_key(house.database, "192.0.2.1", wrong(2))
    clock.move(seconds=refused.value.wait)
    fail(house, "192.0.2.1", wrong(2), 1)


def test_a_secret_is_shut_from_wherever_it_is_tried(house: House):
    for n in range(10):
        fail(house, f"192.0.2.{n}", wrong(1), 1)
    with pytest.raises(TooManyError):
        entrance.with_key(house.database, "192.0.2.99", wrong(1) + "another end")
    fail(house, "192.0.2.99", wrong(2), 1)


def test_one_house_of_ipv6_is_one_place(house: House):
    for n in range(10):
        fail(house, f"2001:db8::{n}", wrong(n), 1)
    with pytest.raises(TooManyError):
        entrance.with_key(house.database, "2001:db8::ffff", wrong(99))
    fail(house, "2001:db8:0:1::1", wrong(99), 1)


def test_an_address_cannot_be_written_in_two_ways(house: House):
    fail(house, "192.0.2.1", wrong(1), 5)
    for n in range(5):
        fail(house, "::ffff:192.0.2.1", wrong(n), 1)
    with pytest.raises(TooManyError):
        entrance.with_key(house.database, "192.0.2.1", wrong(99))


def test_an_identity_does_not_shut_out_its_whole_provider(house: House):
    nobody = Identity("https://id.example.org", "nobody")
    for n in range(10):
        with pytest.raises(StrangerError):
            entrance.by_identity(house.database, f"192.0.2.{n}", nobody)
    other = Identity("https://id.example.org", "other")
    with pytest.raises(StrangerError):
        entrance.by_identity(house.database, "192.0.2.50", other)


def test_failures_are_kept_hashed_and_forgotten(house: House, clock: FakeClock):
    fail(house, "192.0.2.1", wrong(1), 9)
    clock.move(minutes=15)
    fail(house, "192.0.2.1", wrong(1), 1)
    with house.database.read() as connection:
        rows = connection.execute(select(failure)).all()
    assert len(rows) == 2
    assert "192.0.2.1" not in repr(rows)
    assert "stk_" not in repr(rows)
