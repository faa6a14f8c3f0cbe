"""Dates as lists write them, with the precision that they have: text -> `ListedDate`.

Read are days, months, years, decades and spans of them, in the habits of the lists in force:
"15 Jul 1947", "Jul 1947", "circa 1947", "1958 to 1962", "between 3 May 1958 and 1962", "1960s",
"1947-07-15", "00/00/1947" (UK: month and day not known), "07/15/1947" (US, `order="mdy"`),
"1947年7月15日", "1947.7.15". Whatever else a text says, it is kept and has no bounds.

Years are read from 1800 to 2199. Others are years of another calendar (1370 is 1951 in the Hijri
calendar), and to take them for Gregorian ones would clear the right person.
"""

import calendar
import re
from typing import Final

from stanch.model.listed import ListedDate

_MONTHS: Final = {name.casefold(): at for at, name in enumerate(calendar.month_abbr) if name}
_FIRST_YEAR: Final = 1800
_LAST_YEAR: Final = 2199
_LONGEST: Final = 80  # characters; a longer text is a sentence, no date

_CIRCA = re.compile(
    r"^(?:circa|ca\.?|c\.|about|around|approx(?:\.|imately)?|estimated|possibly|probably)\s*"
    r"|\s*\(?(?:approx(?:\.|imately)?|circa|estimated)\)?$",
    re.IGNORECASE,
)
_SPANS: Final = (
    re.compile(r"(?:between|from)\s+(.+?)\s+(?:and|to|until)\s+(.+)", re.IGNORECASE),
    re.compile(r"(.+?)\s+(?:to|until)\s+(.+)", re.IGNORECASE),
    re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4})"),
    re.compile(r"(.*\d{4})\s+[-–—]\s+(.+)"),
)
_DECADE = re.compile(r"(?:the\s+)?(early|mid|late)?[\s-]*(\d{3}0)['’]?s", re.IGNORECASE)
_DECADE_PARTS: Final = {"": (0, 9), "early": (0, 4), "mid": (3, 6), "late": (5, 9)}
_ISO = re.compile(
    r"(\d{4})[-./年년](?:\s*(\d{1,2})(?:[-./月월](?:\s*(\d{1,2})[日일.]?)?)?)?(?:T[\d:.]+Z?)?"
)
_NUMBERS = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[\s.-]+)?([A-Za-z]{3,9})[\s.,-]+(\d{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_YEAR = re.compile(r"\d{4}")

Bounds = tuple[str, str]


def listed_date(text: str, order: str = "dmy") -> ListedDate:
    """The date that a list writes as `text`. `order` says how 01/02/1947 is meant: dmy or mdy.

    Where only the other order gives a date (13/25/1947 as dmy), that one is meant.
    """
    text = text.strip()
    plain = " ".join(text.split())
    if not plain or len(plain) > _LONGEST:
        return ListedDate(text)
    bare = _CIRCA.sub("", plain)
    first, last = _bounds(bare, order)
    return ListedDate(text, first, last, circa=bare != plain)


def date_span(first: str, last: str, circa: bool = False) -> ListedDate:
    """A span of which a list gives both ends, each as text. One end alone stands for both."""
    text = " to ".join(filter(None, (first.strip(), last.strip())))
    read = listed_date(text)
    return ListedDate(text, read.first, read.last, circa or read.circa)


def iso_day(text: str, order: str = "dmy") -> str:
    """The text as one ISO 8601 day, or empty where it is none or says less than a day."""
    read = listed_date(text, order)
    return read.first if read.first == read.last and not read.circa else ""


def _bounds(text: str, order: str) -> Bounds:
    for pattern in _SPANS:
        if match := pattern.fullmatch(text):
            first, last = _single(_bare(match[1]), order), _single(_bare(match[2]), order)
            if not first[0] and last[0] and re.fullmatch(r"\d{1,2}|[A-Za-z]{3,9}\.?", match[1]):
                first = _single(f"{match[1]} {match[2][-4:]}", order)  # "May to June 1960"
            ordered = first[0] and last[0] and first[0] <= last[1]
            return (first[0], last[1]) if ordered else ("", "")
    return _single(text, order)


def _bare(text: str) -> str:
    return _CIRCA.sub("", text.strip())


def _single(text: str, order: str) -> Bounds:
    if _YEAR.fullmatch(text):
        return _enclosed(int(text), 0, 0)
    if match := _DECADE.fullmatch(text):
        return _decade(int(match[2]), (match[1] or "").casefold())
    if match := _ISO.fullmatch(text):
        return _enclosed(int(match[1]), int(match[2] or 0), int(match[3] or 0))
    if match := _NUMBERS.fullmatch(text):
        return _numbers(int(match[1]), int(match[2]), int(match[3]), order)
    if match := _DAY_FIRST.fullmatch(text):
        return _named(int(match[1] or 0), match[2], int(match[3]))
    if match := _MONTH_FIRST.fullmatch(text):
        return _named(int(match[2]), match[1], int(match[3]))
    return "", ""


def _decade(year: int, part: str) -> Bounds:
    first, last = _DECADE_PARTS[part]
    return _enclosed(year + first, 0, 0)[0], _enclosed(year + last, 0, 0)[1]


def _numbers(one: int, two: int, year: int, order: str) -> Bounds:
    day, month = (one, two) if order == "dmy" else (two, one)
    found = _enclosed(year, month, day)
    return found if found[0] else _enclosed(year, day, month)


def _named(day: int, month: str, year: int) -> Bounds:
    number = _MONTHS.get(month[:3].casefold(), 0)
    whole = calendar.month_name[number].casefold()
    said = month.casefold()
    if not number or not (whole.startswith(said) or said == "sept"):
        return "", ""
    return _enclosed(year, number, day)


def _enclosed(year: int, month: int, day: int) -> Bounds:
    """First and last day of what is known; a month or day of 0 is not known."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR or month > 12 or (day and not month):
        return "", ""
    if not month:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    longest = calendar.monthrange(year, month)[1]
    if day > longest:
        return "", ""
    return f"{year:04}-{month:02}-{day or 1:02}", f"{year:04}-{month:02}-{day or longest:02}"
