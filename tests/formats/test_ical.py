"""Invitations: what is written is read again, in any zone, through a year of changing clocks."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from stanch.errors import InputError
from stanch.formats.ical import Attendee, Invitation, Part, read, write

ZONES = ("Asia/Seoul", "Asia/Tokyo", "America/New_York", "Australia/Sydney")
ODD = ("Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")
DAYS = ((2026, 1, 13), (2026, 4, 14), (2026, 7, 14), (2026, 10, 13))
PLAIN = Invitation(
    uid="meet-0123456789abcdef@desk-1.invalid", sequence=0,
    stamp=datetime(2026, 1, 5, tzinfo=UTC), start=datetime(2026, 1, 13, 1, tzinfo=UTC),
    minutes=180, zone="Asia/Seoul", summary="Trilateral, meeting 1", place="서울, room 3; floor 2",
    organiser=Attendee("Trilateral", "body-1@desk-1.invalid"),
    attendees=(Attendee('Department of "State"', "us@desk-1.invalid", Part.CHAIR),
               Attendee("外務省: 第一課", "jp@desk-1.invalid"),
               Attendee("DFAT", "au@desk-1.invalid", Part.OPTIONAL)),
)  # fmt: skip


def at_ten(zone: str, day: tuple[int, int, int]) -> Invitation:
    return replace(PLAIN, zone=zone, start=datetime(*day, 10, tzinfo=ZoneInfo(zone)))


def by_the_file_alone(content: bytes) -> datetime:
    """The moment at which a meeting starts for a reader who has no zones but the file's own."""
    calendar: Any = Calendar.from_ical(content)
    (event,), (zone,) = calendar.walk("VEVENT"), calendar.walk("VTIMEZONE")
    shown = event["DTSTART"].dt.replace(tzinfo=None)
    latest: Any = None
    for each in zone.subcomponents:
        begin = each["DTSTART"].dt
        if "RRULE" in each:
            rule = rrulestr(each["RRULE"].to_ical().decode(), dtstart=begin)
            onset = rule.before(shown, inc=True)
        else:
            onset = begin if begin <= shown else None
        if onset is not None and (latest is None or onset > latest[0]):
            latest = onset, each["TZOFFSETTO"].td
    assert latest is not None
    moment: datetime = shown - latest[1]
    return moment.replace(tzinfo=UTC)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("zone", ZONES + ODD)
def test_the_file_alone_says_the_right_moment(zone: str, day: tuple[int, int, int]) -> None:
    made = at_ten(zone, day)
    content = write(made)
    assert by_the_file_alone(content) == made.start
    assert f"DTSTART;TZID={zone}:{day[0]}{day[1]:02}{day[2]:02}T100000".encode() in content


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("America/New_York", {"BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11"}),
        ("Australia/Sydney", {"BYDAY=1SU;BYMONTH=4", "BYDAY=1SU;BYMONTH=10"}),
        ("Europe/Berlin", {"BYDAY=-1SU;BYMONTH=3", "BYDAY=-1SU;BYMONTH=10"}),
        ("Asia/Seoul", set()),
    ],
)  # fmt: skip
def test_clocks_change_by_rules_of_every_year(zone: str, rules: set[str]) -> None:
    written = write(at_ten(zone, (2026, 7, 14))).decode().split("\r\n")
    start = "RRULE:FREQ=YEARLY;"
    assert {line.removeprefix(start) for line in written if line.startswith(start)} == rules


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Sydney"])
def test_every_hour_around_a_change_of_the_clocks(zone: str) -> None:
    for month, day in ((3, 8), (11, 1), (4, 5), (10, 4)):
        for hour in range(-6, 30, 3):
            start = datetime(2026, month, day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
            made = replace(PLAIN, zone=zone, start=start + timedelta(hours=hour))
            assert read(write(made)).start == made.start


def test_round_trip_and_the_same_bytes() -> None:
    assert read(write(PLAIN)) == PLAIN
    assert write(PLAIN) == write(replace(PLAIN))


def test_a_cancelled_meeting_has_the_same_uid_and_counts_up() -> None:
    content = write(replace(PLAIN, cancelled=True, sequence=3))
    assert b"METHOD:CANCEL\r\n" in content
    assert b"STATUS:CANCELLED\r\n" in content
    assert b"SEQUENCE:3\r\n" in content
    assert read(content).uid == PLAIN.uid
    assert b"METHOD:REQUEST\r\n" in write(PLAIN)


def test_in_utc_a_meeting_needs_no_zone() -> None:
    content = write(replace(PLAIN, zone="UTC"))
    assert b"DTSTART:20260113T010000Z" in content
    assert b"VTIMEZONE" not in content
    assert read(content).zone == "UTC"


@pytest.mark.parametrize("zone", ["Etc/UTC", "Africa/Abidjan"])
def test_a_place_whose_clocks_show_utc_needs_no_zone_either(zone: str) -> None:
    content = write(replace(PLAIN, zone=zone))
    assert b"DTSTART:20260113T010000Z" in content
    assert b"VTIMEZONE" not in content
    assert read(content) == replace(PLAIN, zone="UTC")


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Almaty", (2024, 1, 15)), ("Asia/Almaty", (2023, 6, 1)), ("Africa/Cairo", (2022, 9, 1))],
)
def test_a_meeting_before_clocks_are_changed_for_the_first_time(
    zone: str, day: tuple[int, int, int]
) -> None:
    """Almaty went from +06:00 to +05:00 on 1 March 2024, Cairo has summer time since 2023."""
    made = at_ten(zone, day)
    assert by_the_file_alone(write(made)) == made.start


def test_no_address_adds_headers_to_a_mail() -> None:
    made = replace(PLAIN, attendees=(Attendee("A", "x?bcc=y&z%@b.invalid"),))
    content = write(made)
    assert b"mailto:x%3Fbcc%3Dy%26z%25@b.invalid" in content.replace(b"\r\n ", b"")
    assert read(content) == made


def test_lines_are_short_and_end_as_they_must() -> None:
    content = write(replace(PLAIN, summary="회의" * 100))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_no_text_makes_a_line_of_its_own(summary: str, name: str) -> None:
    made = replace(PLAIN, summary=summary, attendees=(Attendee(name, "a@b.invalid"),))
    content = write(made)
    begun = [line for line in content.split(b"\r\n") if line.startswith(b"BEGIN:")]
    assert len(begun) == 4  # calendar, zone, its standard time, event
    assert content.count(b"\r\nATTENDEE") == 1


@given(st.binary(max_size=300))
def test_no_file_ends_in_a_traceback(content: bytes) -> None:
    for each in (content, b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" + content,
                 write(PLAIN).replace(b"20260113T100000", content)):  # fmt: skip
        with suppress(InputError):  # nothing else
            read(each)
