"""Recurrence rules the plain way: every day and every second is asked whether it fits each part.

Written from RFC 5545, section 3.3.10, without a library; days may be asked for years, seconds only
within the units that a rule counts.
"""

from calendar import isleap, monthrange
from datetime import date, datetime, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LENGTHS = {"DAILY": 86400, "HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}


def times(text, first, end):
    """All times of a rule from `first` until before `end`, by the clocks."""
    parts = dict(each.split("=") for each in text.split(";"))
    freq, interval = parts["FREQ"], int(parts.get("INTERVAL", 1))
    found = []
    for number, unit in enumerate(units(freq, parts, first, end)):
        if number % interval:
            continue
        inside = [at for at in candidates(freq, parts, first, unit) if fits(freq, parts, first, at)]
        for at in chosen(parts, sorted(set(inside))):
            if at >= first:
                found.append(at)
    return [at for at in found[: int(parts.get("COUNT", len(found)))] if at < end]


def units(freq, parts, first, end):
    """The begin of each year, month, week, day, hour, minute or second, from that of `first`."""
    day = datetime(first.year, first.month, first.day)
    if freq == "YEARLY":
        return [datetime(year, 1, 1) for year in range(first.year, end.year + 1)]
    if freq == "MONTHLY":
        last = 12 * end.year + end.month
        return [datetime((each - 1) // 12, (each - 1) % 12 + 1, 1)
                for each in range(12 * first.year + first.month, last + 1)]  # fmt: skip
    if freq == "WEEKLY":
        start = WEEKDAYS.index(parts.get("WKST", "MO"))
        begin, step = day - timedelta((day.weekday() - start) % 7), timedelta(7)
    else:
        length = LENGTHS[freq]
        second = 3600 * first.hour + 60 * first.minute + first.second
        begin = day + timedelta(seconds=second // length * length)
        step = timedelta(seconds=length)
    found = []
    while begin < end:
        found.append(begin)
        begin += step
    return found


def candidates(freq, parts, first, unit):
    """Every time in a unit whose hour, minute and second may be."""
    days = {"YEARLY": 365 + isleap(unit.year), "MONTHLY": monthrange(unit.year, unit.month)[1],
            "WEEKLY": 7}.get(freq, 1)  # fmt: skip
    rank = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY").index(freq)

    def values(name, of, most, counted):
        if rank >= counted:  # the unit itself says it
            return [of(unit)]
        return numbers(parts, name) or [of(first)]

    for number in range(days):
        day = unit + timedelta(number)
        for hour in values("BYHOUR", lambda at: at.hour, 24, 4):
            for minute in values("BYMINUTE", lambda at: at.minute, 60, 5):
                for second in values("BYSECOND", lambda at: at.second, 60, 6):
                    yield day.replace(hour=hour, minute=minute, second=min(second, 59))


def numbers(parts, name):
    return [int(each) for each in parts[name].split(",")] if name in parts else []


def fits(freq, parts, first, at):
    day, last = at.date(), monthrange(at.year, at.month)[1]
    length = 365 + isleap(at.year)
    year_day = day.timetuple().tm_yday
    monthdays, yeardays = numbers(parts, "BYMONTHDAY"), numbers(parts, "BYYEARDAY")
    months, days, weeks = numbers(parts, "BYMONTH"), parts.get("BYDAY"), numbers(parts, "BYWEEKNO")
    if not (monthdays or yeardays or days):
        if freq == "WEEKLY" or weeks:
            days = WEEKDAYS[first.weekday()]
        elif freq in ("YEARLY", "MONTHLY"):
            monthdays = [first.day]
            if freq == "YEARLY":
                months = months or [first.month]
    checks = [
        not months or at.month in months,
        not monthdays or at.day in monthdays or at.day - last - 1 in monthdays,
        not yeardays or year_day in yeardays or year_day - length - 1 in yeardays,
        not weeks or of_weeks(day, weeks, WEEKDAYS.index(parts.get("WKST", "MO"))),
        not days or any(of_day(each, day, freq == "MONTHLY" or bool(months))
                        for each in days.split(",")),
        "BYHOUR" not in parts or at.hour in numbers(parts, "BYHOUR"),
        "BYMINUTE" not in parts or at.minute in numbers(parts, "BYMINUTE"),
        "BYSECOND" not in parts
        or at.second in [min(each, 59) for each in numbers(parts, "BYSECOND")],
    ]  # fmt: skip
    return all(checks)


def of_day(said, day, by_month):
    """`TU`, `2TU` or `-1TU`: by counting the days alike from the begin or the end."""
    if WEEKDAYS[day.weekday()] != said[-2:]:
        return False
    if len(said) == 2:
        return True
    first = date(day.year, day.month if by_month else 1, 1)
    last = date(day.year, day.month, monthrange(day.year, day.month)[1]) if by_month else (
        date(day.year, 12, 31))  # fmt: skip
    before = sum(first <= day - timedelta(7 * each) for each in range(54))
    after = sum(day + timedelta(7 * each) <= last for each in range(54))
    return int(said[:-2]) in (before, -after)


def of_weeks(day, weeks, start):
    """Weeks of a year are those with four days in it; counted from both ends."""
    begin = day - timedelta((day.weekday() - start) % 7)
    inside = [begin + timedelta(each) for each in range(7)]
    year = max({each.year for each in inside}, key=lambda one: sum(e.year == one for e in inside))
    of_year = [begin]
    while most_in(of_year[0] - timedelta(7), year):
        of_year.insert(0, of_year[0] - timedelta(7))
    while most_in(of_year[-1] + timedelta(7), year):
        of_year.append(of_year[-1] + timedelta(7))
    place = of_year.index(begin)
    return place + 1 in weeks or place - len(of_year) in weeks


def most_in(begin, year):
    return sum((begin + timedelta(each)).year == year for each in range(7)) >= 4


def chosen(parts, found):
    if "BYSETPOS" not in parts:
        return found
    places = {each - 1 if each > 0 else len(found) + each for each in numbers(parts, "BYSETPOS")}
    return [at for place, at in enumerate(found) if place in places]
