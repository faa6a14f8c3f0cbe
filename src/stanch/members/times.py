"""Times of the desk, typed and moved: `2026-11-26T19:03:00.000000Z` and an hour."""

from datetime import timedelta

from stanch.errors import UsageError
from stanch.store.desk.transaction import moment, stamp


def moved(at: str, **by: float) -> str:
    """The stamp `by` so many days, hours, minutes or seconds later, or earlier where negative."""
    return stamp(moment(at) + timedelta(**by))


def seconds(start: str, end: str) -> float:
    """How many seconds lie between two stamps."""
    return (moment(end) - moment(start)).total_seconds()


def zoned(field: str, text: str) -> str:
    """The stamp of a time that somebody wrote. Raises UsageError where it is none, has no zone, or
    lies beyond the calendar once it is told in UTC.
    """
    try:
        at = moment(text)
        if at.tzinfo is None:
            raise ValueError
        return stamp(at)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{field}: {text[:80]!r} is no time with a zone, as 2026-11-26T19:03:00Z is"
        ) from None
