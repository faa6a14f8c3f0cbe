import datetime

import pytest

from conftest import csv_of, xlsx_of
from stanch.model.listed import Address, Identifier, ListedName, RefusedEntry, UnknownField

TITLES = [
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Alias Strength",
    "Date of Birth", "Place of Birth", "Citizenship", "Address", "Additional Information",
    "Listing Information", "IMO Number", "Committees", "Control Date",
    "Instrument of Designation", "Targeted Financial Sanction", "Travel Ban", "Hat",
]  # fmt: skip


def row(*cells: object, **more: object) -> list[object]:
    said = dict(zip(TITLES, cells, strict=False)) | {
        key.replace("_", " "): value for key, value in more.items()
    }
    return [said.get(title) for title in TITLES]


AKHUND = row(
    1, "Mohammad Hassan Akhund", "Individual", "Primary Name", None,
    "a) 1945 b) approximately 1958", "Pashmul village", "Afghan",
    "a) Kabul, Afghanistan; b) Quetta",
    "Close associate", "Listed on 25 Jan. 2001", None, "1988 (Taliban)",
    datetime.date(2001, 1, 25), "Charter Regulations", "Yes",
)  # fmt: skip
SCRIPT = row("1a", "محمد حسن آخوند", "Individual", "Original Script")
WEAK = row("1 b", "Hassan", "Individual", "aka", "Weak")
SHIP = row(2, "CHONG BONG", "Vessel", "Primary Name", IMO_Number=8909575, Hat="red")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_rows_with_one_number_are_one_entry(parse, form):
    table = [TITLES, AKHUND, SCRIPT, SHIP, WEAK]
    data = xlsx_of(list=table) if form == "xlsx" else csv_of(table)
    entry, ship, unknown = parse("au-dfat", data)
    assert (entry.id, entry.schema, entry.listed_on) == ("1", "Person", "2001-01-25")
    assert entry.names == (
        ListedName("Mohammad Hassan Akhund", "primary"),
        ListedName("محمد حسن آخوند", "alias", script="original"),
        ListedName("Hassan", "weak"),
    )
    assert [(each.first, each.circa) for each in entry.births] == [
        ("1945-01-01", False),
        ("1958-01-01", True),
    ]
    assert entry.addresses == (Address("Kabul, Afghanistan", country="AF"), Address("Quetta"))
    assert (entry.countries[0].code, entry.countries[0].role) == ("AF", "citizenship")
    assert (entry.programs, entry.legal_bases) == (("1988 (Taliban)",), ("Charter Regulations",))
    assert ("Targeted Financial Sanction", "Yes") in entry.other
    assert (ship.schema, ship.identifiers) == ("Vessel", (Identifier("imo", "8909575"),))
    assert (unknown.name, unknown.example) == ("Hat", "red")


def test_a_number_used_twice_by_mistake_is_two_entries(parse):
    other = row(1, "Somebody Else", "Entity", "Primary Name")
    found = parse("au-dfat", xlsx_of(list=[TITLES, AKHUND, SHIP, other]))
    assert [each.id for each in found[:3]] == ["1", "1-2", "2"]
    assert found[1].names == (ListedName("Somebody Else", "primary"),)


def test_a_date_as_a_number_of_excel(parse):
    entry = parse("au-dfat", csv_of([TITLES, row(1, "X Y", Control_Date=36916)]))[0]
    assert entry.listed_on == "2001-01-25"


def test_bad_rows_are_told(parse):
    found = parse("au-dfat", ("d.csv", csv_of([TITLES, row("one", "X"), row(None, "Y"), row(3)])))
    assert found == [
        RefusedEntry("d.csv", 4, "has no name (entry 3)"),
        RefusedEntry("d.csv", 2, "has no reference"),
        RefusedEntry("d.csv", 3, "has no reference"),
        UnknownField("d.csv", "Hat", 1, ""),
    ]


@pytest.mark.parametrize("data", ["", "a,b\n", xlsx_of(x=[["Reference", "Nothing"]])])
def test_another_file_is_refused(parse, data):
    with pytest.raises(ValueError, match=r"empty|column"):
        parse("au-dfat", data)
