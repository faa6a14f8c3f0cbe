import pytest

from conftest import csv_of, ods_of, ods_table, xlsx_of
from stanch.model.listed import Address, Entry, Identifier, ListedName, RefusedEntry, UnknownField

CON_TITLES = [
    "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "Name Non-Latin Script",
    "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth",
    "Country of Birth", "Nationality", "Passport Number", "Passport Details",
    "National Identification Number", "National Identification Details", "Position", "Address 1",
    "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country",
    "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated", "Group ID",
]  # fmt: skip
PAK = {
    "Name 6": "PAK", "Name 1": "Jin", "Name 2": "Hyok", "Title": "Mr", "DOB": "00/00/1984",
    "Name Non-Latin Script": "박진혁", "Non-Latin Script Type": "Hangul",
    "Non-Latin Script Language": "Korean", "Country of Birth": "North Korea",
    "Nationality": "(1) North Korea (2) China", "Passport Number": "836109834",
    "Passport Details": "Issued by DPRK", "Address 1": "Ryugyong 1", "Address 6": "Pyongyang",
    "Country": "North Korea", "Group Type": "Individual", "Alias Type": "Primary name",
    "Other Information": "(UK Sanctions List Ref):CYB0001 (Phone number):(1) +850 1 (2) +850 2 "
    "(Gender):Male (UK Statement of Reasons):WannaCry",
    "Regime": "Cyber", "Listed On": "31/07/2020", "Last Updated": "31/12/2020", "Group ID": "13910",
}  # fmt: skip
ALIAS = PAK | {"Name 6": "KIM", "Alias Type": "AKA", "Alias Quality": "Low", "Name 2": "",
               "Name Non-Latin Script": ""}  # fmt: skip
SHIP = {
    "Name 6": "CHONG BONG", "Group Type": "Ship", "Alias Type": "Primary name", "Group ID": "14",
    "Other Information": "(IMO number):8909575 (Current believed flag of ship):North Korea "
    "(Type of ship):General cargo (Tonnage of ship):9147 (Current owners):OMM",
}  # fmt: skip

LIST_TITLES = [
    "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1",
    "Name 2", "Name 3", "Name 4", "Name 5", "Name type", "Alias strength", "Title",
    "Name non-latin script", "Non-latin script type", "Non-latin script language", "Regime Name",
    "Designation Type", "Designation source", "Sanctions Imposed", "Other Information",
    "UK Statement of Reasons", "Address Line 1", "Address Line 6", "Address Postal Code",
    "Address Country", "Phone number", "Website", "Email address", "Date Designated", "D.O.B",
    "Nationality(/ies)", "National Identifier number",
    "National Identifier additional information", "Passport number",
    "Passport additional information", "Position", "Gender", "Town of birth", "Country of birth",
    "Type of entity", "Subsidiaries", "Parent company", "Business registration number (s)",
    "IMO number", "Current owner/operator (s)", "Current believed flag of ship", "Type of ship",
]  # fmt: skip
RI = {
    "Unique ID": "DPR0001", "OFSI Group ID": "11055", "UN Reference Number": "KPi.002",
    "Name 6": "RI", "Name 1": "Je", "Name 2": "Son", "Name type": "Primary Name",
    "Name non-latin script": "리제선", "Regime Name": "DPRK", "Designation Type": "Individual",
    "Sanctions Imposed": "Asset freeze|Travel Ban", "Date Designated": "16/07/2009",
    "D.O.B": "dd/mm/1938", "Gender": "Male", "Passport number": "P1", "Position": "Minister",
    "Last Updated": "01/02/2026",
}  # fmt: skip

XML = """<?xml version="1.0" encoding="utf-8"?><Designations>
<DateGenerated>2026-02-13</DateGenerated>
<Designation><LastUpdated>01/02/2026</LastUpdated><DateDesignated>16/07/2009</DateDesignated>
<UniqueID>DPR0001</UniqueID><OFSIGroupID>11055</OFSIGroupID>
<UNReferenceNumber>KPi.002</UNReferenceNumber>
<Names><Name><Name6>RI</Name6><Name1>Je</Name1><Name2>Son</Name2>
<NameType>Primary Name</NameType></Name>
<Name><Name6>RI</Name6><NameType>Alias</NameType>
<AliasStrength>Low quality a.k.a</AliasStrength></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>리제선</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>DPRK</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
<DesignationSource>UN</DesignationSource>
<SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze></SanctionsImposedIndicators>
<Addresses><Address><AddressLine1>Ryugyong 1</AddressLine1>
<AddressCountry>North Korea</AddressCountry>
</Address></Addresses><PhoneNumbers/>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1938</DOB></DOBs>
<Genders><Gender>Male</Gender></Genders>
<PassportDetails><Passport><PassportNumber>P 1</PassportNumber>
<PassportAdditionalInformation>North Korea</PassportAdditionalInformation></Passport>
</PassportDetails>
<ShoeSize>43</ShoeSize></Individual></IndividualDetails></Designation>
<Designation><UniqueID>DPR0002</UniqueID><IndividualEntityShip>Ship</IndividualEntityShip>
<Names><Name><Name6>CHONG BONG</Name6><NameType>Primary Name</NameType></Name></Names>
<ShipDetails><Ship><IMONumbers><IMONumber>8909575</IMONumber></IMONumbers>
<TypeOfShipDetails><TypeOfShip>Cargo</TypeOfShip></TypeOfShipDetails></Ship></ShipDetails></Designation>
<Designation><UniqueID>DPR0003</UniqueID></Designation></Designations>"""


def rows(titles: list[str], *entries: dict[str, str]) -> list[list[str]]:
    return [["Report Date: 13-Feb-2026"], titles] + [
        [entry.get(title, "") for title in titles] for entry in entries
    ]


def test_conlist_gathers_the_rows_of_a_group(parse):
    pak, ship = parse("uk-conlist", csv_of(rows(CON_TITLES, PAK, SHIP, ALIAS)))
    assert (pak.id, pak.schema, pak.listed_on) == ("13910", "Person", "2020-07-31")
    parts = (("given", "Jin"), ("middle", "Hyok"), ("family", "PAK"))
    assert pak.names == (
        ListedName("Jin Hyok PAK", "primary", parts),
        ListedName("박진혁", "alias", (), "Hangul", "Korean"),
        ListedName("Jin KIM", "weak", (("given", "Jin"), ("family", "KIM"))),
    )
    assert (pak.births[0].first, pak.births[0].last) == ("1984-01-01", "1984-12-31")
    codes = {(each.code, each.role) for each in pak.countries}
    assert codes == {("KP", "birth"), ("KP", "nationality"), ("CN", "nationality")}
    assert pak.identifiers == (
        Identifier("passport", "836109834", "KP", note="Issued by DPRK"),
        Identifier("phone", "+850 1"),
        Identifier("phone", "+850 2"),
    )
    assert pak.addresses == (Address("Ryugyong 1, Pyongyang, North Korea", country="KP"),)
    assert ("uk sanctions list ref", "CYB0001") in pak.other
    assert (pak.genders, pak.programs) == (("male",), ("Cyber",))
    assert ship.identifiers == (Identifier("imo", "8909575"),)
    assert ("tonnage of ship", "9147") in ship.other
    assert ship.related == (("current owners", "OMM"),)
    assert (ship.countries[0].code, ship.countries[0].role) == ("KP", "flag")


def test_conlist_tells_what_it_cannot_use(parse):
    titles = [*CON_TITLES, "Shoe Size"]
    bad = PAK | {"Group ID": ""}
    found = parse(
        "uk-conlist",
        ("c.csv", csv_of(rows(titles, PAK | {"Shoe Size": "43"}, bad, {"Group ID": "1"}))),
    )
    assert found[1:] == [
        RefusedEntry("c.csv", 5, "has no name (entry 1)"),
        RefusedEntry("c.csv", 4, "has no group id"),
        UnknownField("c.csv", "Shoe Size", 1, "43"),
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_the_uk_list_as_a_table_of_any_form(parse, form):
    table = rows(LIST_TITLES, RI, RI | {"Name 6": "LEE", "Name type": "Alias"})
    data = {
        "csv": lambda: csv_of(table),
        "xlsx": lambda: xlsx_of(notes=[["read me"]], list=table),
        "ods": lambda: ods_of(ods_table(table)),
    }[form]()
    entry, *rest = parse("uk-list", data)
    assert [each.name for each in rest] == (["sheet notes"] if form == "xlsx" else [])
    assert (entry.id, entry.listed_on, entry.births[0].text) == (
        "DPR0001",
        "2009-07-16",
        "dd/mm/1938",
    )
    assert (entry.births[0].first, entry.births[0].last) == ("1938-01-01", "1938-12-31")
    assert [name.text for name in entry.names] == ["Je Son RI", "리제선", "Je Son LEE"]
    assert ("Sanctions Imposed", "Travel Ban") in entry.other
    assert ("UN Reference Number", "KPi.002") in entry.other


def test_the_uk_list_as_xml(parse):
    ri, ship, *rest = parse("uk-list", ("u.xml", XML))
    assert isinstance(ri, Entry)
    assert (ri.id, ri.schema, ri.listed_on, ri.genders) == (
        "DPR0001",
        "Person",
        "2009-07-16",
        ("male",),
    )
    assert [(name.text, name.kind) for name in ri.names] == [
        ("Je Son RI", "primary"),
        ("RI", "weak"),
        ("리제선", "alias"),
    ]
    assert ri.identifiers == (Identifier("passport", "P 1", "KP", note="North Korea"),)
    assert ("IndividualDetails/Individual/ShoeSize", "43") in ri.other
    assert (ship.schema, ship.identifiers) == ("Vessel", (Identifier("imo", "8909575"),))
    assert rest == [
        RefusedEntry("u.xml", 3, "has no name (entry DPR0003)"),
        UnknownField("u.xml", "IndividualDetails/Individual/ShoeSize", 1, "43"),
    ]


@pytest.mark.parametrize("kind", ["uk-conlist", "uk-list"])
@pytest.mark.parametrize("data", ["a,b\n1,2\n", xlsx_of(x=[["a", "b"]]), "", "<sdnList/>"])
def test_another_file_is_refused(parse, kind, data):
    with pytest.raises(ValueError, match=r".{8}"):
        parse(kind, data)
