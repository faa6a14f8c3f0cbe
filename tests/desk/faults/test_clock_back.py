"""A clock that goes back takes nothing back: no time in the log, no end of an order."""

from itertools import pairwise

import pytest
from sqlalchemy import select

from stanch.app.desk import audit
from stanch.cases import cases
from stanch.cases.cases import Shared
from stanch.errors import StanchError
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import OrderKind, Said
from stanch.response import statements, watched
from stanch.store.desk.tables import log, order
from tests.desk_world import JP, KR, World, world


@pytest.fixture
def everybody(database, desk_key):
    return world(database, desk_key)


def passed(everybody: World) -> int:
    with everybody.database.write() as tx:
        return statements.pass_time(tx)


def states(everybody: World) -> dict[str, str]:
    with everybody.database.read() as connection:
        return dict(row for row in connection.execute(select(order.c.id, order.c.state)))


def held(everybody: World) -> list[str]:
    with everybody.database.read() as connection:
        return [each.order for each in watched.targets_in_force(connection)]


def check_times(everybody: World, key) -> None:
    """The log's times never go back, and it holds as a whole."""
    with everybody.database.read() as connection:
        times = list(connection.execute(select(log.c.at).order_by(log.c.n)).scalars())
    assert all(one <= next_ for one, next_ in pairwise(times))
    assert audit.verify(everybody.database, key.public) == []


def test_what_expired_or_lapsed_stays_so(everybody, clock, desk_key):
    hold = everybody.in_force()
    emergency = everybody.draft(OrderKind.EMERGENCY)
    everybody.say(emergency, Said.PROPOSE, KR)
    text = everybody.signed(emergency, Said.CONCUR, everybody.signers[JP][0])
    clock.move(days=61)
    passed(everybody)
    ended = {hold: "expired", emergency: "expired"}
    assert states(everybody) == ended
    for days in (-1, -20, -39):
        clock.move(days=days)
        assert passed(everybody) == 0
        with pytest.raises(StanchError):
            everybody.hand_in(emergency, text, JP)
        assert (states(everybody), held(everybody)) == (ended, [])
        with everybody.database.write() as tx:
            cases.open_case(tx, everybody.analyst(KR), "Later", Shared(Marking.AMBER))
    check_times(everybody, desk_key)


def test_a_clock_that_goes_back_lengthens_no_hold(everybody, clock, desk_key):
    """The desk has seen the hour at which a hold lapses: it counts, whatever the clock says now."""
    emergency = everybody.draft(OrderKind.EMERGENCY)
    everybody.say(emergency, Said.PROPOSE, KR)
    text = everybody.signed(emergency, Said.CONCUR, everybody.signers[JP][0])
    clock.move(hours=73)
    with everybody.database.write() as tx:
        cases.open_case(tx, everybody.analyst(KR), "Later", Shared(Marking.AMBER))
    clock.move(hours=-73)
    with pytest.raises(StanchError):
        everybody.hand_in(emergency, text, JP)
    assert (states(everybody), held(everybody)) == ({emergency: "expired"}, [])
    check_times(everybody, desk_key)


def test_the_work_goes_on_at_a_clock_that_went_back(everybody, clock, desk_key):
    first = everybody.in_force()
    clock.move(hours=5)
    everybody.draft()
    clock.move(hours=-5, seconds=1)
    second = everybody.draft()
    for said, member in ((Said.PROPOSE, KR), (Said.CONCUR, JP)):
        everybody.say(second, said, member)
    found = states(everybody)
    assert (found[first], found[second]) == ("in_force", "in_force")
    check_times(everybody, desk_key)
