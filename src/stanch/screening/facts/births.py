"""Birth dates: what two of them say, as precisely as the coarser of the two is known.

Weights in decibans, 10 log10(how often among records of one person / how often among others):

* The adults of one generation are born on some 25,000 days, but not evenly, and half of the
  records of one person give the same day: 10 log10(25,000 / 3 * 1/2) = 36. A month is a twelfth of
  45 years, 20; a year 10. A wider span is worth its share of that: 10 log10(45 / 3 / years).
* 1 January is what clerks write who know a year only: it counts as the year.
* "Circa" and two years to either side agree by chance in one of four or five: 4.
* Day and month swapped (6 May, 5 June) is a clerk's habit, one digit off a slip of the finger.
  Swapped dates of others are one in 25,000, but a date has some thirty neighbours by a digit: 15
  and 6.
* Otherwise dates that differ lower. One record in six of the same person has another year, mostly
  the next one; one in a hundred is more than ten years away: 10 log10(1/100 / 0.8) = -19.
  Same year, other day, is half a slip and half another person: -3.

With several listed dates chance has several tries: an agreement loses 10 log10(their number), yet
never becomes a reason against. The best pair counts, since any of the dates may be the true one.
"""

from datetime import date
from functools import lru_cache
from itertools import product
from math import log10
from typing import Final

from stanch.model.hits import Evidence
from stanch.model.listed import ListedDate

DAY: Final = 36.0
MONTH: Final = 20.0
YEAR: Final = 10.0
CIRCA: Final = 4.0
SWAPPED: Final = 15.0
DIGIT: Final = 6.0
OTHER_DAY: Final = -3.0
# (years between at most, decibans); beyond the last it is FAR
APART: Final = ((1, -4.0), (3, -8.0), (5, -12.0), (10, -16.0))
FAR: Final = -19.0
AROUND: Final = 2  # years to either side that "circa" and the like leave open
CONTRADICTS: Final = 3  # years; from here on two dates are called a contradiction

_DAYS: Final = 365.25
_Span = tuple[int, int]  # first and last day, as date.toordinal


def evidence(subject: tuple[ListedDate, ...], listed: tuple[ListedDate, ...]) -> list[Evidence]:
    """The best that any two of the dates say; nothing where one side has no date."""
    dated = [date for date in listed if date.first]
    pairs = [_compare(one, other) for one, other in product(subject, dated) if one.first]
    if not pairs:
        return []
    best = max(pairs, key=lambda found: found.points)
    if best.points <= 0 or len(pairs) == 1:
        return [best]
    tries = len({(one.first, other.first) for one, other in product(subject, dated) if one.first})
    points = round(max(best.points - 10 * log10(tries), 0.0), 1)
    return [Evidence(best.code, points, best.subject, best.listed, str(tries))]


def _compare(one: ListedDate, other: ListedDate) -> Evidence:
    code, points = _verdict(one, other)
    return Evidence(code, points, one.text or one.first, other.text or other.first)


def _verdict(one: ListedDate, other: ListedDate) -> tuple[str, float]:
    mine, theirs = _span(one.first, one.last), _span(other.first, other.last)
    years = _years_between(mine, theirs)
    vague = one.circa or other.circa
    if years == 0 and not vague:
        return _agreement(mine, theirs)
    if vague and years <= AROUND:
        return "birth.circa", CIRCA
    if _is_day(mine) and _is_day(theirs) and (slip := _slip(one.first, other.first)):
        return slip
    if one.first[:4] == other.first[:4]:
        return "birth.other_day", OTHER_DAY
    beyond = years - AROUND * vague
    points = next((points for limit, points in APART if beyond <= limit), FAR)
    return ("birth.contradicts" if beyond > CONTRADICTS else "birth.apart"), points


def _agreement(mine: _Span, theirs: _Span) -> tuple[str, float]:
    days = max(mine[1] - mine[0], theirs[1] - theirs[0]) + 1
    if days == 1:
        return "birth.day", DAY
    if days <= 31:
        return "birth.month", MONTH
    if days <= 366:
        return "birth.year", YEAR
    return "birth.span", round(max(YEAR - 10 * log10(days / _DAYS), 0.0), 1)


def _slip(one: str, other: str) -> tuple[str, float] | None:
    """What a clerk may have done between two days, both as YYYY-MM-DD; None where nothing."""
    if one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
        return "birth.swapped", SWAPPED
    if sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1:
        return "birth.digit", DIGIT
    return None


@lru_cache(1 << 16)
def _span(first: str, last: str) -> _Span:
    last = last or first
    if first == last and first.endswith("-01-01"):
        last = f"{first[:4]}-12-31"
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def _is_day(span: _Span) -> bool:
    return span[0] == span[1]


def _years_between(mine: _Span, theirs: _Span) -> float:
    """Years between the nearest days of two spans; 0 where they overlap."""
    return max(theirs[0] - mine[1], mine[0] - theirs[1], 0) / _DAYS
