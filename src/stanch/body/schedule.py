"""When a body meets: a rule of RFC 5545, counted by the clocks of one place.

10:00 in Seoul is the same moment of UTC all year; 10:00 in Washington moves with daylight saving.
An hour that the clocks skip is told by the offset before the change (RFC 5545, section 3.3.5).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from dateutil.rrule import rrulestr

from stanch.errors import RefusedError, UsageError
from stanch.store.desk.transaction import moment, stamp

_UNTIL: Final = re.compile(r"\bUNTIL=(\d{8}T\d{6})Z")
_BASIC: Final = "%Y%m%dT%H%M%S"
_LONGEST: Final = 200  # characters of a rule
_MOST_INTERVAL: Final = 400
_MOST_MINUTES: Final = 7 * 24 * 60
_ALWAYS: Final = frozenset({"INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"})
# What may narrow which frequency. A rule that no day fulfils is looked for until the year 9999:
# these are through with it in a second.
_PARTS: Final[Mapping[str, frozenset[str]]] = {
    "DAILY": _ALWAYS,
    "WEEKLY": _ALWAYS | {"BYMONTH"},
    "MONTHLY": _ALWAYS | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": _ALWAYS | {"BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"},
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule, the first time it counts from (`2026-01-20T10:00`, by the clocks of `zone`), and how
    long such a meeting takes.
    """

    rule: str
    first: str
    zone: str
    minutes: int = 120


def checked(schedule: Schedule) -> Schedule:
    """The schedule, its rule without blanks and in capitals, its first time to the minute.

    Raises UsageError for a rule, time or zone that is none, and for one that never comes.
    """
    if schedule.zone not in _zones():
        raise UsageError(f"zone: {schedule.zone[:80]!r} is no time zone, as Asia/Seoul is")
    if not 1 <= schedule.minutes <= _MOST_MINUTES:
        raise UsageError(f"minutes: from 1 to {_MOST_MINUTES}")
    first = _local(schedule.first).isoformat(timespec="minutes")
    made = Schedule(
        _rule(schedule.rule, ZoneInfo(schedule.zone)), first, schedule.zone, schedule.minutes
    )
    try:
        following(made, None)
    except RefusedError:
        raise UsageError(f"rule: {made.rule} never comes") from None
    return made


def following(schedule: Schedule, last: str | None) -> str:
    """When the next meeting begins: the first time of the rule after the stamp `last`, in UTC.

    Raises RefusedError where the rule has come to its end.
    """
    begin = _local(schedule.first)
    zone = ZoneInfo(schedule.zone)
    try:
        rule = rrulestr(schedule.rule, dtstart=begin)
        # By clocks that are set back, two moments have one time: look from a day before.
        after = begin if last is None else _clock(last, zone) - timedelta(days=1)
        for found in rule.xafter(after, inc=True):
            at = stamp(found.replace(tzinfo=zone))
            if last is None or at > last:
                return at
    except (ValueError, OverflowError, TypeError) as error:
        raise UsageError(f"rule: {schedule.rule}: {error}") from None
    raise RefusedError("the schedule has come to its end; name the time of the meeting")


def local(at: str, zone: str) -> datetime:
    """A stamp by the clocks of a zone."""
    return moment(at).astimezone(ZoneInfo(zone))


def by_clock(field: str, text: str, zone: str) -> str:
    """The stamp of a time that somebody wrote; one without an offset is by the clocks of a zone.

    Raises UsageError where it is none, or lies beyond the calendar.
    """
    try:
        at = moment(text)
        return stamp(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone)))
    except (ValueError, OverflowError):
        raise UsageError(f"{field}: {text[:80]!r} is no time, as 2027-01-12T10:00 is") from None


def _rule(text: str, zone: ZoneInfo) -> str:
    text = text.strip().upper().removeprefix("RRULE:")
    if not text or len(text) > _LONGEST or not text.isascii() or not text.isprintable():
        raise UsageError(f"rule: {text[:80]!r} is no RRULE, as FREQ=MONTHLY;INTERVAL=3 is")
    pairs = [part.partition("=") for part in text.split(";")]
    said = {name: value for name, _, value in pairs}
    if len(said) < len(pairs) or not all(said.values()):
        raise UsageError(f"rule: {text[:80]!r} has a part twice, or one without a value")
    known = _PARTS.get(said.pop("FREQ", ""))
    if known is None:
        raise UsageError(f"rule: FREQ is to be one of: {', '.join(_PARTS)}")
    for name in said:
        if name not in known:
            raise UsageError(f"rule: {name[:40]} does not go with this frequency here")
    for name, most in (("INTERVAL", _MOST_INTERVAL), ("COUNT", 10_000)):
        value = said.get(name, "1")
        if not value.isdigit() or not 1 <= int(value) <= most:
            raise UsageError(f"rule: {name} is from 1 to {most}")
    return _until_by_the_clock(text, zone)


def _until_by_the_clock(text: str, zone: ZoneInfo) -> str:
    """RFC 5545 has UNTIL in UTC where the first time has a zone; ours counts by the clocks."""
    found = _UNTIL.search(text)
    if found is None:
        return text
    try:
        until = datetime.strptime(found[1], _BASIC).replace(tzinfo=UTC).astimezone(zone)
    except (ValueError, OverflowError):
        raise UsageError(f"rule: UNTIL={found[1]}Z is no time") from None
    return text.replace(found[0], f"UNTIL={until.strftime(_BASIC)}")


def _local(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None or len(text) < len("2026-01-20T10:00"):
            raise ValueError
        found.replace(tzinfo=UTC) - timedelta(days=2)
    except (ValueError, OverflowError):
        raise UsageError(
            f"first: {text[:80]!r} is no time by the clocks of a place, as 2026-01-20T10:00 is"
        ) from None
    return found.replace(second=0, microsecond=0)


def _clock(at: str, zone: ZoneInfo) -> datetime:
    return moment(at).astimezone(zone).replace(tzinfo=None, fold=0)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
