"""Every party of a travel-rule record is a subject, however its keys are written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats import ivms101
from stanch.formats.subjects import RefusedSubject
from stanch.model.listed import Country, Identifier

ETH = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
RECORD = {
    "originator": {
        "originatorPersons": [
            {"naturalPerson": {
                "name": {
                    "nameIdentifier": [
                        {"primaryIdentifier": "Kim", "secondaryIdentifier": "Chol Su",
                         "nameIdentifierType": "LEGL"},
                        {"primaryIdentifier": "Jin", "nameIdentifierType": "ALIA"},
                    ],
                    "localNameIdentifier": [
                        {"primaryIdentifier": "김철수", "nameIdentifierType": "LEGL"}],
                    "phoneticNameIdentifier": [
                        {"primaryIdentifier": "gim", "secondaryIdentifier": "cheol su"}],
                },
                "geographicAddress": [{"addressType": "HOME", "country": "CN"}],
                "nationalIdentification": {"nationalIdentifier": "563410081",
                    "nationalIdentifierType": "CCPT", "countryOfIssue": "KP"},
                "dateAndPlaceOfBirth": {"dateOfBirth": "1984-05-12", "placeOfBirth": "Pyongyang"},
                "countryOfResidence": "CN",
            }},
            {"naturalPerson": {"name": {"nameIdentifier": []}}},
        ],
        "accountNumber": [ETH],
    },
    "beneficiary": {
        "beneficiaryPersons": [{"legalPerson": {
            "name": {"nameIdentifier": [{"legalPersonName": "Trading Co",
                                         "legalPersonNameIdentifierType": "LEGL"}]},
            "nationalIdentification": {"nationalIdentifier": "5493001KJTIIGC8Y1R12",
                                       "nationalIdentifierType": "LEIX"},
            "countryOfRegistration": "SG"}}],
        "accountNumber": ["134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak"],
    },
    "originatingVASP": {"originatingVASP": {"legalPerson": {
        "name": {"nameIdentifier": [{"legalPersonName": "VASP A"}]}}}},
    "beneficiaryVASP": {"beneficiaryVASP": {"legalPerson": {
        "name": {"nameIdentifier": [{"legalPersonName": "VASP B"}]}}}},
    "transferPath": {"transferPath": [{"intermediaryVASP": {"legalPerson": {
        "name": {"nameIdentifier": [{"legalPersonName": "VASP C"}]}}}, "sequence": 0}]},
}  # fmt: skip


def read(tree):
    found = list(ivms101.parse("r.json", json.dumps(tree).encode()))
    refused = [each for each in found if isinstance(each, RefusedSubject)]
    return {each.id: each for each in found if each not in refused}, refused


def test_all_parties():
    subjects, refused = read(RECORD)
    assert {place: each.names for place, each in subjects.items()} == {
        "originator.originatorPersons[0]": ("Chol Su Kim", "Jin", "김철수", "cheol su gim"),
        "beneficiary.beneficiaryPersons[0]": ("Trading Co",),
        "originatingVASP.originatingVASP": ("VASP A",),
        "beneficiaryVASP.beneficiaryVASP": ("VASP B",),
        "transferPath.transferPath[0].intermediaryVASP": ("VASP C",),
    }
    assert refused == [
        RefusedSubject("r.json", 2, "originator.originatorPersons[1]: has no name")
    ]  # fmt: skip


def test_what_is_said_of_them():
    subjects, _ = read(RECORD)
    person = subjects["originator.originatorPersons[0]"]
    company = subjects["beneficiary.beneficiaryPersons[0]"]
    assert (person.schema, company.schema) == ("Person", "Organization")
    assert person.births[0].first == "1984-05-12"
    assert person.birth_places == ("Pyongyang",)
    assert person.countries == (Country("CN", "CN", "residence"), Country("CN", "CN", "address"))
    assert person.identifiers == (
        Identifier("passport", "563410081", "KP"), Identifier("wallet", ETH),
    )  # fmt: skip
    assert company.identifiers[0] == Identifier("lei", "5493001KJTIIGC8Y1R12")
    assert company.countries == (Country("SG", "SG", "registration"),)
    assert person.source == "r.json, originator.originatorPersons[0]"


def snake(tree):
    """The same record as the protocol-buffer form writes it."""
    if isinstance(tree, dict):
        return {
            "".join(f"_{c.lower()}" if c.isupper() else c for c in key)
            .replace("_v_a_s_p", "_vasp")
            .replace("name_identifier", "name_identifiers")
            .replace("name_identifiers_type", "name_identifier_type")
            .replace("account_number", "account_numbers")
            .replace("geographic_address", "geographic_addresses"): snake(each)
            for key, each in tree.items()
        }
    return [snake(each) for each in tree] if isinstance(tree, list) else tree


def test_keys_with_underscores_say_the_same():
    (mine, _), (theirs, _) = read(RECORD), read(snake(RECORD))
    assert [(each.names, each.identifiers, each.countries) for each in mine.values()] == [
        (each.names, each.identifiers, each.countries) for each in theirs.values()
    ]


def test_an_envelope_and_a_list_of_records():
    subjects, _ = read({"id": 1, "payload": [{"IVMS101": RECORD}, {"IVMS101": RECORD}]})
    assert len(subjects) == 10
    assert "payload[1].IVMS101.originator.originatorPersons[0]" in subjects


@pytest.mark.parametrize("data", [
    b"", b"[]", b"{}", b'{"originator": "Kim"}', b'{"originator": {}}', b"[" * 5000,
    b'{"a":' * 60 + b"1" + b"}" * 60, b"\xff\xfe",
])  # fmt: skip
def test_what_is_no_record(data):
    assert not ivms101.looks_so(data) or data == b'{"originator": {}}'
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        list(ivms101.parse("r.json", data))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(
        st.sampled_from(["originator", "naturalPerson", "name", "nameIdentifier",
                         "primaryIdentifier", "accountNumber", "geographicAddress",
                         "dateAndPlaceOfBirth", "nationalIdentification"]), below, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["originator", "beneficiary"]), VALUES))
def test_no_shape_breaks_it(tree):
    try:
        read(tree)
    except ValueError as error:
        assert "\n" not in str(error)  # noqa: PT017 - whatever it says, it says in one line
