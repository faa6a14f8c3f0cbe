"""Identifiers, places, genders and roles, one by one."""

import pytest

from stanch.model.listed import Identifier
from stanch.screening.facts import genders, identifiers, places, roles

KP = "KP"


def _ids(*pairs: tuple[str, str]) -> tuple[Identifier, ...]:
    return tuple(Identifier(kind, value, KP) for kind, value in pairs)


def test_the_same_passport_is_near_proof_and_another_beside_it_changes_nothing() -> None:
    mine = _ids(("passport", "563410081"))
    theirs = _ids(("passport", "654210116"), ("passport", "Passport 5634-10081"))
    found = identifiers.evidence(mine, theirs)
    assert [each.code for each in found if each.points] == ["identifier.same"]
    assert sum(each.points for each in found) >= 50


@pytest.mark.parametrize(
    ("kind", "mine", "theirs", "points"),
    [
        ("passport", "563410081", "654210116", identifiers.PASSPORT),
        ("national-id", "84030512345", "71112212345", identifiers.HELD_ONCE),
        ("imo", "9179701", "9314650", identifiers.HULL),
        ("call-sign", "HMYA5", "5VTX3", identifiers.WITH_THE_FLAG),
    ],
)
def test_another_number_lowers_by_what_its_kind_is_held_for(
    kind: str, mine: str, theirs: str, points: float
) -> None:
    (found,) = identifiers.evidence(_ids((kind, mine)), _ids((kind, theirs)))
    assert (found.code, found.points, found.note) == ("identifier.contradicts", points, kind)


@pytest.mark.parametrize(
    ("kind", "mine", "theirs"),
    [
        ("email", "a@b.example", "c@d.example"),
        ("wallet", "134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak", "1Kuf2Rd8mSJBUp7s7KNsdvSGYYQxq7QCPY"),
        ("passport", "563410081", "563410082"),  # a slip
        ("passport", "563410081", "PD654210116"),  # another format
        ("imo", "9179701", "917970"),  # no IMO number at all
    ],
)
def test_numbers_that_anybody_may_have_several_of_say_nothing(
    kind: str, mine: str, theirs: str
) -> None:
    assert identifiers.evidence(_ids((kind, mine)), _ids((kind, theirs))) == []


def test_passports_of_two_countries_say_nothing() -> None:
    mine, theirs = Identifier("passport", "563410081", "KP"), Identifier("passport", "654210116")
    assert identifiers.evidence((mine,), (theirs,)) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        ("Pyongyang", "Pyongyang, DPRK", "place.same"),
        ("Sinuiju, North Phyongan Province", "Phyongan, Korea, North", "place.similar"),
        ("Berlin, Germany", "Pyongyang, DPRK", "place.contradicts"),
        ("Hamhung, DPRK", "Pyongyang, DPRK", "place.differs"),
    ],
)
def test_places(mine: str, theirs: str, code: str) -> None:
    assert [each.code for each in places.evidence((mine,), (theirs,))] == [code]


def test_a_common_country_of_birth_is_no_evidence() -> None:
    assert places.evidence(("DPRK",), ("DPRK",)) == []
    assert places.evidence(("DPRK",), ("Pyongyang, DPRK",)) == []


def test_genders() -> None:
    assert [each.points for each in genders.evidence(("M",), ("male",))] == [genders.SAME]
    assert [each.points for each in genders.evidence(("여성",), ("male",))] == [genders.CONTRADICTS]
    assert genders.evidence(("diverse",), ("male",)) == []


def test_roles_help_by_their_telling_words_only() -> None:
    listed = ("Director of the General Bureau of Atomic Energy (GBAE)",)
    assert [each.code for each in roles.evidence(("Bureau of Atomic Energy",), listed)] == [
        "role.same"
    ]
    assert roles.evidence(("Deputy Director General",), listed) == []
    assert roles.evidence(("sailor",), listed) == []
