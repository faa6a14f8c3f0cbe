"""A delivery goes on in order, is late by its deadline, and is told of once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import RefusedError
from stanch.model.desk.orders import OrderKind
from stanch.model.desk.states import Delivery
from stanch.response.rules.delivery import advance, pass_deadline, queued
from tests.response.rules.desk import at

HOLD = queued(OrderKind.HOLD, at(0))


def test_deadlines_to_acknowledge():
    assert HOLD.due == at(4)
    assert queued(OrderKind.ISSUER, at(0)).due == at(4)
    assert queued(OrderKind.EMERGENCY, at(0)).due == at(1)


def test_in_time_all_the_way():
    slip = advance(HOLD, Delivery.DELIVERED, at(0.1))
    assert (slip.state, slip.due) == (Delivery.DELIVERED, at(4))
    slip = advance(slip, Delivery.ACKNOWLEDGED, at(3))
    assert (slip.state, slip.due) == (Delivery.ACKNOWLEDGED, at(24))
    slip = advance(slip, Delivery.ANSWERED, at(23))
    assert pass_deadline(slip, at(99)) == slip
    assert (slip.state, slip.late) == (Delivery.ANSWERED, False)
    assert (slip.delivered, slip.acknowledged, slip.answered) == (at(0.1), at(3), at(23))


def test_late_and_on_from_there():
    assert pass_deadline(HOLD, at(3.99)) == HOLD
    slip = pass_deadline(HOLD, at(4))
    assert (slip.state, slip.late, slip.due) == (Delivery.LATE, True, at(24))
    slip = advance(slip, Delivery.ACKNOWLEDGED, at(5))
    assert (slip.state, slip.late) == (Delivery.ACKNOWLEDGED, True)
    assert pass_deadline(slip, at(23)) == slip
    slip = pass_deadline(slip, at(24))
    assert slip.state is Delivery.LATE
    slip = advance(slip, Delivery.ANSWERED, at(30))
    assert (slip.state, slip.late, slip.answered) == (Delivery.ANSWERED, True, at(30))


def test_an_answer_acknowledges():
    slip = advance(HOLD, Delivery.ANSWERED, at(2))
    assert slip.delivered == slip.acknowledged == slip.answered == at(2)


def test_lateness_is_noticed_when_it_moves_on_before_anybody_looked():
    slip = advance(HOLD, Delivery.DELIVERED, at(5))
    assert (slip.state, slip.late) == (Delivery.DELIVERED, True)


def test_what_comes_after_the_last_deadline_is_not_late_again():
    slip = pass_deadline(HOLD, at(30))
    slip = advance(slip, Delivery.DELIVERED, at(31))
    assert pass_deadline(slip, at(32)) == slip


def test_news_twice_or_out_of_order_is_none():
    slip = advance(HOLD, Delivery.ACKNOWLEDGED, at(1))
    for to in (Delivery.DELIVERED, Delivery.ACKNOWLEDGED, Delivery.QUEUED):
        assert advance(slip, to, at(2)) == slip
    with pytest.raises(RefusedError, match="by its deadline"):
        advance(slip, Delivery.LATE, at(2))


NEWS = (Delivery.DELIVERED, Delivery.ACKNOWLEDGED, Delivery.ANSWERED)
events = st.lists(st.tuples(st.sampled_from([None, *NEWS]), st.integers(-5, 40)), max_size=20)


@given(events)
def test_however_news_arrives_the_moments_are_in_order_and_lateness_stays(happened):
    slip, told, late = HOLD, set(), False
    for to, hour in happened:
        slip = pass_deadline(slip, at(hour)) if to is None else advance(slip, to, at(hour))
        told.add(to)
        assert slip.late or not late
        late = slip.late
        assert (slip.answered is not None) == (Delivery.ANSWERED in told)
        assert (slip.acknowledged is not None) == bool(told & set(NEWS[1:]))
        assert (slip.delivered is not None) == bool(told & set(NEWS))
        moments = [slip.created, slip.delivered, slip.acknowledged, slip.answered]
        there = [moment for moment in moments if moment is not None]
        assert there == sorted(there)
