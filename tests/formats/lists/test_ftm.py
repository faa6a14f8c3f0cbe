import json

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


def entity(number: str, schema: str, /, **properties: object) -> dict:
    return {"id": number, "schema": schema, "properties": properties}


PERSON = entity(
    "NK-1",
    "Person",
    name=["Kim Chol Su", "김철수"],
    alias=["Kim Chul Soo"],
    weakAlias=["Kimmy"],
    previousName=["Kim Chol"],
    birthDate=["1984-03"],
    birthPlace=["Haeju"],
    nationality=["kp"],
    country=["cn"],
    gender=["male"],
    position=["Captain"],
    passportNumber=["563233595"],
    email=["kim@example.org"],
    address=["Street 1, Pyongyang"],
    addressEntity=["addr-1"],
    topics=["sanction"],
    notes=["A note"],
    programId=["US-DPRK3"],
    createdAt=["2020-01-01"],
    shoeSize=["43"],
)
REST = (
    entity("addr-1", "Address", full=["Street 2, Beijing"], city=["Beijing"], country=["cn"]),
    entity(
        "s-1",
        "Sanction",
        entity=["NK-1"],
        program=["DPRK3"],
        authorityId=["EO 13722"],
        reason=["Helped"],
        listingDate=["2018-09-06"],
        authority=["OFAC"],
    ),
    entity("p-1", "Passport", holder=["NK-1"], number=["77"], country=["kp"], type=["Passport"]),
    entity("c-1", "Company", name=["Acme"], jurisdiction=["hk"], registrationNumber=["12"]),
    entity("o-1", "Ownership", owner=["NK-1"], asset=["c-1"], percentage=["50"]),
    entity("w-1", "CryptoWallet", publicKey=["1Kuf"], currency=["XBT"], holder=["NK-1"]),
    entity("v-1", "Vessel", name=["Ma Du San"], imoNumber=["IMO 7406784"], flag=["kp"]),
    entity("z-1", "Sanction", entity=["nobody"], program=["X"]),
    entity("q-1", "Friendship", friend=["NK-1"]),
)


def lines(*entities: object) -> Found:
    return read("ftm", ("list.json", "\n".join(json.dumps(each) for each in entities)))


@pytest.fixture(scope="module")
def found() -> Found:
    return lines(PERSON, *REST)


def test_a_person_with_what_others_say_of_it(found: Found):
    person = found.entries["NK-1"]
    assert person.names == (
        ListedName("Kim Chol Su", "primary"),
        ListedName("김철수", "primary"),
        ListedName("Kim Chul Soo", "alias"),
        ListedName("Kimmy", "weak"),
        ListedName("Kim Chol", "former"),
    )
    assert person.births == (ListedDate("1984-03", "1984-03-01", "1984-03-31"),)
    assert person.countries == (
        Country("kp", "KP", "nationality"),
        Country("cn", "CN", "residence"),
    )
    assert person.identifiers == (
        Identifier("passport", "563233595", note="passportNumber"),
        Identifier("email", "kim@example.org"),
        Identifier("passport", "77", "KP", note="type Passport"),
        Identifier("wallet", "1Kuf", asset="XBT"),
    )
    assert person.addresses == (
        Address("Street 1, Pyongyang"),
        Address("Street 2, Beijing", "Beijing", country="cn"),
    )
    assert person.programs == ("US-DPRK3", "DPRK3")
    assert person.legal_bases == ("EO 13722",)
    assert person.listed_on == "2018-09-06"
    assert person.remarks == ("A note", "Helped")
    assert person.related == (("Ownership asset (percentage 50)", "c-1"),)
    assert ("Sanction authority", "OFAC") in person.other
    assert ("shoeSize", "43") in person.other
    assert ("topics", "sanction") in person.other


def test_companies_vessels_and_wallets(found: Found):
    company, wallet, vessel = (found.entries[each] for each in ("c-1", "w-1", "v-1"))
    assert (company.schema, company.countries) == (
        "Company",
        (Country("hk", "HK", "registration"),),
    )
    assert company.related == (("Ownership owner (percentage 50)", "NK-1"),)
    assert wallet.schema == "Wallet"
    assert wallet.identifiers == (Identifier("wallet", "1Kuf", asset="XBT"),)
    assert wallet.names == (ListedName("1Kuf", "primary"),)
    assert ("holder", "NK-1") in wallet.related
    assert vessel.schema == "Vessel"
    assert vessel.identifiers == (Identifier("imo", "IMO 7406784"),)


def test_what_is_not_known_is_told(found: Found):
    assert found.unknown == {
        "Person:shoeSize": UnknownField("list.json", "Person:shoeSize", 1, "43"),
        "Sanction of no entry in this file": UnknownField(
            "list.json", "Sanction of no entry in this file", 1, "z-1"
        ),
        "schema Friendship": UnknownField("list.json", "schema Friendship", 1, "q-1"),
    }


def test_an_array_and_nested_entities_say_the_same(found: Found):
    assert read("ftm", ("a.json", json.dumps([PERSON, *REST]))).entries == found.entries
    sanction = REST[1] | {"properties": {**REST[1]["properties"], "entity": []}}
    nested = PERSON | {
        "properties": PERSON["properties"] | {"sanctions": [sanction], "addressEntity": [REST[0]]}
    }
    person = lines(nested).entries["NK-1"]
    assert person.programs == ("US-DPRK3", "DPRK3")
    assert person.addresses == found.entries["NK-1"].addresses


def test_bad_lines_are_refused_and_the_rest_goes_on():
    rows = (
        *("{", "[]", "5", '{"id": "1"}', ""),
        json.dumps(entity("a", "Person", name=[["x"]])),
        json.dumps(entity("b", "Person", name=["\u202eKim" + "x" * 10_000])),
        json.dumps(entity("b", "Person", name=["Again"])),
        json.dumps(entity("c", "Person")),
    )
    text = "\n".join(rows)
    found = read("ftm", ("list.json", text))
    assert found.entries["b"].names[0].text == "\u202eKim" + "x" * 10_000
    assert [(each.row, each.reason.partition(":")[0]) for each in found.refused] == [
        (1, "is not JSON"),
        (2, "is no object"),
        (3, "is no object"),
        (4, "has no id or no schema"),
        (6, "has a property that is neither text nor entity"),
        (8, "id b comes twice"),
        (9, "has no name (entry c)"),
    ]
    assert isinstance(found.refused[0], RefusedEntry)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no entity"),
        ("hello", "holds no entity"),
        ("[1, 2", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ('{"a":' * 100_000, "holds no entity"),
        ("[" + " " * (8 << 20) + "]", "holds no entity"),
        ("\n" + "x" * (9 << 20), "line of more than"),
    ],
)
def test_another_file_is_refused_as_a_whole(text: str, reason: str):
    with pytest.raises(ValueError, match=reason):
        read("ftm", ("list.json", text))


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("registration", "registration"),
        ("Tax-ID", "tax-id"),
        ("passport", "passport"),
        ("National Identity Card", "national-id"),
    ],
)
def test_a_document_is_what_its_type_says(word: str, kind: str):
    paper = entity(
        "d", "Identification", holder=["NK-1"], number=["77"], country=["sg"], type=[word]
    )
    (number,) = lines(entity("NK-1", "Company", name=["X"]), paper).entries["NK-1"].identifiers
    assert (number.kind, number.value, number.issuer) == (kind, "77", "SG")
