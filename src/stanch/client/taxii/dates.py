"""Times that servers write: of one form, so that the newest is the greatest text."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


def normal(text: object) -> str:
    """A time as TAXII 2.1 has it, to the microsecond; empty where it is none.

    >>> normal("2024-05-31T04:26:47Z")
    '2024-05-31T04:26:47.000000Z'
    """
    if not isinstance(text, str) or len(text) > 40:
        return ""
    try:
        at = datetime.fromisoformat(text.strip())
        return _text(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return ""


def earlier(at: str, **by: float) -> str:
    """A normal time so many seconds or microseconds before; the same where there is none."""
    try:
        return _text(datetime.fromisoformat(at) - timedelta(**by))
    except OverflowError:
        return at


def of_http(header: str | None) -> str:
    """The normal time of a `Date` header; empty where it is none."""
    try:
        return _text(parsedate_to_datetime(header or "").replace(tzinfo=UTC))
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
