"""When a webhook is tried again."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.workers.outbound.backoff import next_try

NOW = datetime(2026, 11, 26, 19, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


def wait(tries: int, retry_after: str | None = None, seed: int = 1) -> timedelta:
    when = next_try(NOW, NOW, tries, Random(seed), retry_after)
    assert when is not None
    return when - NOW


@pytest.mark.parametrize(
    ("tries", "window"), [(1, 10), (2, 20), (5, 160), (9, 2560), (10, 3600), (10**9, 3600)]
)
def test_waits_fill_a_window_that_doubles_up_to_an_hour(tries: int, window: int) -> None:
    waits = [wait(tries, seed=seed).total_seconds() for seed in range(500)]
    assert 1 <= min(waits) <= max(1, window * 0.1)
    assert window * 0.9 <= max(waits) <= window
    assert window * 0.4 < sum(waits) / len(waits) < window * 0.6


def test_the_same_random_gives_the_same_time() -> None:
    assert wait(7, seed=3) == wait(7, seed=3) != wait(7, seed=4)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("Thu, 26 Nov 2026 19:05:00 GMT", 120),
        ("99999", 3600),
        ("9" * 5000, 3600),
        ("Fri, 26 Nov 2027 19:05:00 GMT", 3600),
    ],
)
def test_what_the_receiver_asks_for_is_the_least_up_to_an_hour(header: str, seconds: int) -> None:
    assert wait(1, header) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "header",
    ["", "0", "-5", "soon", "1e9", "١٢٠", "Thu, 26 Nov 2020 19:05:00 GMT", "Thu, 99 Nov 2026", ","],
)
def test_what_makes_no_sense_changes_nothing(header: str) -> None:
    assert wait(4, header) == wait(4)


def test_after_three_days_the_feed_is_left() -> None:
    random = Random(1)
    now, tries = NOW, 0
    while (again := next_try(NOW, now, (tries := tries + 1), random)) is not None:
        assert now < again <= NOW + timedelta(days=3)
        now = again
    assert timedelta(days=3) - HOUR < now - NOW
    assert 80 < tries < 260


def test_a_clock_that_went_back_still_tries() -> None:
    assert next_try(NOW, NOW - 5 * HOUR, 3, Random(1)) is not None


@given(st.text(), st.integers(), st.integers(0, 10**6))
def test_any_header_gives_a_time_within_bounds(header: str, tries: int, age: int) -> None:
    now = NOW + timedelta(seconds=age)
    again = next_try(NOW, now, tries, Random(age), header)
    if again is None:
        assert age > (timedelta(days=3) - HOUR).total_seconds()
    else:
        assert timedelta(seconds=1) <= again - now <= HOUR
