import pytest
from tests.formats.lists.reading import read

from stanch.model.listed import (
    Address,
    Country,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
    RefusedEntry,
    UnknownField,
)

WORDS = """<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1403">Name</AliasType>
</AliasTypeValues>
<CountryValues><Country ID="9" ISO2="KP">Korea, North</Country></CountryValues>
<DetailReferenceValues><DetailReference ID="6">Male</DetailReference></DetailReferenceValues>
<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType>
<FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="25">Location</FeatureType>
<FeatureType ID="224">Gender</FeatureType><FeatureType ID="9">Place of Birth</FeatureType>
<FeatureType ID="344">Digital Currency Address - XBT</FeatureType>
<FeatureType ID="777">Shoe Size</FeatureType></FeatureTypeValues>
<IDRegDocDateTypeValues><IDRegDocDateType ID="1480">Issue Date</IDRegDocDateType>
</IDRegDocDateTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues>
<LegalBasisValues><LegalBasis ID="3" LegalBasisShortRef="Executive Order 13722">EO</LegalBasis>
</LegalBasisValues>
<ListValues><List ID="1550">SDN List</List></ListValues>
<LocPartTypeValues><LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
<NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType>
<NamePartType ID="1521">First Name</NamePartType></NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="1" PartyTypeID="3">Vessel</PartySubType>
<PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<PartyTypeValues><PartyType ID="1">Individual</PartyType></PartyTypeValues>
<RelationTypeValues><RelationType ID="15001">Providing support to</RelationType>
</RelationTypeValues>
<SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType>
<SanctionsType ID="5">Block</SanctionsType></SanctionsTypeValues>
<ScriptValues><Script ID="215" ScriptCode="Latn">Latin</Script>
<Script ID="200" ScriptCode="Hang">Hangul</Script></ScriptValues></ReferenceValueSets>"""
PLACES = """<Locations><Location ID="26"><LocationCountry CountryID="9"/>
<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Value>Pyongyang</Value>
</LocationPartValue></LocationPart></Location></Locations>
<IDRegDocuments><IDRegDocument ID="2" IDRegDocTypeID="1571" IdentityID="71"
 IssuedBy-CountryID="9"><IDRegistrationNo>563233595</IDRegistrationNo>
<DocumentDate IDRegDocDateTypeID="1480"><DatePeriod CalendarTypeID="1"><Start><From>
<Year>2010</Year><Month>1</Month><Day>2</Day></From></Start></DatePeriod></DocumentDate>
</IDRegDocument></IDRegDocuments>"""


def name(family: str, given: str, script: str) -> str:
    return f"""<DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="1"
 ScriptID="{script}">{family}</NamePartValue></DocumentedNamePart><DocumentedNamePart>
<NamePartValue NamePartGroupID="2" ScriptID="{script}">{given}</NamePartValue>
</DocumentedNamePart></DocumentedName>"""


DATE = "<Year>1984</Year><Month>{0}</Month><Day>{1}</Day>"
PARTIES = f"""<DistinctParties><DistinctParty FixedRef="100"><Profile ID="500" PartySubTypeID="4">
<Identity ID="71" Primary="true">
<Alias AliasTypeID="1403" Primary="true" LowQuality="false">{name("KIM", "Chol Su", "215")}
{name("김", "철수", "200")}</Alias>
<Alias AliasTypeID="1400" Primary="false" LowQuality="true">{name("KIM", "Cholli", "215")}</Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/>
</MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/>
</MasterNamePartGroup></NamePartGroups></Identity>
<Feature ID="1" FeatureTypeID="8"><FeatureVersion ID="1"><DatePeriod CalendarTypeID="1">
<Start Approximate="false"><From>{DATE.format(1, 1)}</From><To>{DATE.format(1, 1)}</To></Start>
<End Approximate="false"><From>{DATE.format(12, 31)}</From><To>{DATE.format(12, 31)}</To></End>
</DatePeriod></FeatureVersion></Feature>
<Feature ID="2" FeatureTypeID="10"><FeatureVersion ID="2"><VersionLocation LocationID="27"/>
</FeatureVersion></Feature>
<Feature ID="3" FeatureTypeID="25"><FeatureVersion ID="3"><VersionLocation LocationID="26"/>
</FeatureVersion></Feature>
<Feature ID="4" FeatureTypeID="224"><FeatureVersion ID="4">
<VersionDetail DetailTypeID="1431" DetailReferenceID="6"/></FeatureVersion></Feature>
<Feature ID="5" FeatureTypeID="344"><FeatureVersion ID="5">
<VersionDetail DetailTypeID="1432">1Kuf</VersionDetail></FeatureVersion></Feature>
<Feature ID="6" FeatureTypeID="9"><FeatureVersion ID="6">
<VersionDetail DetailTypeID="1432">Haeju</VersionDetail></FeatureVersion></Feature>
<Feature ID="7" FeatureTypeID="777"><FeatureVersion ID="7">
<VersionDetail DetailTypeID="1432">43</VersionDetail></FeatureVersion></Feature>
</Profile></DistinctParty>
<DistinctParty FixedRef="200"><Profile ID="600" PartySubTypeID="1"><Identity ID="72">
<Alias AliasTypeID="1403" Primary="true">{name("MA DU", "SAN", "215")}</Alias></Identity>
<Odd mark="x">y</Odd></Profile></DistinctParty>
<DistinctParty FixedRef="300"><Profile ID="700" PartySubTypeID="4"/></DistinctParty>
</DistinctParties>"""
REST = """<ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="500"
 To-ProfileID="600" RelationTypeID="15001" Former="false"/></ProfileRelationships>
<SanctionsEntries><SanctionsEntry ID="1" ProfileID="500" ListID="1550">
<EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="3"><Date><Year>2018</Year><Month>9</Month>
<Day>6</Day></Date></EntryEvent>
<SanctionsMeasure ID="1" SanctionsTypeID="1"><Comment>DPRK3</Comment></SanctionsMeasure>
<SanctionsMeasure ID="2" SanctionsTypeID="5"/></SanctionsEntry>
<SanctionsEntry ID="2" ProfileID="999" ListID="1550"/></SanctionsEntries>"""
PLACE_27 = '<Location ID="27"><LocationCountry CountryID="9"/></Location></Locations>'
XML = (
    '<?xml version="1.0"?><Sanctions xmlns="https://example.org/ADVANCED_XML" Version="3">'
    + WORDS
    + PLACES.replace("</Locations>", PLACE_27)
    + PARTIES
    + REST
    + "</Sanctions>"
)


def test_everything_that_refers_to_a_party_comes_together():
    found = read("ofac-advanced", ("sdn_advanced.xml", XML))
    assert found.entries["100"] == Entry(
        id="100",
        schema="Person",
        names=(
            ListedName(
                "KIM, Chol Su", "primary", (("family", "KIM"), ("given", "Chol Su")), "Latin"
            ),
            ListedName("김 철수", "alias", (("family", "김"), ("given", "철수")), "Hangul"),
            ListedName("KIM, Cholli", "weak", (("family", "KIM"), ("given", "Cholli")), "Latin"),
        ),
        programs=("DPRK3",),
        legal_bases=("Executive Order 13722",),
        births=(ListedDate("1984-01-01 to 1984-12-31", "1984-01-01", "1984-12-31"),),
        birth_places=("Haeju",),
        countries=(Country("Korea, North", "KP", "nationality"),),
        genders=("male",),
        addresses=(Address("Pyongyang, Korea, North", "Pyongyang", country="Korea, North"),),
        identifiers=(
            Identifier("passport", "563233595", "KP", note="Issue Date 2010-01-02"),
            Identifier("wallet", "1Kuf", asset="XBT"),
        ),
        listed_on="2018-09-06",
        related=(("Providing support to", "200"),),
        other=(("Shoe Size", "43"), ("List", "SDN List"), ("SanctionsMeasure", "Block")),
    )
    ship = found.entries["200"]
    assert (ship.schema, ship.names[0].text) == ("Vessel", "MA DU SAN")
    assert ship.related == (("is the other side of: Providing support to", "100"),)
    assert ship.other == (("Odd", "y"), ("Odd@mark", "x"))


def test_what_is_not_known_or_refers_to_nothing_is_told():
    found = read("ofac-advanced", ("sdn_advanced.xml", XML))
    assert list(found.unknown.values()) == [
        UnknownField("sdn_advanced.xml", "FeatureType Shoe Size", 1, "43"),
        UnknownField("sdn_advanced.xml", "Odd", 1, "y"),
        UnknownField("sdn_advanced.xml", "Odd@mark", 1, "x"),
    ]
    reason = "SanctionsEntry of a profile that is not there: 999"
    assert found.refused == [
        RefusedEntry("sdn_advanced.xml", 2, reason),
        RefusedEntry("sdn_advanced.xml", 3, "has no name (entry 300)"),
    ]


def test_a_word_that_the_file_does_not_explain_is_its_number():
    text = XML.replace('<FeatureType ID="224">Gender</FeatureType>', "")
    found = read("ofac-advanced", ("sdn_advanced.xml", text))
    assert ("(FeatureType 224)", "Male") in found.entries["100"].other
    assert "FeatureType (FeatureType 224)" in found.unknown


@pytest.mark.parametrize("text", ["", "<sdnList/>", XML[:-400], "<!DOCTYPE a>" + XML[21:]])
def test_another_file_is_refused_as_a_whole(text: str):
    with pytest.raises(ValueError, match=r"is |has "):
        read("ofac-advanced", ("sdn_advanced.xml", text))
