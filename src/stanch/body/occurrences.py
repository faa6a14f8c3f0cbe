"""The times of a recurrence rule by the clocks, one after the other, with an end to the work.

The days come from dateutil, which knows months, the last Friday and the 100th day; INTERVAL,
week numbers, the times of a day, BYSETPOS and COUNT are counted here. Why not all by dateutil:
docs/design/recurrence.md.

The calendar repeats itself every 400 years, to the weekday, and dateutil's ends with the year 9999.
So times are looked for in its last 400 to 799 years, and told for their own: a rule that nothing
fulfils is through with these in a tenth of a second.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from math import gcd
from typing import Final

from dateutil import rrule
from dateutil.rrule import weekday

from stanch.body.recurrence import (
    HOURLY,
    MINUTELY,
    MONTHLY,
    SECONDLY,
    WEEKLY,
    YEARLY,
    Recurrence,
)

_CYCLE: Final = 400  # years after which the calendar is the same again
_LATEST: Final = 9999 - _CYCLE
_DAY: Final = 24 * 60 * 60
_UNITS: Final[Mapping[str, int]] = {HOURLY: 3600, MINUTELY: 60, SECONDLY: 1}  # seconds
_WEEK: Final = 7
_WEEKS_OF_A_MONTH, _WEEKS_OF_A_YEAR = 5, 53

Moments = Iterator[tuple[date, Sequence[int]]]  # a day, and seconds of it, in their order


def occurrences(rule: Recurrence, first: datetime, start: datetime) -> Iterator[datetime]:
    """The times of `rule`, counted from `first`, that are not before `start`, by the clocks.

    They end with the rule, or after 400 years at the least: from `start`, and with COUNT from
    `first`. `first` is a time itself where the rule has it, as any other.
    """
    base = first if rule.count is not None else max(first, start)
    years = max(0, (_LATEST - base.year) // _CYCLE * _CYCLE)
    if start.year + years > date.max.year:
        return
    until = rule.until
    if until is not None and until.year + years <= date.max.year:
        until = until.replace(year=until.year + years)
    elif until is not None:
        until = None  # later than all that is looked at
    moved = (each.replace(year=each.year + years) for each in (first, start, base))
    for at in _within(rule, *moved):
        if until is not None and at > until:
            return
        yield at.replace(year=at.year - years)


def _within(
    rule: Recurrence, first: datetime, start: datetime, base: datetime
) -> Iterator[datetime]:
    left = rule.count
    for day, seconds in _moments(rule, first, base):
        if day < first.date():
            continue
        low = bisect_left(seconds, _second(first)) if day == first.date() else 0
        high = len(seconds)
        if left is not None:
            high = min(high, low + left)
            left -= high - low
        if day == start.date():
            low = max(low, bisect_left(seconds, _second(start)))
        if day >= start.date():
            midnight = datetime.combine(day, time())
            for place in range(low, high):
                yield midnight + timedelta(seconds=seconds[place])
        if left == 0:
            return


def _moments(rule: Recurrence, first: datetime, base: datetime) -> Moments:
    """Every day of the rule with its times, from the interval in which `base` lies."""
    if rule.freq in _UNITS:
        yield from _fine(rule, first, base)
        return
    times = _times(rule, first)
    days = _days(rule, first, base)
    positions = rule.of("BYSETPOS")
    if not positions:
        yield from ((day, times) for day in days)
        return
    for _, group in groupby(days, key=_interval(rule)):
        yield from _picked(list(group), times, positions)


def _picked(days: Sequence[date], times: Sequence[int], positions: Sequence[int]) -> Moments:
    """The times of one interval that BYSETPOS names."""
    for place in _places(len(days) * len(times), positions):
        day, at = divmod(place, len(times))
        yield days[day], (times[at],)


def _places(many: int, positions: Sequence[int]) -> list[int]:
    """Which of `many` positions name, from 0."""
    if many < min(map(abs, positions)):
        return []
    places = {each - 1 if each > 0 else many + each for each in positions}
    return sorted(each for each in places if 0 <= each < many)


def _fine(rule: Recurrence, first: datetime, base: datetime) -> Moments:
    """Of rules by the hour, minute or second: each day's times are those that the interval reaches.

    Intervals are counted by the clocks, through all days, those that the rule leaves out too.
    """
    unit = _UNITS[rule.freq]
    a_day = _DAY // unit
    begin = first.toordinal() * a_day + _second(first) // unit
    reached = _by_remainder(rule, first, begin)
    if reached:
        for day in _days(rule, first, base):
            found = reached.get((begin - day.toordinal() * a_day) % rule.interval)
            if found:
                yield day, found


def _by_remainder(rule: Recurrence, first: datetime, begin: int) -> dict[int, list[int]]:
    """The times of a day by the remainder of their unit under the interval, without remainders that
    no day has.
    """
    unit = _UNITS[rule.freq]
    a_day = _DAY // unit
    common = gcd(a_day, rule.interval)
    inside, passes = _inside(rule, first), _limits(rule)
    found: dict[int, list[int]] = {}
    for number in range(a_day):
        rest = number % rule.interval
        if (rest - begin) % common == 0 and passes(number * unit):
            found.setdefault(rest, []).extend(number * unit + each for each in inside)
    return found if inside else {}


def _inside(rule: Recurrence, first: datetime) -> list[int]:
    """The seconds of one interval that lie in it, after its BYSETPOS."""
    minutes = (rule.of("BYMINUTE") or (first.minute,)) if rule.freq == HOURLY else (0,)
    seconds = (_seconds(rule) or (first.second,)) if rule.freq != SECONDLY else (0,)
    every = [60 * minute + second for minute in minutes for second in seconds]
    positions = rule.of("BYSETPOS")
    return [every[place] for place in _places(len(every), positions)] if positions else every


def _limits(rule: Recurrence) -> Callable[[int], bool]:
    """Whether the rule lets the interval pass that begins with a second of the day."""
    hours, minutes, seconds = (
        frozenset(each or range(most))
        for each, most in ((rule.of("BYHOUR"), 24), (rule.of("BYMINUTE"), 60), (_seconds(rule), 60))
    )
    if rule.freq == HOURLY:
        return lambda second: second // 3600 in hours
    if rule.freq == MINUTELY:
        return lambda second: second // 3600 in hours and second // 60 % 60 in minutes
    return lambda second: (
        second // 3600 in hours and second // 60 % 60 in minutes and second % 60 in seconds
    )


def _times(rule: Recurrence, first: datetime) -> list[int]:
    """The seconds of each day of a rule by days or longer."""
    return [
        3600 * hour + 60 * minute + second
        for hour in rule.of("BYHOUR") or (first.hour,)
        for minute in rule.of("BYMINUTE") or (first.minute,)
        for second in _seconds(rule) or (first.second,)
    ]


def _seconds(rule: Recurrence) -> tuple[int, ...]:
    """BYSECOND, a leap second taken for the one before (RFC 5545, section 3.3.5)."""
    return tuple(sorted({min(each, 59) for each in rule.of("BYSECOND")}))


def _second(at: datetime) -> int:
    return 3600 * at.hour + 60 * at.minute + at.second


def _days(rule: Recurrence, first: datetime, base: datetime) -> Iterator[date]:
    """The days that the rule has, of every INTERVAL-th year, month, week or day since `first`."""
    number = _interval(rule)
    zero, earliest = number(first.date()), number(base.date())
    every = 1 if rule.freq in _UNITS else rule.interval
    weeks = rule.of("BYWEEKNO")
    for found in _filtered(rule, first, base):
        day = found.date()
        place = number(day)
        if place < earliest or (place - zero) % every:
            continue
        if not weeks or _of_weeks(day, weeks, rule.week_start):
            yield day


def _interval(rule: Recurrence) -> Callable[[date], int]:
    """Counts the years, months, weeks or days to the one that a day is in."""
    if rule.freq == YEARLY:
        return lambda day: day.year
    if rule.freq == MONTHLY:
        return lambda day: 12 * day.year + day.month
    if rule.freq == WEEKLY:
        return lambda day: (day.toordinal() - 1 - rule.week_start) // _WEEK
    return lambda day: day.toordinal()


def _filtered(rule: Recurrence, first: datetime, base: datetime) -> Iterator[datetime]:
    """Every day that BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY have, at midnight."""
    months, monthdays = rule.of("BYMONTH"), rule.of("BYMONTHDAY")
    yeardays, days = rule.of("BYYEARDAY"), rule.days
    if not (monthdays or yeardays or days):  # what the rule does not say, its first time does
        if rule.freq == WEEKLY or rule.of("BYWEEKNO"):
            days = ((0, first.weekday()),)
        elif rule.freq in (YEARLY, MONTHLY):
            monthdays = (first.day,)
            if rule.freq == YEARLY:
                months = months or (first.month,)
        else:
            days = tuple((0, each) for each in range(_WEEK))
    by_month = rule.freq == MONTHLY or bool(months)
    named = _numbered(days, _WEEKS_OF_A_MONTH if by_month else _WEEKS_OF_A_YEAR)
    if days and not named:
        return iter(())
    begin = base.date() - timedelta(days=_WEEK)
    return iter(
        rrule.rrule(
            rrule.MONTHLY if rule.freq == MONTHLY else rrule.YEARLY,
            dtstart=datetime(begin.year, begin.month if rule.freq == MONTHLY else 1, 1),
            bymonth=months or None,
            bymonthday=monthdays or None,
            byyearday=yeardays or None,
            byweekday=[weekday(each, nth or None) for nth, each in named] or None,
            byhour=0,
            byminute=0,
            bysecond=0,
        )
    )


def _numbered(days: Sequence[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Days without those that no month or year has. Where one is numbered all are: dateutil would
    otherwise want both at once, where RFC 5545 wants either.
    """
    if not any(nth for nth, _ in days):
        return list(days)
    found: dict[tuple[int, int], None] = {}
    for nth, each in days:
        for number in (nth,) if nth else range(1, most + 1):
            if abs(number) <= most:
                found[number, each] = None
    return list(found)


def _of_weeks(day: date, weeks: Sequence[int], start: int) -> bool:
    """Whether a day is in one of these weeks of the year in which most of its week lies, from the
    first or from the last (ISO 8601, with weeks that begin on `start`).
    """
    middle = day.toordinal() - (day.weekday() - start) % _WEEK + 3
    if middle > date.max.toordinal():
        return False
    year = date.fromordinal(middle).year
    number = (middle - date(year, 1, 1).toordinal()) // _WEEK + 1
    last = date(year, 12, 31).toordinal()
    from_the_end = -((last - middle) // _WEEK + 1)
    return number in weeks or from_the_end in weeks
