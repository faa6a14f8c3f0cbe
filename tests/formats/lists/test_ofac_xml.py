from pathlib import Path

import pytest
from tests.formats.lists.reading import read

from stanch.model.listed import (
    Address,
    Country,
    Identifier,
    ListedDate,
    ListedName,
    RefusedEntry,
    UnknownField,
)

XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://example.org/XML"><publshInformation><Record_Count>3</Record_Count>
</publshInformation>
<sdnEntry><uid>1</uid><firstName>Chol Su</firstName><lastName>KIM</lastName>
  <title>Captain</title><sdnType>Individual</sdnType><remarks>(Linked To: LAZARUS GROUP)</remarks>
  <programList><program>DPRK3</program><program>CYBER2</program></programList>
  <akaList>
    <aka><uid>2</uid><type>a.k.a.</type><category>weak</category><lastName>CHOLLI</lastName></aka>
    <aka><uid>3</uid><type>f.k.a.</type><category>strong</category><lastName>KIM</lastName>
      <firstName>Chol</firstName></aka></akaList>
  <idList><id><uid>4</uid><idType>Passport</idType><idNumber>5632</idNumber>
      <idCountry>Korea, North</idCountry><expirationDate>03 Jun 2018</expirationDate></id>
    <id><uid>5</uid><idType>Digital Currency Address - XBT</idType><idNumber>1Kuf</idNumber></id>
    <id><uid>6</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
    <id><uid>7</uid><idType>Fishing License</idType><idNumber>77 (Cuba)</idNumber></id></idList>
  <addressList><address><uid>8</uid><address1>Street 1</address1><city>Pyongyang</city>
      <country>Korea, North</country></address></addressList>
  <nationalityList><nationality><uid>9</uid><country>Korea, North</country>
      <mainEntry>true</mainEntry></nationality></nationalityList>
  <dateOfBirthList><dateOfBirthItem><uid>10</uid><dateOfBirth>circa 1984</dateOfBirth>
      <mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
  <shoeSize unit="EU">43</shoeSize></sdnEntry>
<sdnEntry><uid>20</uid><lastName>MA DU SAN</lastName><sdnType>Vessel</sdnType>
  <vesselInfo><callSign>HMAB</callSign><vesselFlag>Korea, North</vesselFlag>
    <tonnage>100</tonnage></vesselInfo></sdnEntry>
<sdnEntry><uid>30</uid><sdnType>Entity</sdnType></sdnEntry>
</sdnList>"""


def test_an_entry_with_all_that_it_can_have():
    found = read("ofac-xml", ("sdn.xml", XML))
    person, ship = found.entries.values()
    assert person.names == (
        ListedName("KIM, Chol Su", "primary", (("family", "KIM"), ("given", "Chol Su"))),
        ListedName("CHOLLI", "weak", (("whole", "CHOLLI"),)),
        ListedName("KIM, Chol", "former", (("family", "KIM"), ("given", "Chol"))),
    )
    assert person.programs == ("DPRK3", "CYBER2")
    assert person.roles == ("Captain",)
    assert person.related == (("Linked To", "LAZARUS GROUP"),)
    assert person.identifiers == (
        Identifier("passport", "5632", "KP", note="expires 03 Jun 2018"),
        Identifier("wallet", "1Kuf", asset="XBT"),
        Identifier("fishing license", "77", "CU"),
    )
    assert person.genders == ("male",)
    assert person.addresses == (
        Address("Street 1, Pyongyang, Korea, North", "Pyongyang", country="Korea, North"),
    )
    assert person.countries == (Country("Korea, North", "KP", "nationality"),)
    assert person.births == (ListedDate("circa 1984", "1984-01-01", "1984-12-31", circa=True),)
    assert person.other == (("shoeSize", "43"), ("shoeSize@unit", "EU"))
    assert (ship.schema, ship.identifiers) == ("Vessel", (Identifier("call-sign", "HMAB"),))
    assert ship.countries == (Country("Korea, North", "KP", "flag"),)
    assert ship.other == (("tonnage", "100"),)
    assert found.refused == [RefusedEntry("sdn.xml", 3, "has no name (entry 30)")]
    assert list(found.unknown.values()) == [
        UnknownField("sdn.xml", "idList/id/idType Fishing License", 1, "77"),
        UnknownField("sdn.xml", "shoeSize", 1, "43"),
        UnknownField("sdn.xml", "shoeSize@unit", 1, "EU"),
    ]


@pytest.mark.parametrize("text", ["", "<html/>", XML[:900], "<!DOCTYPE a>" + XML[38:]])
def test_another_file_is_refused_as_a_whole(text: str):
    with pytest.raises(ValueError, match=r"is |has "):
        read("ofac-xml", ("sdn.xml", text))


def test_the_whole_non_sdn_list_of_2025(data_dir: Path):
    path = data_dir / "screening" / "lists" / "kebalkhadka" / "consolidated.xml"
    found = read("ofac-xml", path)
    text = path.read_text("utf-8")
    names = sum(len(entry.names) for entry in found.entries.values())
    assert (len(found.entries), found.refused) == (443, [])
    assert names - 443 == 1_136
    assert text.count("<aka>") == 1_136
    assert list(found.unknown) == ["Remarks: (free text)"]
    haniya = found.entries["9639"]
    assert [name.text for name in haniya.names] == [
        "HANIYA, Ismail Abdul Salah",
        "HANIYA, Ismail",
        "HANIYYA, Ismaeel",
    ]
    assert haniya.births == (ListedDate("1962", "1962-01-01", "1962-12-31"),)
    assert haniya.birth_places == ("Shati",)
