"""When a body meets: a rule of RFC 5545, counted by the clocks of one place.

10:00 in Seoul is the same moment of UTC all year; 10:00 in Washington moves with daylight saving.
An hour that the clocks skip is told by the offset before the change (RFC 5545, section 3.3.5).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from stanch.body.occurrences import occurrences
from stanch.body.recurrence import normal, parsed
from stanch.errors import RefusedError, UsageError
from stanch.store.desk.transaction import moment, stamp

_MOST_MINUTES: Final = 7 * 24 * 60
_SKIPPED: Final = timedelta(hours=25)  # clocks have skipped a day, and never more
_NONE: Final = timedelta(0)
_YEARS: Final = range(1970, 2200)  # of a first time: a rule is counted from there, time by time


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
        normal(schedule.rule, ZoneInfo(schedule.zone)), first, schedule.zone, schedule.minutes
    )
    try:
        following(made, None)
    except RefusedError:
        raise UsageError(f"rule: {made.rule[:80]} never comes, not in 400 years") from None
    return made


def following(schedule: Schedule, last: str | None) -> str:
    """When the next meeting begins: the first time of the rule after the stamp `last`, in UTC.

    Raises RefusedError where the rule has come to its end, or has no time for 400 years.
    """
    begin, zone = _local(schedule.first), ZoneInfo(schedule.zone)
    start = begin if last is None else _looked_from(moment(last), zone)
    next_one: datetime | None = None
    shown = begin
    for wall in occurrences(parsed(schedule.rule), begin, start):
        if next_one is not None and wall > shown:
            break
        at = wall.replace(tzinfo=zone).astimezone(UTC)
        if (last is None or stamp(at) > last) and (next_one is None or at < next_one):
            next_one, shown = at, at.astimezone(zone).replace(tzinfo=None)
            if shown == wall:
                break
            # The clocks skip this hour, so that times after it by the clocks may come before it.
    if next_one is None:
        raise RefusedError("the schedule has come to its end; name the time of the meeting")
    return stamp(next_one)


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


def _local(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None or len(text) < len("2026-01-20T10:00"):
            raise ValueError
        if found.year not in _YEARS:
            raise ValueError
    except ValueError:
        raise UsageError(
            f"first: {text[:80]!r} is no time by the clocks of a place, as 2026-01-20T10:00 is"
        ) from None
    return found.replace(second=0, microsecond=0)


def _looked_from(last: datetime, zone: ZoneInfo) -> datetime:
    """By the clocks, where times after the moment `last` begin: the hour that the clocks have
    skipped within a day before it once more, since it is told by the offset before.
    """
    here, before = last.astimezone(zone), (last - _SKIPPED).astimezone(zone)
    skipped = (here.utcoffset() or _NONE) - (before.utcoffset() or _NONE)
    return here.replace(tzinfo=None, fold=0) - max(skipped, _NONE)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
