"""Times at the edges of the calendar: what is due by one, or was done at one, is refused."""

from datetime import timedelta

import pytest

from stanch.cases.cases import Shared
from stanch.errors import UsageError
from stanch.model.desk.orders import Addressees, OrderKind, Target
from stanch.response import orders, outcomes
from stanch.response.orders import NewOrder
from stanch.response.outcomes import NewOutcome
from stanch.store.desk.transaction import moment, stamp
from tests.desk_world import ACCOUNT, KR, NORTH, World

EDGES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")


@pytest.mark.parametrize("at", EDGES)
def test_an_order_expires_at_a_time_that_there_is(world: World, at: str):
    new = NewOrder(
        world.case, OrderKind.HOLD, (Target(ACCOUNT),), "law", at, Addressees((NORTH,)), Shared()
    )
    with pytest.raises(UsageError, match="expires"), world.database.write() as tx:
        orders.draft(tx, world.analyst(KR), new)


@pytest.mark.parametrize("at", EDGES)
def test_what_came_of_an_order_happened_at_a_time_that_there_is(world: World, at: str):
    id = world.in_force()
    with pytest.raises(UsageError, match="happened"), world.database.write() as tx:
        outcomes.add(tx, world.analyst(KR), id, NewOutcome("seizure", at))


def test_what_is_yet_to_come_has_not_happened(world: World):
    id = world.in_force()
    later = stamp(moment(world.database.now()) + timedelta(seconds=1))
    with pytest.raises(UsageError, match="yet to come"), world.database.write() as tx:
        outcomes.add(tx, world.analyst(KR), id, NewOutcome("seizure", later))
