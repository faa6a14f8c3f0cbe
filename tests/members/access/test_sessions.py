"""Sessions end when they are idle, old, closed, or their person is let go."""

import pytest

from stanch.errors import ForbiddenError, StrangerError
from stanch.members import people
from stanch.members.access import entrance, links, sessions
from stanch.members.access.rights import require
from stanch.model.desk.people import Role, Scope
from tests.desk_database import FakeClock
from tests.members.house import House


def test_an_idle_session_ends(house: House, clock: FakeClock):
    token = house.session(house.chief, house.chief.person)
    clock.move(minutes=29, seconds=59)
    assert house.of_token(token) == house.chief
    clock.move(seconds=1)
    with pytest.raises(StrangerError):
        house.of_token(token)


def test_use_keeps_a_session_for_twelve_hours_and_no_longer(house: House, clock: FakeClock):
    token = house.session(house.chief, house.chief.person)
    for _ in range(12 * 3 - 1):
        clock.move(minutes=20)
        entrance.with_session(house.database, token)
    clock.move(minutes=20)
    with pytest.raises(StrangerError):
        entrance.with_session(house.database, token)


def test_use_does_not_bring_back_a_session_that_was_over(house: House, clock: FakeClock):
    token = house.session(house.chief, house.chief.person)
    clock.move(minutes=31)
    with house.database.write() as tx:
        sessions.note(tx, token)
    with pytest.raises(StrangerError):
        house.of_token(token)


def test_roles_are_those_of_this_moment(house: House):
    to = house.person(house.chief, "analyst", "administrator")
    token = house.session(house.chief, to)
    require(house.of_token(token), Role.ADMINISTRATOR, scope=Scope.ADMIN)
    with house.database.write() as tx:
        people.change_roles(tx, house.chief, to, ["reader"])
    with pytest.raises(ForbiddenError):
        require(house.of_token(token), Role.ADMINISTRATOR, scope=Scope.ADMIN)


def test_whoever_is_let_go_is_out_at_once(house: House):
    to = house.person(house.chief, "analyst")
    token = house.session(house.chief, to)
    with house.database.write() as tx:
        people.deactivate(tx, house.chief, to)
    with pytest.raises(StrangerError):
        house.of_token(token)


def test_signing_in_ends_the_session_before(house: House):
    before = house.session(house.chief, house.chief.person)
    link = house.link(house.chief, house.chief.person)
    opened = entrance.by_link(house.database, "192.0.2.1", link, before)
    assert opened.token != before
    assert house.of_token(opened.token) == house.chief
    with pytest.raises(StrangerError):
        house.of_token(before)


def test_closed_is_closed(house: House):
    token = house.session(house.chief, house.chief.person)
    with house.database.write() as tx:
        sessions.close(tx, token)
    with pytest.raises(StrangerError):
        house.of_token(token)


def test_a_form_must_be_of_the_same_session(house: House):
    with house.database.write() as tx:
        mine = sessions.begin(tx, house.chief.person)
        other = sessions.begin(tx, house.chief.person)
    session = entrance.with_session(house.database, mine.token)
    session.check(mine.csrf)
    for csrf in (other.csrf, "", mine.csrf[:-1], mine.token, "é", "\ud800"):
        with pytest.raises(ForbiddenError):
            session.check(csrf)
    assert mine.csrf not in repr(mine) + repr(session)
    assert mine.token not in repr(mine)


def test_a_secret_of_one_kind_is_none_of_another(house: House):
    link = house.link(house.chief, house.chief.person)
    token = house.session(house.exchange, house.exchange.person)
    with pytest.raises(StrangerError):
        house.of_token(link)
    with pytest.raises(StrangerError):
        entrance.with_key(house.database, "192.0.2.1", token)
    with pytest.raises(StrangerError), house.database.write() as tx:
        links.use(tx, token)
