"""Times of the desk, moved: `2026-11-26T19:03:00.000000Z` and an hour."""

from datetime import timedelta

from stanch.store.desk.transaction import moment, stamp


def moved(at: str, **by: float) -> str:
    """The stamp `by` so many days, hours, minutes or seconds later, or earlier where negative."""
    return stamp(moment(at) + timedelta(**by))


def seconds(start: str, end: str) -> float:
    """How many seconds lie between two stamps."""
    return (moment(end) - moment(start)).total_seconds()
