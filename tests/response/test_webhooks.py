"""Where a member is told is changed by two people, and one administrator cannot make the second."""

import pytest

from stanch.errors import RefusedError
from stanch.formats.outbound.address import Reach
from stanch.members import people
from stanch.members.access import links
from stanch.model.desk.people import Caller, Role
from stanch.response import webhooks
from tests.desk_database import FakeClock
from tests.desk_world import NORTH, World
from tests.members.house import House

EVIL = "https://evil.example/orders"


def proposed(world: World, by: Caller) -> str:
    with world.database.write() as tx:
        return webhooks.propose(tx, by, EVIL, Reach(()))


def agree(world: World, by: Caller, id: str, **more: int) -> None:
    with world.database.write() as tx:
        webhooks.agree(tx, by, id, **more)


def refused(world: World, by: Caller, id: str) -> None:
    with pytest.raises(RefusedError, match="24 hours"):
        agree(world, by, id)
    with world.database.read() as connection:
        assert webhooks.active(connection, by.member.id) is None


@pytest.fixture
def first(world: World) -> Caller:
    """The account that is stolen."""
    return world.people[NORTH, Role.ADMINISTRATOR]


@pytest.fixture
def north(world: World, first: Caller) -> House:
    return House(world.database, world.desk, first, first)


def test_a_second_administrator_who_was_just_made_does_not_agree(
    world: World, first: Caller, north: House, clock: FakeClock
):
    second = north.caller(first, "administrator")
    id = proposed(world, first)
    refused(world, second, id)
    clock.move(hours=23, minutes=59)
    refused(world, second, id)
    clock.move(minutes=1)
    agree(world, second, id)
    with world.database.read() as connection:
        assert webhooks.active(connection, NORTH) == EVIL


def test_nor_one_who_was_there_before_the_proposal_but_not_for_long(
    world: World, first: Caller, north: House
):
    second = north.caller(first, "administrator")
    refused(world, second, proposed(world, first))


def test_nor_somebody_old_who_was_just_made_an_administrator(
    world: World, first: Caller, north: House, clock: FakeClock
):
    old = north.caller(first, "reader")
    clock.move(hours=48)
    with world.database.write() as tx:
        people.change_roles(tx, first, old.person, ["administrator"])
    now = Caller(old.person, old.member, frozenset({Role.ADMINISTRATOR}))
    refused(world, now, proposed(world, first))


def test_nor_whoever_comes_in_by_a_link_to_an_old_administrator(
    world: World, first: Caller, north: House, clock: FakeClock
):
    old = north.caller(first, "administrator")
    clock.move(hours=48)
    id = proposed(world, first)
    with world.database.write() as tx:
        link = links.make(tx, first, old.person)
    refused(world, north.of_token(north.come_in(link)), id)


def test_who_keeps_the_desk_says_how_long(world: World, first: Caller, north: House):
    second = north.caller(first, "administrator")
    agree(world, second, proposed(world, first), settled=0)
