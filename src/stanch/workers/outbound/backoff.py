"""When a webhook that failed is tried again, and when no more. Pure.

Exponential back-off with full jitter (Marc Brooker, "Exponential Backoff And Jitter", AWS
Architecture Blog, 2015): the wait is drawn evenly from nothing to a window that doubles. Without
the draw all that failed together would come back together.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from random import Random
from typing import Final

FIRST: Final = timedelta(seconds=10)  # the first window; an order is worth minutes
WIDEST: Final = timedelta(hours=1)  # also the longest wait that Retry-After may ask for
SHORTEST: Final = timedelta(seconds=1)  # a draw near nothing must not become a busy loop
GIVEN_UP: Final = timedelta(days=3)  # a long weekend; then the pull feed is left


def next_try(
    first: datetime, now: datetime, tries: int, random: Random, retry_after: str | None = None
) -> datetime | None:
    """When to try again a message that was first tried at `first` and has failed `tries` times.

    `retry_after` is the header of the last answer, as it came: seconds or a date (RFC 9110,
    10.2.3). It can lengthen the wait, to an hour at most, and never shortens it. None: three days
    are over, the message stays in the pull feed, and the member's contact has to be told.
    """
    # 2 ** 9 windows are above an hour already; a huge count must not make a huge number.
    window = min(FIRST * 2 ** min(max(tries, 1) - 1, 16), WIDEST)
    wait = max(window * random.random(), SHORTEST, min(_asked(retry_after, now), WIDEST))
    # A clock that went back does not lengthen the three days: it is measured from `now` at least.
    start = min(first, now)
    return now + wait if now + wait <= start + GIVEN_UP else None


def _asked(retry_after: str | None, now: datetime) -> timedelta:
    """What the answer asks for; nothing where it makes no sense or lies in the past."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=int(text)) if len(text) <= 9 else WIDEST
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return timedelta(0)
    # A date of HTTP is in GMT even where "-0000" leaves it without a zone.
    return max(when.replace(tzinfo=when.tzinfo or UTC) - now, timedelta(0))
