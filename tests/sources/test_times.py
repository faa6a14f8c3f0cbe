"""Times in every form that sources write."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.sources import times

SECOND = 1_000_000


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("0", 0),
        ("1685578821", 1685578821 * SECOND),
        ("1685578821.25", 1685578821 * SECOND + 250_000),
        ("1685578821.1234569", 1685578821 * SECOND + 123_456),
        ("2023-06-01T00:20:21Z", 1685578821 * SECOND),
        ("2023-06-01 00:20:21", 1685578821 * SECOND),
        ("2023-06-01 00:20:21 UTC", 1685578821 * SECOND),
        ("2023-06-01T02:20:21.5+02:00", 1685578821 * SECOND + 500_000),
    ],
)
def test_forms_of_time(text, moment):
    assert times.parse(text) == moment


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("yesterday", "neither"),
        ("-5", "neither"),
        ("1969-12-31T23:59:59Z", "out of range"),
        ("1685578821000", "milliseconds"),
        ("2023-02-30", "neither"),
    ],
)
def test_what_is_no_time(text, reason):
    with pytest.raises(ValueError, match=reason):
        times.parse(text)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(9998, 1, 1)),
    st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_iso_text_comes_back_exactly(moment, zone):
    aware = moment.replace(tzinfo=zone)
    expected = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert times.parse(aware.isoformat()) == expected
