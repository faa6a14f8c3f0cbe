"""Timestamps as STIX has them: RFC 3339, UTC, `Z`, to the millisecond or finer."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

from stanch.model.registry.moment import Moment

_FORM: Final = re.compile(
    r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?Z", re.ASCII
)


def is_timestamp(text: object) -> bool:
    """Whether it is a timestamp of STIX 2.1, section 2.16, and a day that the calendar has."""
    if not isinstance(text, str) or not _FORM.fullmatch(text):
        return False
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def order_of(text: str) -> tuple[str, str]:
    """What timestamps sort by: as text, a second would sort after its parts."""
    whole, _, parts = text.removesuffix("Z").partition(".")
    return whole, parts.rstrip("0")


def newest(texts: Iterable[str]) -> str:
    """The latest of some timestamps, as it is written. Raises ValueError for none."""
    return max(texts, key=order_of)


def of_day(day: date) -> str:
    """The first moment of a day."""
    return f"{day.isoformat()}T00:00:00.000Z"


def of_moment(moment: Moment) -> str:
    """The first moment of a date that is known to a year, a month, a day, or a moment."""
    return of_text(moment.text) if moment.precision == "moment" else of_day(moment.first)


def of_text(text: str) -> str:
    """An ISO 8601 moment with a zone, in UTC: milliseconds, or microseconds where it has them.

    >>> of_text("2024-05-31T13:26:47+09:00")
    '2024-05-31T04:26:47.000Z'

    Raises ValueError where it is no such moment.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} says no time zone")
    utc = at.astimezone(UTC).replace(tzinfo=None)
    fine = "microseconds" if utc.microsecond % 1000 else "milliseconds"
    return utc.isoformat(timespec=fine) + "Z"
