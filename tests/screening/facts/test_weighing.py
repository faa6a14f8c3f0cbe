"""Facts together: absence says nothing, contradiction lowers, nationality never raises."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model.hits import Subject
from stanch.model.listed import Country, Entry, Identifier, ListedDate, ListedName
from stanch.screening.facts import schemas
from stanch.screening.facts.weighing import weigh

_DATES = st.dates().map(lambda day: (ListedDate(str(day), str(day), str(day)),))
_COUNTRIES = st.sampled_from(("KP", "KR", "CN", "HK", "SU", "RU", "DE")).map(
    lambda code: (Country(code, code),)
)
_FACTS = {
    "births": _DATES,
    "birth_places": st.sampled_from((("Pyongyang, DPRK",), ("Sinuiju",), ("Berlin, Germany",))),
    "countries": _COUNTRIES,
    "genders": st.sampled_from((("male",), ("f",), ("unknown",))),
    "roles": st.sampled_from((("Director of the Bureau of Atomic Energy",), ("sailor",))),
    "identifiers": st.sampled_from(
        (
            (Identifier("passport", "563410081", "KP"),),
            (Identifier("passport", "654210116", "KP"),),
            (Identifier("email", "a@b.example"),),
        )
    ),
}
_SOME = st.fixed_dictionaries({}, optional=_FACTS)
_ENTRY = Entry("1", "Person", (ListedName("KIM Chol"),))
_SUBJECT = Subject("s", ("Kim Chol",))


@given(_SOME)
def test_what_one_side_lacks_says_nothing(facts: dict[str, object]) -> None:
    assert weigh(replace(_SUBJECT, **facts), _ENTRY) == ()
    assert weigh(_SUBJECT, replace(_ENTRY, **facts)) == ()


@given(_SOME, _SOME, st.sampled_from(sorted(_FACTS)))
def test_leaving_a_fact_out_takes_away_just_what_it_said(
    mine: dict[str, object], theirs: dict[str, object], without: str
) -> None:
    whole = weigh(replace(_SUBJECT, **mine), replace(_ENTRY, **theirs))
    fewer = {key: value for key, value in mine.items() if key != without}
    assert set(weigh(replace(_SUBJECT, **fewer), replace(_ENTRY, **theirs))) <= set(whole)


@given(_COUNTRIES, _COUNTRIES)
def test_a_nationality_never_raises(mine: object, theirs: object) -> None:
    found = weigh(replace(_SUBJECT, countries=mine), replace(_ENTRY, countries=theirs))
    assert all(each.points <= 0 for each in found)


def test_same_nationality_is_shown_and_worth_nothing() -> None:
    said = (Country("DPRK", "KP"),)
    (found,) = weigh(replace(_SUBJECT, countries=said), replace(_ENTRY, countries=said))
    assert (found.code, found.points) == ("country.same", 0.0)


def test_a_dual_national_is_not_contradicted() -> None:
    both = (Country("China", "CN"), Country("DPRK", "KP"))
    found = weigh(
        replace(_SUBJECT, countries=(Country("China", "CN"),)), replace(_ENTRY, countries=both)
    )
    assert [each.code for each in found] == ["country.same"]


def test_residence_is_not_compared() -> None:
    there = (Country("Russia", "RU", "residence"),)
    mine = replace(_SUBJECT, countries=(Country("DPRK", "KP"),))
    assert weigh(mine, replace(_ENTRY, countries=there)) == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "points"),
    [
        ("Person", "Vessel", schemas.THING),
        ("Vessel", "Airplane", schemas.THING),
        ("Person", "Company", schemas.PERSON),
        ("Company", "Vessel", schemas.OWNER),
        ("LegalEntity", "Vessel", schemas.OWNER),
    ],
)
def test_a_vessel_is_no_person(mine: str, theirs: str, points: float) -> None:
    (found,) = weigh(Subject("s", ("x",), mine), Entry("1", theirs, ()))
    assert (found.code, found.points) == ("schema.contradicts", points)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("", "Vessel"),
        ("Person", "LegalEntity"),
        ("LegalEntity", "Company"),
        ("Company", "Organization"),
        ("Person", "Wallet"),
        ("Vessel", "Asset"),
    ],
)
def test_what_can_be_one_is_not_contradicted(mine: str, theirs: str) -> None:
    assert weigh(Subject("s", ("x",), mine), Entry("1", theirs, ())) == ()
