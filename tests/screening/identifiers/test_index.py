"""The index finds what is listed, in every spelling, and nothing else."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.addresses.forms import wallet_forms
from stanch.model.hits import Subject
from stanch.model.listed import Entry, Identifier, ListedName
from stanch.screening.identifiers import IdentifierIndex

ETH = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
TRX = "TBHTJqAy4DhHhmT3dNceJYNRz4SdLofLre"
XBT = "134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak"


def entry(place: str, *identifiers: Identifier) -> tuple[str, str, Entry]:
    listed = Entry(place, "Person", (ListedName(f"name of {place}", "primary"),), ("P1",),
                   identifiers=identifiers)  # fmt: skip
    return "sdn", "v1", listed


INDEX = IdentifierIndex.build(
    [
        entry("kim", Identifier("passport", "563410081", "Korea, North"),
              Identifier("wallet", ETH, asset="ETH")),
        entry("ri", Identifier("passport", "563410081", "CN"), Identifier("passport", "48213")),
        entry("co", Identifier("registration", "53175", "TR"), 
              Identifier("tax-id", "7727083115", "RU"),
              Identifier("company number", "12345678", "GB"), Identifier("swift", "KDBKKPPY")),
        entry("site", Identifier("website", "https://evil.example/"),
              Identifier("website", "social.example/kim"), Identifier("imo", "9179701")),
        entry("coin", Identifier("wallet", XBT), Identifier("wallet", TRX)),
    ],
    wallet_forms,
)  # fmt: skip


def found(kind: str, value: str, issuer: str = "") -> set[str]:
    (hits,) = INDEX.search([Subject("s", (), identifiers=(Identifier(kind, value, issuer),))])
    return {hit.entry for hit in hits}


@pytest.mark.parametrize(("asked", "expected"), [
    (("passport", "563410081"), {"kim", "ri"}),
    (("passport", "563410081", "KP"), {"kim"}),
    (("passport", "563410081", "DPRK"), {"kim"}),
    (("passport", "563410081", "US"), set()),
    (("passport", "563410081", "SU"), {"kim", "ri"}),
    (("", "563410081"), {"kim", "ri"}),
    (("tax-id", "563410081"), set()),
    (("national-id", "563410081", "KP"), set()),
    (("passport", "48213"), set()),  # short, and no country says more
    (("passport", "48213", "KP"), set()),
    (("registration", "53175", "TR"), {"co"}),
    (("registration", "53175"), set()),
    (("", "53175", "TR"), set()),
    (("registration", "7727083115", "Russia"), {"co"}),  # one number for taxes and the register
    (("registration", "7727083115"), set()),
    (("registration", "12345678", "GB"), {"co"}),  # the list's own word for it
    (("passport", "12345678", "GB"), set()),
    (("company code", "12345678"), {"co"}),
    (("", "12345678"), {"co"}),
    (("account", "12345678"), set()),
    (("swift", "KDBKKPPYABC"), {"co"}),
    (("website", "http://www.evil.example/contact"), {"site"}),
    (("website", "social.example"), set()),
    (("website", "social.example/kim/"), {"site"}),
    (("imo", "IMO 9179701"), {"site"}),
    (("mmsi", "9179701"), set()),
    (("", "IMO 9179701"), {"site"}),
    (("wallet", ETH.lower()), {"kim"}),
    (("", f"eth:{ETH}"), {"kim"}),
    (("passport", ETH), set()),
    (("wallet", "qqtn3j8t74wq4zfg9rr4qemfchm86pt88vwg8tqqrh"), set()),
])  # fmt: skip
def test_search(asked, expected):
    assert found(*asked) == expected


def test_other_forms_of_a_listed_address():
    (form,) = wallet_forms(XBT)
    assert found("wallet", f"bitcoincash:{form}") == {"coin"}
    (hexed,) = wallet_forms(TRX)
    assert found("wallet", hexed) == {"coin"}
    assert wallet_forms(form) == (XBT,)


def test_a_hit_says_all_that_speaks_for_it():
    asked = (Identifier("passport", "563-410-081", "KP"), Identifier("wallet", ETH.upper()))
    ((hit,),) = INDEX.search([Subject("s1", (), identifiers=asked)])
    assert (hit.subject, hit.rank, hit.list, hit.version, hit.entry) == (
        "s1",
        1,
        "sdn",
        "v1",
        "kim",
    )
    assert (hit.name, hit.programs, hit.method) == ("name of kim", ("P1",), "identifier@1")
    assert [each.code for each in hit.evidence] == [
        "identifier.same", "identifier.country", "identifier.same",
    ]  # fmt: skip
    assert hit.points == sum(each.points for each in hit.evidence) == 140.0
    assert 0.999 < hit.score <= 1


def test_less_is_known_without_a_country():
    points = []
    for code in ("KP", ""):
        asked = (Identifier("passport", "563410081", code),)
        (hits,) = INDEX.search([Subject("s", (), identifiers=asked)])
        points.append(hits[0].points)
    assert points[0] - points[1] == 15


def test_other_case_of_base58_is_said():
    ((hit,),) = INDEX.addresses([XBT.upper()])
    assert [each.code for each in hit.evidence] == ["identifier.same", "identifier.case"]


def test_an_empty_index_finds_nothing():
    empty = IdentifierIndex.build([])
    assert empty.addresses([ETH, ""]) == [(), ()]
    assert empty.search([]) == []


@given(st.lists(st.integers(10**7, 10**9).map(str), max_size=20), st.sampled_from(["passport", ""]))
def test_numbers_match_themselves_only(numbers, kind):
    listed = {number: place for place, number in enumerate(dict.fromkeys(numbers[::2]))}
    index = IdentifierIndex.build(
        entry(str(place), Identifier("passport", number)) for number, place in listed.items()
    )
    asked = [Subject(n, (), identifiers=(Identifier(kind, n),)) for n in numbers]
    for number, hits in zip(numbers, index.search(asked), strict=True):
        assert {hit.entry for hit in hits} == ({str(listed[number])} if number in listed else set())


def test_a_million_addresses_take_seconds():
    chance = random.Random(7)
    asked = [f"0x{chance.getrandbits(160):040x}" for _ in range(1_000_000)] + [ETH.lower()]
    begun = time.process_time()
    hits = INDEX.addresses(asked)
    assert time.process_time() - begun < 20  # two seconds where nothing else runs
    assert [hit.entry for hit in hits[-1]] == ["kim"]
    assert not any(hits[:-1])
