import pytest

from stanch.model.listed import Address, Identifier, ListedName, RefusedEntry, UnknownField

KIM = """<sanctionEntity designationDate="2009-07-16" designationDetails="" unitedNationId="KPi.001"
  euReferenceNumber="EU.27.28" logicalId="13">
<remark>Director of a company</remark>
<regulation regulationType="amendment" organisationType="council" publicationDate="2017-08-31"
  entryIntoForceDate="2017-09-01" numberTitle="2017/1509 (OJ L224)" programme="PRK" logicalId="1">
  <publicationUrl>https://eur-lex.europa.eu/1509</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Ho-jin" middleName="" lastName="Yun" wholeName="Yun Ho-jin" gender="M"
  title="" function="Director" nameLanguage="" strong="true" regulationLanguage="en" logicalId="2">
  <regulationSummary regulationType="amendment" publicationDate="2017-08-31" numberTitle="1"
   publicationUrl="u"/></nameAlias>
<nameAlias wholeName="윤호진" nameLanguage="KO" strong="true" logicalId="3"/>
<nameAlias wholeName="Yun" strong="true" logicalId="4">
<remark>Low quality a.k.a.</remark></nameAlias>
<nameAlias wholeName="Yun the old" strong="false" logicalId="5"/>
<nameAlias wholeName="Yun Ho" strong="true" logicalId="6"><remark>formerly</remark></nameAlias>
<citizenship countryIso2Code="KP" countryDescription="KOREA, NORTH" region="" logicalId="7"/>
<birthdate circa="false" calendarType="GREGORIAN" birthdate="1944-10-13" year="1944" city="Haeju"
  countryIso2Code="00" countryDescription="UNKNOWN" logicalId="8"/>
<birthdate circa="true" calendarType="GREGORIAN" year="1945" monthOfYear="3" logicalId="9"/>
<birthdate circa="false" yearRangeFrom="1940" yearRangeTo="1950" logicalId="10"/>
<birthdate circa="false" calendarType="ISLAMIC" year="1363" logicalId="11"/>
<address city="Pyongyang" street="Ryugyong 5" poBox="7" zipCode="" countryIso2Code="KP"
  countryDescription="KOREA, NORTH" logicalId="12">
<contactInfo key="EMAIL" value="a@b.kp"/></address>
<identification diplomatic="true" knownFalse="false" number="P 123"
  identificationTypeCode="passport" identificationTypeDescription="National passport"
  countryIso2Code="KP" countryDescription="KOREA"
  logicalId="13"/>
</sanctionEntity>"""


def export(*entities: str) -> str:
    space = 'xmlns="http://eu.europa.ec/fpi/fsd/export"'
    return (
        f'<export {space} generationDate="2026-08-05" globalFileId="1">{"".join(entities)}</export>'
    )


def test_an_entity_with_all_that_it_says(parse):
    (entry,) = parse("eu-fsf", export(KIM))
    assert (entry.id, entry.schema, entry.listed_on) == ("EU.27.28", "Person", "2009-07-16")
    parts = (("given", "Ho-jin"), ("family", "Yun"))
    assert entry.names == (
        ListedName("Yun Ho-jin", "primary", parts),
        ListedName("윤호진", language="ko"),
        ListedName("Yun", "weak"),
        ListedName("Yun the old", "weak"),
        ListedName("Yun Ho", "former"),
    )
    assert [(each.first, each.last, each.circa) for each in entry.births] == [
        ("1944-10-13", "1944-10-13", False),
        ("1945-03-01", "1945-03-31", True),
        ("1940-01-01", "1950-12-31", False),
        ("", "", False),
    ]
    assert (entry.programs, entry.legal_bases) == (("PRK",), ("2017/1509 (OJ L224)",))
    assert entry.identifiers == (
        Identifier("email", "a@b.kp"),
        Identifier("passport", "P 123", "KP", note="diplomatic"),
    )
    assert entry.addresses == (
        Address("Ryugyong 5, PO Box 7, Pyongyang, KOREA, NORTH", "Pyongyang", country="KP"),
    )
    assert (entry.genders, entry.roles, entry.birth_places) == (
        ("male",),
        ("Director",),
        ("Haeju",),
    )
    assert ("unitedNationId", "KPi.001") in entry.other


def test_what_is_bad_or_unknown_is_told(parse):
    odd = KIM.replace("<remark>Director", '<odd at="1">hello</odd><remark>Director')
    bad = '<sanctionEntity logicalId="14"><subjectType code="enterprise"/></sanctionEntity>'
    entry, *rest = parse("eu-fsf", ("e.xml", export(odd, bad, "<more>m</more>")))
    assert rest == [
        RefusedEntry("e.xml", 2, "has no name (entry 14)"),
        UnknownField("e.xml", "odd", 1, "hello"),
        UnknownField("e.xml", "odd@at", 1, "1"),
        UnknownField("e.xml", "export/more", 1, "m"),
    ]
    assert ("odd", "hello") in entry.other


@pytest.mark.parametrize("text", ["<sdnList/>", "hello", "<export>", "<!DOCTYPE x><export/>"])
def test_another_file_is_refused(parse, text):
    with pytest.raises(ValueError, match=r"root|XML|DTD"):
        parse("eu-fsf", text)
