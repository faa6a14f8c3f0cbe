from collections import Counter
from pathlib import Path

import pytest
from tests.formats.lists.reading import Found, read

from stanch.model.listed import (
    Address,
    Country,
    Identifier,
    ListedDate,
    ListedName,
    RefusedEntry,
    UnknownField,
)

XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z"><INDIVIDUALS><INDIVIDUAL>
<DATAID>69</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>KIM</FIRST_NAME>
<SECOND_NAME>CHOL SU</SECOND_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
<REFERENCE_NUMBER>KPi.999</REFERENCE_NUMBER><LISTED_ON>2016-03-02</LISTED_ON>
<NAME_ORIGINAL_SCRIPT>김철수</NAME_ORIGINAL_SCRIPT><GENDER>Male</GENDER>
<COMMENTS1>Email: kim@example.org; IMO number: 5342883.</COMMENTS1>
<DESIGNATION><VALUE>Director</VALUE></DESIGNATION>
<NATIONALITY><VALUE>a) Democratic People's Republic of Korea b) Algeria</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Kim
    Chul Soo</ALIAS_NAME><DATE_OF_BIRTH>1985</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Kimmy</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Kim Chol</ALIAS_NAME>
<NOTE>previously listed as</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1983</FROM_YEAR>
<TO_YEAR>1985</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1984</YEAR>
<NOTE>Nov.</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Haeju</CITY><COUNTRY>Democratic People's Republic of Korea
</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_ADDRESS><CITY>Beijing</CITY><COUNTRY>China</COUNTRY><NOTE>in 2015</NOTE>
</INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>381320</NUMBER>
<ISSUING_COUNTRY>Democratic People's Republic of Korea</ISSUING_COUNTRY>
<DATE_OF_ISSUE>2013-06-11</DATE_OF_ISSUE><NOTE>expires 2018</NOTE></INDIVIDUAL_DOCUMENT>
<SHOE_SIZE>43</SHOE_SIZE></INDIVIDUAL>
<INDIVIDUAL><DATAID>70</DATAID></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>71</DATAID><FIRST_NAME>OCEAN COMPANY</FIRST_NAME>
<REFERENCE_NUMBER>KPe.999</REFERENCE_NUMBER>
<COMMENTS1>SWIFT: DCBKKPPY. Ships: IMO number: 5342883, IMO number: 5571322.</COMMENTS1>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>SEA COMPANY</ALIAS_NAME></ENTITY_ALIAS>
</ENTITY></ENTITIES><FOOTNOTE>see above</FOOTNOTE></CONSOLIDATED_LIST>"""
NORTH = "Democratic People's Republic of Korea"


def test_a_person_with_all_that_it_can_have():
    person = read("un", ("un.xml", XML)).entries["KPi.999"]
    assert person.names == (
        ListedName("KIM CHOL SU", "primary", (("first", "KIM"), ("second", "CHOL SU"))),
        ListedName("김철수", "alias", script="original"),
        ListedName("Kim Chul Soo", "alias"),
        ListedName("Kimmy", "weak"),
        ListedName("Kim Chol", "former"),
    )
    assert (person.schema, person.programs, person.listed_on) == ("Person", ("DPRK",), "2016-03-02")
    assert person.births == (
        ListedDate("1985", "1985-01-01", "1985-12-31"),
        ListedDate("1983 to 1985", "1983-01-01", "1985-12-31"),
        ListedDate("1984 (Nov.)", "1984-01-01", "1984-12-31", circa=True),
    )
    assert person.birth_places == (f"Haeju, {NORTH}",)
    assert person.countries == (
        Country(NORTH, "KP", "nationality"),
        Country("Algeria", "DZ", "nationality"),
        Country(NORTH, "KP", "birth"),
    )
    assert person.addresses == (Address("Beijing, China", "Beijing", country="China"),)
    assert person.identifiers == (
        Identifier("passport", "381320", "KP", note="issued 2013-06-11; expires 2018"),
        Identifier("imo", "5342883", note="COMMENTS1"),
        Identifier("email", "kim@example.org", note="COMMENTS1"),
    )
    assert person.roles == ("Director",)
    assert ("SHOE_SIZE", "43") in person.other


def test_ships_in_the_comments_of_a_company_are_relations():
    company = read("un", ("un.xml", XML)).entries["KPe.999"]
    assert company.schema == "Organization"
    assert company.names[1] == ListedName("SEA COMPANY", "former")
    assert company.identifiers == (Identifier("swift", "DCBKKPPY", note="COMMENTS1"),)
    assert company.related == (("IMO number", "5342883"), ("IMO number", "5571322"))


def test_what_is_not_known_is_told():
    found = read("un", ("un.xml", XML))
    assert found.refused == [RefusedEntry("un.xml", 2, "INDIVIDUAL has no name (entry 70)")]
    assert list(found.unknown.values()) == [
        UnknownField("un.xml", "SHOE_SIZE", 1, "43"),
        UnknownField("un.xml", "CONSOLIDATED_LIST/FOOTNOTE", 1, "see above"),
    ]


@pytest.mark.parametrize("text", ["", "<html/>", XML[:-300], "<!DOCTYPE a>" + XML[38:]])
def test_another_file_is_refused_as_a_whole(text: str):
    with pytest.raises(ValueError, match=r"is |has "):
        read("un", ("un.xml", text))


@pytest.fixture(scope="module")
def lists(data_dir: Path) -> Path:
    return data_dir / "screening" / "lists"


def test_the_list_of_february_2026(lists: Path):
    found = read("un", lists / "watchman" / "UN_consolidated.xml")
    assert (found.refused, found.unknown) == ([], {})
    entries = found.entries.values()
    assert Counter(entry.schema for entry in entries) == {"Person": 730, "Organization": 273}
    dprk = [entry for entry in entries if entry.programs == ("DPRK",)]
    assert Counter(entry.schema for entry in dprk) == {"Person": 80, "Organization": 75}
    kinds = Counter(each.kind for entry in entries for each in entry.identifiers)
    assert (kinds["passport"], kinds["national-id"]) == (305, 144)
    yun = found.entries["KPi.001"]
    assert [name.text for name in yun.names] == ["YUN HO-JIN", "Yun Ho-chin"]
    assert yun.births == (ListedDate("1944-10-13", "1944-10-13", "1944-10-13"),)
    assert yun.listed_on == "2009-07-16"
    no_code = [c for entry in entries for c in entry.countries if not c.code]
    assert no_code == []
    assert_every_alias_is_kept(found, lists / "watchman" / "UN_consolidated.xml")


def test_the_list_of_april_2025(lists: Path):
    found = read("un", lists / "kebalkhadka" / "UN.xml")
    assert (len(found.entries), found.refused, found.unknown) == (877, [], {})
    assert_every_alias_is_kept(found, lists / "kebalkhadka" / "UN.xml")


def assert_every_alias_is_kept(found: Found, path: Path) -> None:
    names = {name.text for entry in found.entries.values() for name in entry.names}
    text = path.read_text("utf-8").replace("&amp;", "&").replace("&quot;", '"')
    pieces = [piece.partition("</ALIAS_NAME>")[0] for piece in text.split("<ALIAS_NAME>")[1:]]
    written = {" ".join(piece.split(" ")).strip() for piece in pieces}
    missing = [each for each in written if each and " ".join(each.split()) not in names]
    assert [each for each in missing if "\xa0" not in each and "&" not in each] == []
