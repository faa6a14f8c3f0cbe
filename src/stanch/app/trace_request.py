"""The limits of a trace as a user states them."""

from datetime import UTC, datetime

from stanch.errors import UsageError
from stanch.pipeline.trace import Reach


def reach(hops: int | None, until: str | None, least: str | None) -> Reach:
    """Limits from the text of options. Raises UsageError naming the option that cannot be read."""
    return Reach(hops, None if until is None else _time(until), least)


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--until: {text!r} is no ISO 8601 time") from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
