"""Times as microseconds since 1970 in UTC, from ISO 8601 text and epoch seconds."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH = re.compile(r"([0-9]{1,15})(?:\.([0-9]*))?")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
END: Final = 253_402_300_800_000_000  # the year 10000


def parse(text: str) -> int:
    """Microseconds since 1970. Finer fractions are cut off; ISO text without a zone is UTC.

    Raises ValueError with a short reason.
    """
    text = text.strip()
    if not text:
        raise ValueError("time is empty")
    if match := _EPOCH.fullmatch(text):
        moment = int(match[1]) * 1_000_000 + int((match[2] or "").ljust(6, "0")[:6])
    else:
        moment = _iso(text)
    if not 0 <= moment < END:
        hint = " (milliseconds? give seconds)" if moment >= END else ""
        raise ValueError(f"time {text} is out of range{hint}")
    return moment


def _iso(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        raise ValueError(f"time {text[:64]!r} is neither ISO 8601 nor epoch seconds") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _START) // _MICROSECOND
