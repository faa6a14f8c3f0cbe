"""A date as far as it is known: a year, a month, a day, or a moment (ISO 8601, reduced precision).

>>> Moment.parse("2017-02")
Moment(text='2017-02', first=datetime.date(2017, 2, 1), last=datetime.date(2017, 2, 28))
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?Z)?)?)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """`text` as written; it lies between the days `first` and `last`, both included."""

    text: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read YYYY, YYYY-MM, YYYY-MM-DD, or a moment of a day in UTC.

        Raises ValueError with a short reason.
        """
        found = _PARTS.fullmatch(text)
        if found is None or not text.isascii():
            raise ValueError(f"{text!r} is no date such as 2017, 2017-02, or 2017-02-26")
        year, month, day, clock = found.groups()
        try:
            if clock is not None:
                datetime.fromisoformat(text)
            first = date(int(year), int(month or 1), int(day or 1))
            if day is not None:
                return cls(text, first, first)
            until = int(month or 12)
            last = date(int(year), until, calendar.monthrange(int(year), until)[1])
        except (ValueError, IndexError):
            raise ValueError(f"{text!r} is no day that the calendar has") from None
        return cls(text, first, last)

    @property
    def precision(self) -> str:
        """`year`, `month`, `day`, or `moment`."""
        return {4: "year", 7: "month", 10: "day"}.get(len(self.text), "moment")

    @property
    def of_a_day(self) -> bool:
        """Whether the day is known."""
        return self.precision in {"day", "moment"}

    def within(self, first: date, last: date) -> bool:
        """Whether all of it lies between two days, both included."""
        return first <= self.first and self.last <= last
