"""When a body meets: by the clocks of one place, in any zone, to the end of its rule."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.body.schedule import Schedule, by_clock, checked, following, local
from stanch.errors import RefusedError, UsageError

RULE = "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU"


def year(zone: str, rule: str = RULE, many: int = 4, first: str = "2026-01-01T10:00") -> list[str]:
    schedule, found, last = checked(Schedule(rule, first, zone)), [], None
    for _ in range(many):
        last = following(schedule, last)
        found.append(last.removesuffix(":00.000000Z"))
    return found


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("Asia/Seoul", ("2026-01-13T01", "2026-04-14T01", "2026-07-14T01", "2026-10-13T01")),
        ("Asia/Tokyo", ("2026-01-13T01", "2026-04-14T01", "2026-07-14T01", "2026-10-13T01")),
        ("America/New_York", ("2026-01-13T15", "2026-04-14T14", "2026-07-14T14", "2026-10-13T14")),
        ("Australia/Sydney", ("2026-01-12T23", "2026-04-14T00", "2026-07-14T00", "2026-10-12T23")),
    ],
)
def test_ten_o_clock_stays_ten_o_clock_through_a_year(zone: str, hours: tuple[str, ...]) -> None:
    assert year(zone) == [f"{hour}:00" for hour in hours]


def test_an_hour_that_the_clocks_skip_or_have_twice() -> None:
    weekly = "FREQ=DAILY"
    skipped = year("America/New_York", weekly, 3, "2026-03-07T02:30")
    assert skipped == ["2026-03-07T07:30", "2026-03-08T07:30", "2026-03-09T06:30"]
    twice = year("America/New_York", weekly, 3, "2026-10-31T01:30")
    assert twice == ["2026-10-31T05:30", "2026-11-01T05:30", "2026-11-02T06:30"]


@pytest.mark.parametrize(
    "rule",
    [
        "", "FREQ", "FREQ=FORTNIGHTLY", "INTERVAL=3", "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;INTERVAL=-1", "FREQ=MONTHLY;INTERVAL=1e9", "FREQ=MONTHLY;COUNT=0",
        "FREQ=MONTHLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=2TU;BYDAY=3TU", "FREQ=MONTHLY;BYHOUR=24",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;UNTIL=20271301T000000Z", "FREQ=MONTHLY\nDTSTART:20260101T000000",
        "FREQ=MONTHLY;BYMONTHDAY=99999999999999999999", "FREQ=YEARLY;BYSETPOS=0",
        "FREQ=YEARLY;BYDAY=99MO",
    ],
)  # fmt: skip
def test_a_rule_that_is_none_is_refused(rule: str) -> None:
    with pytest.raises(UsageError, match="rule"):
        checked(Schedule(rule, "2026-01-01T10:00", "Asia/Seoul"))


@pytest.mark.parametrize(
    ("first", "zone", "minutes"),
    [
        ("2026-01-01", "Asia/Seoul", 60),
        ("2026-01-01T10:00Z", "Asia/Seoul", 60),
        ("0001-01-01T00:00", "Asia/Seoul", 60),
        ("0002-01-01T10:00", "Asia/Seoul", 60),
        ("2200-01-01T10:00", "Asia/Seoul", 60),
        ("soon", "Asia/Seoul", 60),
        ("2026-01-01T10:00", "Asia/Nowhere", 60),
        ("2026-01-01T10:00", "../../etc/localtime", 60),
        ("2026-01-01T10:00", "Asia/Seoul", 0),
    ],
)
def test_a_time_or_zone_that_is_none_is_refused(first: str, zone: str, minutes: int) -> None:
    with pytest.raises(UsageError):
        checked(Schedule(RULE, first, zone, minutes))


def test_a_rule_ends() -> None:
    schedule = checked(Schedule("FREQ=WEEKLY;COUNT=2", "2026-01-01T10:00", "Asia/Seoul"))
    last = following(schedule, following(schedule, None))
    with pytest.raises(RefusedError, match="end"):
        following(schedule, last)
    assert local(last, "Asia/Seoul").isoformat() == "2026-01-08T10:00:00+09:00"


ZONES = ("Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "Europe/Berlin")


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 24),
    st.sampled_from(ZONES),
)
def test_each_time_is_after_the_one_before(freq: str, interval: int, zone: str) -> None:
    found = year(zone, f"freq={freq};interval={interval}", 6, "2026-01-01T01:30")
    assert all(one < other for one, other in pairwise(found))


NUMBERS = st.lists(st.integers(-400, 400), min_size=1, max_size=3).map(
    lambda found: ",".join(map(str, found))
)
DAYS = st.tuples(st.integers(-60, 99), st.sampled_from(["MO", "TU", "SU"])).map(
    lambda found: f"{found[0] or ''}{found[1]}"
)


@given(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.dictionaries(
        st.sampled_from(["BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"]), NUMBERS,
        max_size=2,
    ),
    st.lists(DAYS, max_size=2).map(",".join),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_no_part_of_a_rule_ends_in_a_traceback(freq: str, parts: dict[str, str], days: str) -> None:
    said = {"FREQ": freq, **parts, **({"BYDAY": days} if days else {})}
    rule = ";".join("=".join(each) for each in said.items())
    with suppress(UsageError):  # nothing else
        assert checked(Schedule(rule, "2026-01-01T10:00", "Asia/Seoul")).rule == rule


@given(st.text(max_size=60))
def test_no_text_ends_in_a_traceback(text: str) -> None:
    first = "2026-01-01T10:00"
    for rule, zone in ((text, "Asia/Seoul"), (f"FREQ=YEARLY;{text}", "Asia/Seoul"), (RULE, text)):
        with suppress(UsageError):  # nothing else
            assert checked(Schedule(rule, first, zone)).first == first


def test_until_in_utc_is_told_by_the_clocks():
    """As RFC 5545 has it for a first time with a zone: midnight in UTC is nine in Seoul."""
    made = checked(
        Schedule("FREQ=MONTHLY;UNTIL=20260301T010000Z", "2026-01-01T10:00", "Asia/Seoul")
    )
    assert made.rule == "FREQ=MONTHLY;UNTIL=20260301T100000"
    last = "2026-02-01T01:00:00.000000Z"
    assert following(made, last) == "2026-03-01T01:00:00.000000Z"
    with pytest.raises(RefusedError):
        following(made, "2026-03-01T01:00:00.000000Z")


@pytest.mark.parametrize(
    ("text", "zone", "at"),
    [
        ("2027-01-12T10:00", "Asia/Seoul", "2027-01-12T01:00"),
        ("2027-07-13 10:00", "America/New_York", "2027-07-13T14:00"),
        ("2027-01-12T10:00", "America/New_York", "2027-01-12T15:00"),
        ("2027-01-12T10:00Z", "Asia/Seoul", "2027-01-12T10:00"),
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T07:30"),  # skipped: as it was before
        ("2027-01-12", "Asia/Tokyo", "2027-01-11T15:00"),
    ],
)
def test_a_time_without_an_offset_is_by_the_clocks_of_the_place(
    text: str, zone: str, at: str
) -> None:
    assert by_clock("at", text, zone) == f"{at}:00.000000Z"


@pytest.mark.parametrize("text", ["", "soon", "0001-01-01T00:00", "9999-12-31T23:59-12:00"])
def test_what_is_no_time_is_named(text: str) -> None:
    with pytest.raises(UsageError, match=r"at: .* is no time"):
        by_clock("at", text, "Asia/Seoul")
