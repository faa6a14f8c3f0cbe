"""Two sides say the same, or they do not."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model.hits import Subject
from stanch.model.listed import Country, Entry, Identifier, ListedDate, ListedName
from stanch.screening.fingerprint import match_id, of_entry, of_subject

DAY = ListedDate("1 May 1970", "1970-05-01", "1970-05-01")
YEAR = ListedDate("1970", "1970-01-01", "1970-12-31")
SUBJECT = Subject("C1", ("Kim Chol Su", "김철수"), "Person", births=(DAY,), source="row 2")
ENTRY = Entry("E1", "Person", (ListedName("KIM Chol Su", "primary"),), births=(YEAR,))


def test_case_width_blanks_and_order_say_nothing_new():
    again = replace(SUBJECT, names=("김철수", "ＫＩＭ  chol su", "Kim Chol Su "))
    assert of_subject(again) == of_subject(SUBJECT)


@pytest.mark.parametrize(
    "name", ["Kim Chol-Su", "Kim Cholsu", "Kim Chul Su", "Kîm Chol Su", "Kim\u200b Chol Su"]
)
def test_another_spelling_is_another_name(name):
    again = of_subject(replace(SUBJECT, names=(name, "김철수")))
    assert of_subject(SUBJECT).changed(again) == ("names",)


def test_where_a_subject_came_from_is_not_what_it_says():
    assert of_subject(replace(SUBJECT, source="row 9")) == of_subject(SUBJECT)


def test_two_numbers_of_one_born_on_one_day_are_one():
    here, there = of_subject(SUBJECT), of_subject(replace(SUBJECT, id="C2"))
    assert here.fields == there.fields
    assert match_id(here, of_entry("un", ENTRY)) == match_id(there, of_entry("un", ENTRY))


@pytest.mark.parametrize("births", [(), (YEAR,), (ListedDate("unclear"),)])
def test_a_bare_name_is_many_people(births):
    here = replace(SUBJECT, births=births)
    there = replace(here, id="C2")
    assert of_subject(here).changed(of_subject(there)) == ("id",)
    known = (Identifier("passport", "PS 472310104"),)
    here, there = replace(here, identifiers=known), replace(there, identifiers=known)
    assert of_subject(here).fields == of_subject(there).fields


def test_an_entry_of_another_list_is_another_entry():
    one = of_subject(SUBJECT)
    assert match_id(one, of_entry("un", ENTRY)) != match_id(one, of_entry("eu", ENTRY))


def test_the_same_on_every_machine():
    assert (
        match_id(of_subject(SUBJECT), of_entry("un", ENTRY)) == "9060aefb24ceaf6a3f3db0ee43d165ae"
    )
    assert (
        match_id(of_subject(replace(SUBJECT, births=())), of_entry("un", ENTRY))
        == "3e5594798c5d0d30533243391df77179"
    )


OTHERWISE = {
    "names": (ListedName("KIM Chol Su", "weak"),), "schema": "Organization", "programs": ("DPRK",),
    "legal_bases": ("2270",), "births": (DAY,), "birth_places": ("Pyongyang",),
    "countries": (Country("Korea, North", "kp"),), "genders": ("male",), "roles": ("Director",),
    "addresses": (), "identifiers": (Identifier("passport", "1"),), "listed_on": "2016-03-02",
    "related": (("works for", "E2"),), "remarks": ("Changed.",), "other": (("Title", "Mr"),),
}  # fmt: skip


@pytest.mark.parametrize(
    "name", ["modifiedAt", "retrievedAt", "LAST_DAY_UPDATED", "Last Updated", "LastUpdated"]
)
def test_an_entry_that_was_only_touched_says_the_same(name):
    touched = replace(ENTRY, other=((name, "2026-01-01"),))
    assert of_entry("un", touched) == of_entry("un", ENTRY)


@pytest.mark.parametrize("field", [each.name for each in fields(Entry) if each.name != "id"])
def test_every_field_of_an_entry_counts(field):
    given = ENTRY if OTHERWISE[field] else replace(ENTRY, addresses=("Pyongyang",))
    changed = replace(given, **{field: OTHERWISE[field]})
    assert of_entry("un", given).changed(of_entry("un", changed)) == (field,)


def test_parts_do_not_flow_into_each_other():
    pairs = [Country("KP", "", "birth"), Country("K", "P", "birth"), Country("", "KP", "birth")]
    said = [of_subject(replace(SUBJECT, countries=(each,))).fields for each in pairs]
    assert len(set(said)) == len(pairs)
    split = replace(SUBJECT, names=("Kim", "Chol Su", "김철수"))
    assert of_subject(split).changed(of_subject(SUBJECT)) == ("names",)


texts = st.text("aA b", max_size=3)
subjects = st.builds(Subject, texts, st.tuples(texts), texts, roles=st.tuples(texts, texts))


@given(subjects, subjects)
def test_a_fingerprint_is_of_the_content(one, other):
    mine, theirs = of_subject(one), of_subject(other)
    assert mine.changed(theirs) == theirs.changed(mine)
    assert (mine.fields == theirs.fields) == (not mine.changed(theirs))
