"""Words of bodies and meetings, and texts of several lines."""

from datetime import date
from enum import StrEnum

from stanch.errors import UsageError
from stanch.members.words import typed

MAX_LINES = 20_000  # characters of a paper or a decision


class SeatRole(StrEnum):
    """What a seat is for: co-chairs write, members read, observers read what they may."""

    CO_CHAIR = "co-chair"
    MEMBER = "member"
    OBSERVER = "observer"


class Topic(StrEnum):
    """What an item of an agenda is about."""

    REVIEW = "review"
    THREATS = "threats"
    JURISDICTIONS = "jurisdictions"
    INDUSTRY = "industry"
    SANCTIONS = "sanctions"
    CAPACITY = "capacity"
    PRESS = "press"
    NEXT = "next"
    OTHER = "other"


class Kind(StrEnum):
    """What belongs to a meeting, its actions aside."""

    AGENDA = "agenda"
    PAPER = "paper"
    DECISION = "decision"


class ActionState(StrEnum):
    """How an action stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class MeetingState(StrEnum):
    """Whether a meeting takes place."""

    CALLED = "called"
    CANCELLED = "cancelled"


def lines(field: str, text: str, most: int = MAX_LINES) -> str:
    """A text of several lines, each without what cannot be shown. Raises UsageError."""
    if len(text) > most:
        raise UsageError(f"{field}: longer than {most:,} characters")
    told = [typed(field, line, most) if line.strip() else "" for line in text.splitlines()]
    whole = "\n".join(told).strip()
    if not whole:
        raise UsageError(f"{field}: is empty")
    return whole


def day(field: str, text: str) -> str:
    """A day, as 2026-11-26. Raises UsageError."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise UsageError(f"{field}: {text[:80]!r} is no day, as 2026-11-26 is")
    return text
