"""Recurrence rules: as two others have them, in every part, with an end to the work."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st

from stanch.body.occurrences import occurrences
from stanch.body.recurrence import FREQUENCIES, normal, parsed
from stanch.body.schedule import Schedule, checked, following, local
from stanch.errors import RefusedError, UsageError
from tests.reference.recurrence import times

FIRST = datetime(2026, 1, 1, 10, 30)
SEOUL, NEW_YORK = "Asia/Seoul", "America/New_York"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONG = {"YEARLY": 4000, "MONTHLY": 900, "WEEKLY": 300, "DAILY": 100,
        "HOURLY": 8, "MINUTELY": 1, "SECONDLY": 0.02}  # fmt: skip


def signed(most):
    return st.one_of(st.integers(1, most), st.integers(-most, -1))


def listed(numbers, most=4):
    texts = st.lists(numbers, min_size=1, max_size=most, unique=True)
    return texts.map(lambda found: ",".join(map(str, found)))


@st.composite
def rules(draw, freqs=FREQUENCIES, firsts=None):
    """Rules of every kind, with parts that leave them something."""
    freq = draw(st.sampled_from(freqs))
    said = {"FREQ": freq, "INTERVAL": draw(st.sampled_from([1, 1, 2, 3, 7, 11]))}
    fine = freq in ("HOURLY", "MINUTELY", "SECONDLY")
    maybe = st.integers(0, 3).map(lambda one: one == 0)
    if draw(maybe):
        said["BYMONTH"] = draw(listed(st.integers(1, 12)))
    if draw(maybe) and freq != "WEEKLY":
        said["BYMONTHDAY"] = draw(listed(signed(31)))
    if draw(maybe) and (fine or freq == "YEARLY"):
        said["BYYEARDAY"] = draw(listed(signed(366), 40))
    if draw(maybe) and freq == "YEARLY":
        said["BYWEEKNO"] = draw(listed(signed(53)))
    if draw(maybe):
        numbered = freq in ("YEARLY", "MONTHLY") and "BYWEEKNO" not in said
        nth = st.one_of(st.just(0), signed(5)) if numbered else st.just(0)
        days = st.tuples(nth, st.sampled_from(DAYS))
        said["BYDAY"] = draw(listed(days.map(lambda one: f"{one[0] or ''}{one[1]}")))
    for name, most in (("BYHOUR", 23), ("BYMINUTE", 59), ("BYSECOND", 60)):
        if draw(maybe):
            said[name] = draw(listed(st.integers(0, most), 6))
    if draw(maybe) and any(name.startswith("BY") for name in said):
        said["BYSETPOS"] = draw(listed(signed(6)))
    if draw(maybe):
        said["WKST"] = draw(st.sampled_from(DAYS))
    if draw(maybe):
        said["COUNT"] = draw(st.integers(1, 30))
    return ";".join(f"{name}={value}" for name, value in said.items())


FIRSTS = st.datetimes(datetime(2019, 1, 1), datetime(2029, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0)
)


@given(rules(), FIRSTS, st.floats(0, 1))
def test_it_is_as_the_plain_way_has_it(rule, first, later):
    end = first + timedelta(LONG[rule.split(";")[0].removeprefix("FREQ=")])
    whole = times(rule, first, end)
    start = first + later * (end - first)
    start = start.replace(microsecond=0)
    found = []
    for at in occurrences(parsed(rule), first, start):
        if at >= end:
            break
        found.append(at)
    assert found == [at for at in whole if at >= start]


def as_dateutil_has_it(rule, first):
    """dateutil's own, where it is as RFC 5545 has it: see docs/design/recurrence.md."""
    part = parsed(rule)
    begin = first
    if part.freq == "WEEKLY" and part.of("BYSETPOS"):
        begin -= timedelta((first.weekday() - part.week_start) % 7)
        if not part.days:
            rule += f";BYDAY={DAYS[first.weekday()]}"
    if part.of("BYWEEKNO") and not (part.of("BYMONTHDAY") or part.of("BYYEARDAY") or part.days):
        rule += f";BYDAY={DAYS[first.weekday()]}"
    return (at for at in rrulestr(rule, dtstart=begin) if at >= first)


@given(rules(), FIRSTS)
def test_the_next_time_is_that_of_dateutil(rule, first):
    part = parsed(rule)
    assume(not any(abs(each) > 51 for each in part.of("BYWEEKNO")))
    assume(len({bool(nth) for nth, _ in part.days}) < 2)
    assume(60 not in part.of("BYSECOND"))
    assume(not (part.freq == "WEEKLY" and part.of("BYSETPOS") and part.count))
    ours = list(islice(occurrences(part, first, first), 12))
    assume(ours)
    assume((ours[-1] - first).days < 366 * 60)  # it takes dateutil minutes to come there
    wanted = 12 if part.count is None else min(12, part.count)
    assume(len(ours) == wanted)
    assert list(islice(as_dateutil_has_it(rule, first), wanted)) == ours
    for one, other in pairwise(ours):
        assert next(occurrences(part, first, one + timedelta(seconds=1))) == other


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;BYHOUR=", "without a value"),
        ("FREQ=DAILY;BYEASTER=1", "BYEASTER"),
        ("FREQ=DAILY;X-MINE=1", "X-MINE"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z", "COUNT and UNTIL"),
        ("FREQ=DAILY;COUNT=2147483648", "COUNT is from 1"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is from 1"),
        ("FREQ=DAILY;UNTIL=soon", "UNTIL=SOON"),
        ("FREQ=DAILY;UNTIL=20271301", "UNTIL=20271301"),
        ("FREQ=DAILY;WKST=8", "WKST"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY does not go with FREQ=MONTHLY"),
        ("FREQ=HOURLY;BYWEEKNO=1", "BYWEEKNO does not go with FREQ=HOURLY"),
        ("FREQ=DAILY;BYDAY=1MO", "1MO in BYDAY goes with FREQ=MONTHLY"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "1MO in BYDAY goes with"),
        ("FREQ=YEARLY;BYDAY=54MO", "54MO"),
        ("FREQ=YEARLY;BYDAY=MON", "MON"),
        ("FREQ=DAILY;BYSETPOS=1", "another part"),
        ("FREQ=DAILY;BYSETPOS=367;BYHOUR=1", "BYSETPOS has numbers from 1 to 366 or from -366"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR has numbers from 0 to 23"),
        ("FREQ=DAILY;BYMINUTE=60", "BYMINUTE has numbers from 0 to 59"),
        ("FREQ=DAILY;BYSECOND=61", "BYSECOND has numbers from 0 to 60"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH has numbers from 1 to 12"),
        ("FREQ=DAILY;BYMONTHDAY=0", "BYMONTHDAY has numbers"),
        ("FREQ=DAILY;BYMONTHDAY=1;BYMONTHDAY=2", "twice"),
        ("FREQ=DAILY;BYMONTHDAY=1.5", "BYMONTHDAY has numbers"),
    ],
)
def test_what_is_no_rule_is_told_in_one_line(rule, told):
    with pytest.raises(UsageError, match=r"^rule: ") as error:
        checked(Schedule(rule, "2026-01-01T10:00", SEOUL))
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def full(first, last):
    return ",".join(str(each) for each in range(first, last + 1))


NEVER = (
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=23;BYMINUTE=59",
    "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
    "FREQ=SECONDLY;INTERVAL=7;BYDAY=MO;BYHOUR=3;BYMINUTE=0;BYSECOND=0",
    "FREQ=SECONDLY;INTERVAL=86399;BYHOUR=3;BYMINUTE=0;BYSECOND=0;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=DAILY;INTERVAL=2147483647;BYMONTH=3",
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    f"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=3;BYSETPOS={full(2, 366)},{full(-366, -2)}",
    f"FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS={full(2, 366)},{full(-366, -2)}",
    f"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;BYHOUR={full(0, 23)};BYMINUTE={full(0, 59)};"
    f"BYSECOND={full(0, 59)};BYSETPOS={full(1, 366)}",
    "FREQ=DAILY;UNTIL=20251231T000000Z",
)


@pytest.mark.parametrize("rule", NEVER)
def test_a_rule_that_never_comes_is_refused_soon(rule):
    begin = perf_counter()
    with pytest.raises(UsageError, match="never comes"):
        checked(Schedule(rule, "2026-01-01T10:00", SEOUL))
    assert perf_counter() - begin < 10  # a second on an idle machine


@pytest.mark.parametrize(
    ("rule", "then"),
    [
        ("FREQ=SECONDLY", "2126-01-01T01:00:01.000000Z"),
        ("FREQ=SECONDLY;COUNT=2147483647", "the schedule has come to its end"),
        ("FREQ=MINUTELY;COUNT=2147483647", "2126-01-01T01:01:00.000000Z"),
        ("FREQ=SECONDLY;INTERVAL=2147483647", "2162-02-07T07:28:14.000000Z"),
        (f"FREQ=YEARLY;BYYEARDAY={full(1, 366)};BYHOUR={full(0, 23)};BYMINUTE={full(0, 59)};"
         f"BYSECOND={full(0, 59)}", "2126-01-01T01:00:01.000000Z"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2140-02-29T01:00:00.000000Z"),
    ],
)  # fmt: skip
def test_a_century_of_times_is_not_gone_through_one_by_one(rule, then):
    begin = perf_counter()
    schedule = checked(Schedule(rule, "2026-01-01T10:00", SEOUL))
    try:
        found = following(schedule, "2126-01-01T01:00:00.000000Z")
    except RefusedError as error:
        found = str(error)
    assert found.startswith(then)
    assert perf_counter() - begin < 10


def test_weeks_are_those_of_iso_8601():
    """dateutil's 52nd and 53rd are not, in the first days of a year."""
    for number in (1, 52, 53, -1, -52, -53):
        rule = parsed(f"FREQ=YEARLY;BYWEEKNO={number};BYDAY={','.join(DAYS)}")
        found = set()
        for at in occurrences(rule, datetime(2000, 1, 1), datetime(2000, 1, 1)):
            if at.year >= 2101:
                break
            found.add(at.date())
        for day in (datetime(2000, 1, 1).date() + timedelta(each) for each in range(36890)):
            year, week, _ = day.isocalendar()
            weeks = datetime(year, 12, 28).isocalendar()[1]
            assert (day in found) == (number in (week, week - weeks - 1)), day


def test_what_the_design_page_says_of_dateutil():
    """docs/design/recurrence.md, "Why not dateutil alone": what is mended there can go here."""
    new_year = datetime(2011, 1, 1)
    (found,) = rrulestr("FREQ=YEARLY;BYWEEKNO=53;COUNT=1", dtstart=new_year)
    assert found == new_year  # which is a day of week 52
    assert new_year.isocalendar()[1] == 52
    both = rrulestr("FREQ=MONTHLY;BYDAY=MO,2TU;UNTIL=20261231T000000", dtstart=FIRST)
    assert next(iter(both), None) is None
    with pytest.raises(IndexError):
        next(iter(rrulestr("FREQ=MONTHLY;BYDAY=53MO", dtstart=datetime(2026, 12, 1))))
    week = rrulestr("FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1;COUNT=1", dtstart=datetime(2024, 10, 23))
    assert [at.day for at in week] == [23]  # the second of its week
    seven = rrulestr("FREQ=YEARLY;BYWEEKNO=20;COUNT=7", dtstart=datetime(2026, 5, 11))
    assert [at.day for at in seven] == [11, 12, 13, 14, 15, 16, 17]


def test_rules_of_the_manual_are_rules():
    page = (Path(__file__).parents[2] / "docs" / "body.md").read_text("utf-8")
    found = re.findall(r"^\| `(FREQ=[^`]*)` \|", page, re.MULTILINE)
    assert len(found) == 5
    for rule in found:
        checked(Schedule(rule, "2026-12-08T10:00", SEOUL))
    assert stamps(found[2], "2026-12-08T10:00", SEOUL, 3) == [
        "03-31T00:30", "03-31T05:30", "09-29T00:30",
    ]  # fmt: skip


def test_days_with_and_without_a_number_are_both_meant():
    rule = parsed("FREQ=MONTHLY;BYDAY=MO,2TU")
    found = [at.day for at in islice(occurrences(rule, FIRST, FIRST), 5)]
    assert found == [5, 12, 13, 19, 26]


def test_positions_are_of_the_whole_week():
    """Not from the first day on: the first and third working day, as RFC 5545 has a set begin."""
    first = datetime(2024, 10, 23)  # a Wednesday
    rule = parsed("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,3;COUNT=3")
    assert [at.day for at in occurrences(rule, first, first)] == [23, 28, 30]


def test_a_leap_second_is_the_one_before():
    rule = parsed("FREQ=DAILY;BYHOUR=23;BYMINUTE=59;BYSECOND=59,60;COUNT=2")
    assert [(at.day, at.second) for at in occurrences(rule, FIRST, FIRST)] == [(1, 59), (2, 59)]


def stamps(rule, first, zone, many):
    schedule, found, last = checked(Schedule(rule, first, zone)), [], None
    for _ in range(many):
        last = following(schedule, last)
        found.append(last[5:16])
    return found


def test_each_hour_when_the_clocks_are_changed():
    """The skipped hour is the next one, told once; of an hour that comes twice the first counts."""
    spring = stamps("FREQ=HOURLY", "2026-03-08T00:00", NEW_YORK, 5)
    assert spring == ["03-08T05:00", "03-08T06:00", "03-08T07:00", "03-08T08:00", "03-08T09:00"]
    autumn = stamps("FREQ=HOURLY", "2026-11-01T00:00", NEW_YORK, 4)
    assert autumn == ["11-01T04:00", "11-01T05:00", "11-01T07:00", "11-01T08:00"]


def test_a_skipped_time_does_not_hide_one_that_comes_before_it():
    """2:45 of a night without it is 3:45, and 3:00 comes first."""
    rule = "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,45;BYSETPOS=2,3"
    found = stamps(rule, "2026-03-07T04:00", NEW_YORK, 4)
    assert found == ["03-08T07:00", "03-08T07:45", "03-09T06:45", "03-09T07:00"]


def test_a_day_that_a_place_has_skipped():
    """Samoa went over the date line at the end of 29 December 2011."""
    found = stamps("FREQ=DAILY;BYHOUR=10", "2011-12-29T00:00", "Pacific/Apia", 3)
    assert found == ["12-29T20:00", "12-30T20:00", "12-31T20:00"]


@given(rules(), st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
       st.sampled_from(["2026-03-08T00:30", "2026-04-05T00:10", "2011-12-28T23:59"]))  # fmt: skip
def test_following_misses_none_and_repeats_none(rule, zone, first):
    """Each moment that any time of the rule is, in its order, around changes of the clocks."""
    try:
        schedule = checked(Schedule(rule, first, zone))
    except UsageError:
        assume(False)
    begin = datetime.fromisoformat(first)
    near = begin + timedelta(1100)  # changes enough; rare times take both of them minutes to find
    walls = takewhile(near.__gt__, islice(occurrences(parsed(schedule.rule), begin, begin), 60))
    moments = sorted({wall.replace(tzinfo=ZoneInfo(zone)).timestamp() for wall in walls})
    last = None
    for expected in moments[:40]:
        with suppress(RefusedError):
            last = following(schedule, last)
        assert local(last, zone).timestamp() == expected


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("rrule:freq=daily;until=20260301T010000Z", "FREQ=DAILY;UNTIL=20260301T100000"),
        ("FREQ=DAILY;UNTIL=20260301T100000", "FREQ=DAILY;UNTIL=20260301T100000"),
        ("FREQ=DAILY;UNTIL=20260301;INTERVAL=2", "FREQ=DAILY;UNTIL=20260301T235959;INTERVAL=2"),
    ],
)
def test_until_is_by_the_clocks(rule, told):
    assert normal(rule, ZoneInfo(SEOUL)) == told


def test_until_in_the_hour_that_the_clocks_show_twice():
    """1:30 for the second time: all of 1:00 to 2:00 has been, for the first."""
    rule = "FREQ=MINUTELY;INTERVAL=15;UNTIL=20261101T063000Z"
    assert normal(rule, ZoneInfo(NEW_YORK)).endswith("UNTIL=20261101T015959")
    rule = rule.replace("T063000Z", "T053000Z")  # and for the first
    assert normal(rule, ZoneInfo(NEW_YORK)).endswith("UNTIL=20261101T013000")
