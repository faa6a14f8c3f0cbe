"""Birth dates by precision, near misses, contradictions, and many listed alternatives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model.listed import ListedDate
from stanch.screening.facts import births
from stanch.screening.facts.births import evidence


def _day(text: str) -> ListedDate:
    return ListedDate(text, text, text)


def _year(year: int, circa: bool = False) -> ListedDate:
    return ListedDate(str(year), f"{year}-01-01", f"{year}-12-31", circa)


def _said(one: ListedDate, *others: ListedDate) -> tuple[str, float]:
    (found,) = evidence((one,), others)
    return found.code, found.points


MARCH = ListedDate("March 1984", "1984-03-01", "1984-03-31")
DECADE = ListedDate("1980s", "1980-01-01", "1989-12-31")


@pytest.mark.parametrize(
    ("one", "other", "code", "points"),
    [
        (_day("1984-03-05"), _day("1984-03-05"), "birth.day", births.DAY),
        (_day("1984-03-05"), MARCH, "birth.month", births.MONTH),
        (MARCH, MARCH, "birth.month", births.MONTH),
        (_day("1984-03-05"), _year(1984), "birth.year", births.YEAR),
        (_day("1984-01-01"), _day("1984-01-01"), "birth.year", births.YEAR),
        (_day("1984-01-01"), _day("1984-09-09"), "birth.year", births.YEAR),
        (_day("1984-03-05"), DECADE, "birth.span", 0.0),
        (_day("1984-03-05"), _year(1986, circa=True), "birth.circa", births.CIRCA),
        (_day("1984-03-05"), _day("1984-05-03"), "birth.swapped", births.SWAPPED),
        (_day("1984-03-05"), _day("1948-03-05"), "birth.contradicts", births.FAR),
        (_day("1984-03-05"), _day("1994-03-05"), "birth.digit", births.DIGIT),
        (_day("1984-03-05"), _day("1984-11-20"), "birth.other_day", births.OTHER_DAY),
        (_year(1984), _year(1985), "birth.apart", -4.0),
        (_year(1984), _year(1990), "birth.contradicts", -16.0),
        (_day("1984-03-05"), _year(1960), "birth.contradicts", births.FAR),
    ],
)
def test_two_dates(one: ListedDate, other: ListedDate, code: str, points: float) -> None:
    assert _said(one, other) == (code, points)
    assert _said(other, one) == (code, points)


def test_the_best_of_many_listed_dates_counts_and_pays_for_the_tries() -> None:
    code, points = _said(_day("1984-03-05"), _day("1950-01-02"), _day("1984-03-05"), _year(1963))
    assert code == "birth.day"
    assert points == round(births.DAY - 4.771, 1)


def test_many_tries_never_turn_an_agreement_into_a_reason_against() -> None:
    years = tuple(_year(year) for year in range(1930, 1990))
    assert _said(_year(1950), *years) == ("birth.year", 0.0)


def test_a_text_that_is_no_date_says_nothing() -> None:
    assert evidence((ListedDate("unknown"),), (_day("1984-03-05"),)) == []
    assert evidence((_day("1984-03-05"),), (ListedDate("1370"),)) == []


@given(st.dates(), st.dates())
def test_the_farther_apart_two_days_are_the_more_they_lower(one: object, other: object) -> None:
    mine, theirs = _day(str(one)), _day(str(other))
    code, points = _said(mine, theirs)
    years = abs(int(mine.first[:4]) - int(theirs.first[:4]))
    if years > 10 and code != "birth.digit":
        assert points <= -16
    assert points <= births.DAY
