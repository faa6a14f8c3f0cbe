"""A time zone as a calendar file carries it: VTIMEZONE of RFC 5545, section 3.6.5.

Written as rules, not as lists of single changes, which not every calendar reads; and for the years
around one meeting only, since what a government decides later no file knows.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ALWAYS: Final = datetime(1970, 1, 1)
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class _Change:
    """Clocks are changed: what they showed the moment before, and the offsets before and after."""

    shown: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    def rule(self) -> tuple[object, ...]:
        """What two changes have in common that the same rule makes."""
        return self.month(), self.days(), self.shown.time(), self.before, self.after

    def month(self) -> int:
        return self.shown.month

    def days(self) -> str:
        """The day of its month: 2SU, or -1SU for the last."""
        last = monthrange(self.shown.year, self.shown.month)[1]
        nth = -1 if self.shown.day + _WEEK > last else (self.shown.day + _WEEK - 1) // _WEEK
        return f"{nth}{_DAYS[self.shown.weekday()]}"


def vtimezone(name: str, at: datetime) -> Timezone:
    """The zone `name` (IANA) as it is around a moment. Same moment, same bytes."""
    zone = ZoneInfo(name)
    year = at.astimezone(zone).year
    # From the year before: a meeting in January lies after last autumn's change.
    years = [_changes(zone, each) for each in (year - 1, year, year + 1)]
    rules = [{change.rule() for change in each} for each in years]
    made = Timezone()
    made.add("tzid", name)
    if not any(years):
        made.add_component(_observance(_still(zone, at), None))
    elif rules[0] == rules[1] == rules[2]:
        for change in years[0]:
            by = {"FREQ": "YEARLY", "BYMONTH": change.month(), "BYDAY": change.days()}
            made.add_component(_observance(change, vRecur(by)))
    else:  # with what holds before the first change: a meeting may be before it, too
        first = _still(zone, datetime(year - 1, 1, 1, tzinfo=UTC))
        for change in [first, *(each for some in years for each in some)]:
            made.add_component(_observance(change, None))
    return made


def _observance(change: _Change, rule: vRecur | None) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if change.daylight else TimezoneStandard()
    made.add("dtstart", change.shown)
    if rule is not None:
        made.add("rrule", rule)
    made.add("tzoffsetfrom", change.before)
    made.add("tzoffsetto", change.after)
    made.add("tzname", change.name)
    return made


def _still(zone: ZoneInfo, at: datetime) -> _Change:
    """What clocks show at a moment, as if they always had."""
    here = at.astimezone(zone)
    offset = here.utcoffset() or timedelta(0)
    return _Change(_ALWAYS, offset, offset, here.tzname() or "", daylight=bool(here.dst()))


def _changes(zone: ZoneInfo, year: int) -> Sequence[_Change]:
    """The changes of a year, by the clocks before each, in their order."""
    found = []
    begin = datetime(year, 1, 1, tzinfo=UTC)
    for day in range(_days(year)):
        start, end = begin + timedelta(days=day), begin + timedelta(days=day + 1)
        if _offset(zone, start) == _offset(zone, end):
            continue
        while end - start > timedelta(minutes=1):
            middle = start + (end - start) / 2
            middle = middle.replace(second=0, microsecond=0)
            early = _offset(zone, start) == _offset(zone, middle)
            start, end = (middle, end) if early else (start, middle)
        found.append(_change(zone, end))
    return found


def _change(zone: ZoneInfo, at: datetime) -> _Change:
    before, here = _offset(zone, at - timedelta(minutes=1)), at.astimezone(zone)
    shown = (at + before).replace(tzinfo=None)
    daylight = bool(here.dst())
    return _Change(shown, before, _offset(zone, at), here.tzname() or "", daylight=daylight)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _days(year: int) -> int:
    return (datetime(year + 1, 1, 1, tzinfo=UTC) - datetime(year, 1, 1, tzinfo=UTC)).days
