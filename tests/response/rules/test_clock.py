"""Three times, exact, and none where nobody waited."""

from datetime import timedelta

from stanch.response.rules.clock import Moments, Times, first, measure
from tests.response.rules.desk import at


def test_the_three_times():
    times = measure(Moments(at(0), at(1), at(1.5), at(4)))
    assert times == Times(timedelta(hours=1), timedelta(minutes=30), timedelta(hours=3))


def test_what_did_not_happen_or_is_the_wrong_way_round_is_no_time():
    assert measure(Moments()) == Times(None, None, None)
    assert measure(Moments(at(2), at(1), None, at(1))) == Times(None, None, timedelta(0))


def test_the_orders_own_times_are_its_first():
    slow, fast = Moments(at(0), at(1), at(5)), Moments(at(0), at(1), at(2), at(9))
    assert first((slow, fast)) == Moments(at(0), at(1), at(2), at(9))
    assert first(()) == Moments()
