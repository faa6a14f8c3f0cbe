"""What differs between two versions of an entry."""

from dataclasses import replace

from hypothesis import given

from stanch.model.listed import Address, Country, Entry, Identifier, ListedDate, ListedName
from stanch.screening.entry_changes import FieldChange, field_changes
from tests.model.test_entry_json import ENTRIES

KIM = Entry(
    "7",
    "Person",
    (ListedName("KIM Chol Su", "primary"),),
    births=(ListedDate("25 Mar 1984", "1984-03-25", "1984-03-25"),),
    countries=(Country("North Korea", "KP"),),
)


def changes(**new):
    return list(field_changes(KIM, replace(KIM, **new)))


def test_one_value_for_another():
    assert changes(births=(ListedDate("1985", "1985-01-01", "1985-12-31", circa=True),)) == [
        FieldChange("births", "25 Mar 1984 (1984-03-25)", "1985 (circa, 1985-01-01 to 1985-12-31)")
    ]
    assert changes(schema="Organization") == [FieldChange("schema", "Person", "Organization")]


def test_values_added_and_taken_out():
    added = (*KIM.names, ListedName("김철수", "alias", (("whole", "김철수"),), "Hang"))
    assert changes(names=added) == [FieldChange("names", "", "김철수 (alias, Hang, whole=김철수)")]
    assert changes(countries=()) == [FieldChange("countries", "North Korea (KP, nationality)", "")]


def test_several_fields_come_in_the_order_of_the_model():
    found = changes(
        identifiers=(Identifier("passport", "745334333", "KP", note="issued 2010"),),
        addresses=(Address("Pyongyang", city="Pyongyang"),),
        related=(("brother of", "8"),),
        listed_on="2018-01-01",
    )
    assert [(each.field, each.new) for each in found] == [
        ("addresses", "Pyongyang (city=Pyongyang)"),
        ("identifiers", "passport 745334333 (KP, issued 2010)"),
        ("listed_on", "2018-01-01"),
        ("related", "brother of: 8"),
    ]


def test_another_order_is_a_change_too():
    old = replace(KIM, programs=("DPRK", "SDGT"))
    assert list(field_changes(old, replace(old, programs=("SDGT", "DPRK")))) == [
        FieldChange("programs", "in one order", "in another")
    ]


@given(ENTRIES, ENTRIES)
def test_no_difference_is_overlooked(old, new):
    assert (old == new) == (not list(field_changes(old, new)))
