"""Times of logins and commits, and the offset that a person claims to live at."""

import math
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stanch.model.personas.values import NO_TIME

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−]?)(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MOST = 14 * 60  # minutes: no place is further from UTC
_END = 253_402_300_800  # the year 10000


def login(text: str, time: int) -> tuple[str, int]:
    """Minutes since midnight in UTC, and the moment where it is known.

    A number below 24 is an hour of the day, `HH:MM` too; any other a moment. Raises ValueError.

    >>> login("21.9", NO_TIME)[0], login("2026-01-02T03:04:05Z", NO_TIME)
    ('1314', ('184', 1767323045000000))
    """
    if time != NO_TIME:
        return _minute(time), time
    if match := _CLOCK.fullmatch(text):
        return str(int(match[1]) * 60 + int(match[2])), NO_TIME
    hour = _number(text)
    if hour is not None and 0 <= hour < 24:
        return str(math.floor(hour * 60 + 0.5) % 1440), NO_TIME
    moment = _moment(text, hour)[0]
    return _minute(moment), moment


def commit(text: str, time: int) -> tuple[str, int]:
    """Minutes east of UTC that a commit says, and its moment. Raises ValueError without offset.

    >>> commit("2026-01-02T12:04:05+09:00", NO_TIME)
    ('540', 1767323045000000)
    """
    moment, offset = _moment(text, None)
    if offset is None:
        raise ValueError("has no offset from UTC")
    return str(offset), moment


def offset_hours(text: str) -> str:
    """Minutes east of UTC, from hours such as -6, +5:30 or 5.5. Raises ValueError."""
    number = _number(text)
    if number is None:
        match = _OFFSET.fullmatch(text.strip())
        if match is None:
            raise ValueError("is no offset from UTC")
        sign = -1 if match[1] in ("-", "−") else 1
        number = sign * (int(match[2]) + int(match[3] or 0) / 60)
    if not -_MOST <= (minutes := round(number * 60)) <= _MOST:
        raise ValueError("is no offset from UTC")
    return str(minutes)


def zone_offsets(text: str) -> list[str]:
    """Minutes east of UTC that a zone has in winter and in summer, each once. Raises ValueError."""
    try:
        zone = ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is no zone of the tz database") from None
    year = 2026  # rules of zones change rarely; linking allows for more than an hour
    found = [datetime(year, month, 15, tzinfo=zone).utcoffset() for month in (1, 7)]
    return list(dict.fromkeys(str(round(each.total_seconds() / 60)) for each in found if each))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _moment(text: str, number: float | None) -> tuple[int, int | None]:
    if number is not None:
        if not 86_400 <= number < _END:
            raise ValueError("is no time")
        return round(number * 1_000_000), None
    try:
        said = datetime.fromisoformat(text.removesuffix(" UTC"))
        offset = said.utcoffset()
        at = said if offset is not None else said.replace(tzinfo=UTC)
        moment = (at - _START) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        raise ValueError("is no time") from None
    if moment < 0:
        raise ValueError("is no time")
    return moment, None if offset is None else round(offset.total_seconds() / 60)


def _minute(moment: int) -> str:
    return str(moment // 60_000_000 % 1440)
