"""A recurrence rule as it is written: every RRULE of RFC 5545, section 3.3.10, and no other.

>>> parsed("FREQ=MONTHLY;BYDAY=2TU,-1FR").days
((2, 1), (-1, 4))
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from stanch.errors import UsageError

YEARLY, MONTHLY, WEEKLY, DAILY = "YEARLY", "MONTHLY", "WEEKLY", "DAILY"
HOURLY, MINUTELY, SECONDLY = "HOURLY", "MINUTELY", "SECONDLY"
FREQUENCIES: Final = (YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY)
LONGEST: Final = 8000  # characters of a rule: all of its lists in full are shorter
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST: Final = 2_147_483_647  # an integer of the RFC, section 3.3.8
# The least and the most of each list, and whether it counts from the end too.
_LISTS: Final[Mapping[str, tuple[int, int, bool]]] = {
    "BYSECOND": (0, 60, False),
    "BYMINUTE": (0, 59, False),
    "BYHOUR": (0, 23, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYMONTH": (1, 12, False),
    "BYSETPOS": (1, 366, True),
}
_PARTS: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_LISTS})
# What the RFC's table of frequencies has as N/A.
_NOT_WITH: Final[Mapping[str, frozenset[str]]] = {
    "BYWEEKNO": frozenset(FREQUENCIES) - {YEARLY},
    "BYYEARDAY": frozenset({DAILY, WEEKLY, MONTHLY}),
    "BYMONTHDAY": frozenset({WEEKLY}),
}
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}")
_DAY: Final = re.compile(r"([+-]?\d{1,2})?([A-Z]{2})")
_UNTIL: Final = re.compile(r"\bUNTIL=(\d{8})(?:T(\d{6})(Z?))?(?=;|$)")
_BASIC: Final = "%Y%m%dT%H%M%S"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The parts of a rule. `until` is by the clocks, and included; `week_start` counts from Monday
    as 0; `days` are weekdays with which of them (0 for each); `lists` has the others by name.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    lists: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[int, ...]:
        """A list by its name, as BYMONTH; empty where the rule has none."""
        return self.lists.get(name, ())


def normal(text: str, zone: ZoneInfo) -> str:
    """A rule in capitals, without what stands around it, its UNTIL by the clocks of `zone`.

    RFC 5545 has UNTIL in UTC where the first time has a zone. One that is a day alone, as is often
    written, is to that day's end. Raises UsageError.
    """
    text = text.strip().upper().removeprefix("RRULE:")
    if not text or len(text) > LONGEST or not text.isascii() or not text.isprintable():
        raise UsageError(f"rule: {text[:80]!r} is no RRULE, as FREQ=MONTHLY;INTERVAL=3 is")
    found = _UNTIL.search(text)
    if found is None:
        return text
    until = _time(found[1], found[2] or "235959")
    if found[3]:
        until = _by_the_clocks(until, zone)
    return text.replace(found[0], f"UNTIL={until:%Y%m%dT%H%M%S}")


def parsed(text: str) -> Recurrence:
    """The parts of a rule that is `normal`. Raises UsageError, with what is to be mended."""
    said = _said(text)
    freq = said.pop("FREQ", "")
    if freq not in FREQUENCIES:
        raise UsageError(f"rule: FREQ is to be one of: {', '.join(FREQUENCIES)}")
    if "COUNT" in said and "UNTIL" in said:
        raise UsageError("rule: COUNT and UNTIL do not go together; leave one out")
    for name, never in _NOT_WITH.items():
        if name in said and freq in never:
            raise UsageError(f"rule: {name} does not go with FREQ={freq}")
    if "BYSETPOS" in said and not any(each.startswith("BY") for each in set(said) - {"BYSETPOS"}):
        raise UsageError("rule: BYSETPOS needs another part that begins with BY")
    return Recurrence(
        freq,
        _positive("INTERVAL", said.get("INTERVAL", "1")),
        _positive("COUNT", said["COUNT"]) if "COUNT" in said else None,
        _until(said["UNTIL"]) if "UNTIL" in said else None,
        _weekday("WKST", said.get("WKST", "MO")),
        _days(freq, said) if "BYDAY" in said else (),
        {name: _numbers(name, said[name]) for name in _LISTS if name in said},
    )


def _said(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(";")]
    said = {name: value for name, _, value in pairs}
    if len(said) < len(pairs) or not all(said.values()):
        raise UsageError(f"rule: {text[:80]!r} has a part twice, or one without a value")
    for name in said:
        if name not in _PARTS:
            raise UsageError(f"rule: {name[:40]!r} is no part of an RRULE")
    return said


def _positive(name: str, value: str) -> int:
    if not value.isdigit() or len(value) > len(str(_MOST)) or not 1 <= int(value) <= _MOST:
        raise UsageError(f"rule: {name} is from 1 to {_MOST}")
    return int(value)


def _numbers(name: str, value: str) -> tuple[int, ...]:
    least, most, both = _LISTS[name]
    found = set()
    for each in value.split(","):
        number = int(each) if _NUMBER.fullmatch(each) else None
        within = number is not None and least <= (abs(number) if both else number) <= most
        if number is None or not within:
            ends = f" or from -{most} to -{least}" if both else ""
            raise UsageError(f"rule: {name} has numbers from {least} to {most}{ends}")
        found.add(number)
    return tuple(sorted(found))


def _days(freq: str, said: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    found: dict[tuple[int, int], None] = {}
    for each in said["BYDAY"].split(","):
        day = _DAY.fullmatch(each)
        if day is None or (day[1] and not 1 <= abs(int(day[1])) <= 53):
            raise UsageError(f"rule: BYDAY has days as TU, 2TU and -1FR are, not {each[:20]!r}")
        if day[1] and (freq not in (YEARLY, MONTHLY) or "BYWEEKNO" in said):
            raise UsageError(
                f"rule: {each[:20]} in BYDAY goes with FREQ=MONTHLY, and with FREQ=YEARLY that has "
                "no BYWEEKNO"
            )
        found[int(day[1] or 0), _weekday("BYDAY", day[2])] = None
    return tuple(found)


def _weekday(name: str, value: str) -> int:
    if value not in _WEEKDAYS:
        raise UsageError(f"rule: {name}: {value[:20]!r} is none of {', '.join(_WEEKDAYS)}")
    return _WEEKDAYS.index(value)


def _until(value: str) -> datetime:
    found = _UNTIL.fullmatch(f"UNTIL={value}")
    if found is None or not found[2] or found[3]:
        raise UsageError(f"rule: UNTIL={value[:40]} is no time, as 20271231T000000Z is")
    return _time(found[1], found[2])


def _time(day: str, time: str) -> datetime:
    try:
        return datetime.strptime(f"{day}T{time}", _BASIC)
    except ValueError:
        raise UsageError(f"rule: UNTIL={day}T{time} is no time, as 20271231T000000Z is") from None


def _by_the_clocks(until: datetime, zone: ZoneInfo) -> datetime:
    """A moment of UTC as the clocks show it: the last time that they show by then.

    In an hour that they show twice, a rule's times are of the first; all of these have been.
    """
    try:
        at = until.replace(tzinfo=UTC).astimezone(zone)
        shown = at.replace(tzinfo=None, fold=0)
        if at.fold:
            while shown.replace(tzinfo=zone).utcoffset() != at.utcoffset():
                shown = shown.replace(second=0) + timedelta(minutes=1)
            shown -= timedelta(seconds=1)
    except (ValueError, OverflowError):
        raise UsageError(f"rule: UNTIL={until:%Y%m%dT%H%M%S}Z is no time") from None
    return shown
