import pytest

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.ofac_remarks import FREE, read_remarks
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import (
    PERSON,
    Country,
    Identifier,
    ListedDate,
    ListedName,
    UnknownField,
)


def remarks(text: str) -> tuple[Draft, list[UnknownField]]:
    draft, unknown = Draft("1", PERSON), Unknown("sdn.csv")
    read_remarks(draft, text, unknown)
    return draft, list(unknown.fields())


def test_a_line_of_remarks_is_read_clause_by_clause():
    draft, unknown = remarks(
        "DOB 10 Jan 1987; alt. DOB circa 1986; POB Haeju, Korea, North; nationality China; "
        "citizen Korea, North; Gender Male; a.k.a. 'blackjack1987'; f.k.a. 'KHALEESI, LTD.'; "
        "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201; "
        "(Linked To: LAZARUS GROUP)."
    )
    assert draft.births == [
        ListedDate("10 Jan 1987", "1987-01-10", "1987-01-10"),
        ListedDate("circa 1986", "1986-01-01", "1986-12-31", circa=True),
    ]
    assert draft.birth_places == ["Haeju, Korea, North"]
    assert draft.countries == [
        Country("China", "CN", "nationality"),
        Country("Korea, North", "KP", "citizenship"),
    ]
    assert draft.genders == ["male"]
    assert draft.names == [
        ListedName("blackjack1987", "weak"),
        ListedName("KHALEESI, LTD.", "former"),
    ]
    assert draft.other == [
        ("Secondary sanctions risk", "North Korea Sanctions Regulations, sections 510.201")
    ]
    assert draft.related == [("Linked To", "LAZARUS GROUP")]
    assert draft.remarks == unknown == []


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "Passport 563233595 (Korea, North) issued 01 Jan 2010 expires 03 Jun 2018",
            Identifier(
                "passport", "563233595", "KP", note="issued 01 Jan 2010 expires 03 Jun 2018"
            ),
        ),
        ("alt. Passport 1091875", Identifier("passport", "1091875")),
        (
            "National ID No. 216040 (Yemen)",
            Identifier("national-id", "216040", "YE", note="National ID No."),
        ),
        (
            "Folio Mercantil No. 22839 (Jalisco) (Mexico)",
            Identifier("registration", "22839", "MX", note="Folio Mercantil No.; Jalisco"),
        ),
        (
            "Tax ID No. AABA 670850 Y",
            Identifier("tax-id", "AABA 670850 Y", note="Tax ID No."),
        ),
        (
            "alt. Digital Currency Address - XBT 1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo",
            Identifier("wallet", "1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo", asset="XBT"),
        ),
        ("Email Address a@ebonet.net", Identifier("email", "a@ebonet.net")),
        (
            "Telephone (98)(9121115315)",
            Identifier("phone", "(98)(9121115315)", note="Telephone"),
        ),
        ("Website http://gge.ru", Identifier("website", "http://gge.ru")),
        (
            "Vessel Registration Identification IMO 7406784",
            Identifier("imo", "7406784", note="Vessel Registration Identification"),
        ),
        ("MMSI 572469210", Identifier("mmsi", "572469210")),
        ("SWIFT/BIC DCBKKPPY", Identifier("swift", "DCBKKPPY")),
        (
            "D-U-N-S Number 542957624",
            Identifier("d-u-n-s number", "542957624", note="D-U-N-S Number"),
        ),
    ],
)
def test_numbers_are_told_apart(clause: str, expected: Identifier):
    draft, unknown = remarks(f"{clause}.")
    assert draft.identifiers == [expected]
    assert not unknown


def test_what_no_word_begins_is_kept_and_reported_once():
    draft, unknown = remarks(
        "KOMID official in Syria; Union Card 55-1 (Cuba); daughter of somebody; Union Card 55-2."
    )
    assert draft.remarks == [
        "KOMID official in Syria",
        "Union Card 55-1 (Cuba)",
        "daughter of somebody",
        "Union Card 55-2",
    ]
    assert unknown == [
        UnknownField("sdn.csv", FREE, 2, "KOMID official in Syria"),
        UnknownField("sdn.csv", "Remarks: Union Card", 2, "Union Card 55-1 (Cuba)"),
    ]


def test_directives_of_any_year_are_facts():
    draft, unknown = remarks(
        "Listing Date (EO 14199 Directive 9): 24 Feb 2031; "
        "Executive Order 14199 Directive Determination - Subject to Directive 9."
    )
    assert draft.other == [
        ("Listing Date (EO 14199 Directive 9)", "24 Feb 2031"),
        ("Executive Order 14199 Directive Determination", "Subject to Directive 9"),
    ]
    assert not unknown
