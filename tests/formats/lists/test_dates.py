import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.lists.dates import date_span, iso_day, listed_date
from stanch.model.listed import ListedDate


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("15 Jul 1947", "1947-07-15", "1947-07-15"),
        ("15th July 1947", "1947-07-15", "1947-07-15"),
        ("July 15, 1947", "1947-07-15", "1947-07-15"),
        ("1947-07-15", "1947-07-15", "1947-07-15"),
        ("1947-07-15T00:00:00Z", "1947-07-15", "1947-07-15"),
        ("1947年7月15日", "1947-07-15", "1947-07-15"),
        ("1947년 7월 15일", "1947-07-15", "1947-07-15"),
        ("1947.7.15.", "1947-07-15", "1947-07-15"),
        ("15/07/1947", "1947-07-15", "1947-07-15"),
        ("07/15/1947", "1947-07-15", "1947-07-15"),
        ("01/02/1947", "1947-02-01", "1947-02-01"),
        ("Feb 1948", "1948-02-01", "1948-02-29"),
        ("Sept. 1962", "1962-09-01", "1962-09-30"),
        ("00/02/1947", "1947-02-01", "1947-02-28"),
        ("00/00/1947", "1947-01-01", "1947-12-31"),
        ("1947-00-00", "1947-01-01", "1947-12-31"),
        ("1947", "1947-01-01", "1947-12-31"),
        ("1958 to 1962", "1958-01-01", "1962-12-31"),
        ("1958-1962", "1958-01-01", "1962-12-31"),
        ("between 3 May 1958 and Jun 1962", "1958-05-03", "1962-06-30"),
        ("23 Nov 1951 to 24 Nov 1952", "1951-11-23", "1952-11-24"),
        ("May to June 1960", "1960-05-01", "1960-06-30"),
        ("Between Aug. and Sep. 1977", "1977-08-01", "1977-09-30"),
        ("between Sept. and Oct. 1977", "1977-09-01", "1977-10-31"),
        ("1960s", "1960-01-01", "1969-12-31"),
        ("early 1960s", "1960-01-01", "1964-12-31"),
        ("Late 1960s", "1965-01-01", "1969-12-31"),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(text: str, first: str, last: str):
    assert listed_date(text) == ListedDate(text, first, last)


@pytest.mark.parametrize("text", ["circa 1947", "c. 1947", "Approximately 1947", "1947 (approx.)"])
def test_what_is_about_a_year_says_so(text: str):
    assert listed_date(text) == ListedDate(text, "1947-01-01", "1947-12-31", circa=True)


@pytest.mark.parametrize(
    "text",
    ["", "unknown", "1370", "31 Feb 1960", "13/13/1960", "1962 to 1958", "Foo 1960", "1955-56"],
)
def test_what_is_no_date_keeps_its_text_and_has_no_bounds(text: str):
    assert listed_date(text) == ListedDate(text)


def test_americans_put_the_month_first():
    assert iso_day("01/02/1947", "mdy") == "1947-01-02"
    assert iso_day("01/02/1947") == "1947-02-01"


def test_less_than_a_day_is_no_day():
    assert iso_day("Jan 1947") == iso_day("circa 3 Jan 1947") == iso_day("soon") == ""


def test_a_span_of_two_fields():
    assert date_span("1973", "1974") == ListedDate("1973 to 1974", "1973-01-01", "1974-12-31")
    assert date_span("", "1974", circa=True) == ListedDate("1974", "1974-01-01", "1974-12-31", True)


@given(st.text(max_size=120))
def test_any_text_is_kept_and_its_bounds_are_in_order(text: str):
    read = listed_date(text)
    assert read.text == text.strip()
    assert bool(read.first) == bool(read.last)
    assert read.first <= read.last


@given(st.dates(), st.sampled_from(["%d %b %Y", "%B %d, %Y", "%Y-%m-%d", "%d/%m/%Y", "%Y.%m.%d"]))
def test_a_day_written_in_any_habit_is_that_day(day, form: str):
    text = day.strftime(form)
    expected = day.isoformat() if 1800 <= day.year <= 2199 else ""
    assert listed_date(text).first == listed_date(text).last == expected
