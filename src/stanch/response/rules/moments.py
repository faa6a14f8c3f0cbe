"""Times of orders and statements as moments."""

from datetime import datetime

from stanch.errors import RefusedError


def moment(text: str) -> datetime:
    """Read `2026-11-26T19:03:00Z`. Raises RefusedError where it is no time in UTC so written."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or len(text) < 20 or text[10] != "T" or not text.endswith("Z"):
        raise RefusedError(f"{text!r} is not a time such as 2026-11-26T19:03:00Z")
    return read
