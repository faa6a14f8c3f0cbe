"""One hand holds an address once, whatever chain it is said to be on: seen as exchanges see it."""

import pytest

from stanch.app.desk.watching import Watching
from stanch.errors import RefusedError
from stanch.model.desk.orders import OrderKind, Said, Target
from stanch.response import statements
from tests.desk_world import ACCOUNT, JP, KR, NORTH

ADDRESS = ACCOUNT.rpartition(":")[2]
ELSEWHERE = (
    f"eip155:999999999:{ADDRESS}",  # a chain that nobody knows
    f"solana:x:{ADDRESS}",
    f"solana:y:{ADDRESS.upper()}",
    f"solana:x:eth-{ADDRESS}",  # in dresses that screening takes off
    f"solana:x:{ADDRESS[:9]}-{ADDRESS[9:]}",
)


@pytest.fixture
def shown(world):
    """Whether an exchange that asks for the address, and names no chain, is told of an order."""
    watching = Watching(world.database)

    def look() -> bool:
        watching.refresh()
        (found,) = watching.current.watch.look_up([ADDRESS], NORTH)
        return bool(found)

    return look


def wait(world, clock, hours):
    clock.move(hours=hours)
    with world.database.write() as tx:
        statements.pass_time(tx)


def emergency(world, account):
    id = world.draft(OrderKind.EMERGENCY, targets=(Target(account),))
    world.say(id, Said.PROPOSE, KR)
    return id


def test_an_address_that_lapsed_is_not_held_again_under_the_name_of_another_chain(
    world, clock, shown
):
    emergency(world, ACCOUNT)
    assert shown()
    wait(world, clock, 72.01)
    assert not shown()
    for account in ELSEWHERE:
        with pytest.raises(RefusedError, match="no concurrence"):
            emergency(world, account)
        assert not shown()


def test_a_thief_who_bridges_is_followed_while_the_hold_runs(world, clock, shown):
    first = emergency(world, ACCOUNT)
    emergency(world, f"eip155:10:{ADDRESS}")
    with pytest.raises(RefusedError, match="no concurrence"):
        emergency(world, f"eip155:10:{ADDRESS}")
    world.say(first, Said.CONCUR, JP)
    wait(world, clock, 72.01)
    assert shown()  # the first is a hold like any other now
    with pytest.raises(RefusedError, match="no concurrence"):
        emergency(world, f"eip155:137:{ADDRESS}")  # the second lapsed


def test_a_hold_is_over_at_its_hour_though_nobody_has_written_that_down(world, clock):
    emergency(world, ACCOUNT)
    second = world.draft(OrderKind.EMERGENCY, targets=(Target(f"eip155:10:{ADDRESS}"),))
    clock.move(hours=72.01)
    with pytest.raises(RefusedError, match="no concurrence"):
        world.say(second, Said.PROPOSE, KR)  # for which time passes over this order alone
