"""The period that somebody asks about, from its two ends as they wrote them."""

from stanch.errors import UsageError
from stanch.model.registry.moment import Moment


def period(first: str, last: str) -> tuple[Moment, Moment]:
    """Both ends, included. Raises UsageError for a date that is none, or for ends in no order."""
    try:
        begin, end = Moment.parse(first), Moment.parse(last)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if end.last < begin.first:
        raise UsageError(f"--last {last} is before --first {first}")
    return begin, end
