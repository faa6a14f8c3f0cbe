"""What would settle an open case: what the list has and nobody asked, best first."""

from dataclasses import replace

from stanch.model.hits import Evidence, Subject
from stanch.model.listed import Entry, Identifier, ListedDate, ListedName
from stanch.screening.facts.settling import settle
from stanch.screening.facts.weighing import weigh

_BORN = ListedDate("5 Mar 1984", "1984-03-05", "1984-03-05")
_ENTRY = Entry(
    "1",
    "Person",
    (ListedName("KIM Chol Su"), ListedName("김철수")),
    births=(_BORN,),
    birth_places=("Pyongyang",),
    genders=("male",),
    identifiers=(Identifier("passport", "563410081", "KP"), Identifier("phone", "1234567")),
)
_SUBJECT = Subject("s", ("Kim Chol Su",))


def test_numbers_come_before_dates_and_these_before_places() -> None:
    assert settle(_SUBJECT, _ENTRY, ()) == (
        "settle.passport",
        "settle.phone",
        "settle.birth_date",
        "settle.native_name",
    )


def test_what_the_subject_has_told_is_not_asked_again() -> None:
    told = replace(_SUBJECT, names=("김철수",), births=(_BORN,), genders=("m",))
    codes = settle(told, _ENTRY, weigh(told, _ENTRY))
    assert codes == ("settle.passport", "settle.phone", "settle.birth_place")


def test_a_year_leaves_the_day_to_be_asked() -> None:
    year = ListedDate("1984", "1984-01-01", "1984-12-31")
    told = replace(_SUBJECT, births=(year,))
    assert "settle.birth_date" in settle(told, _ENTRY, weigh(told, _ENTRY))


def test_the_same_passport_leaves_nothing_open() -> None:
    told = replace(_SUBJECT, identifiers=_ENTRY.identifiers[:1])
    assert settle(told, _ENTRY, weigh(told, _ENTRY)) == ()


def test_another_hull_leaves_nothing_open() -> None:
    other = Evidence("identifier.contradicts", -23.0, "9179701", "9314650", "imo")
    assert settle(_SUBJECT, _ENTRY, (other,)) == ()


def test_where_the_list_knows_only_a_name_its_publisher_has_to_be_asked() -> None:
    assert settle(_SUBJECT, Entry("2", "Person", (ListedName("KIM"),)), ()) == ("settle.publisher",)
