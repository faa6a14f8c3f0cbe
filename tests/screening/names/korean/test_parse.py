"""How a name may be read as a Korean one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.names.fold import fold
from stanch.screening.names.korean.parse import MOST_GIVEN, korean_readings


def readings(name: str) -> list[str]:
    return [
        f"{each.surname.spelling} {'-'.join(part.spelling for part in each.given)}"
        for each in korean_readings(fold(name).words)
    ]


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("Kim Jong-un", "kim jong-un"),
        ("Kim Jongun", "kim jong-un"),
        ("KIM JONG UN", "kim jong-un"),
        ("Jong-un Kim", "kim jong-un"),
        ("Chŏng Yŏngnam", "chong yong-nam"),
        ("Pak Hangil", "pak han-gil"),
        ("Pak Han-gil", "pak han-gil"),
        ("Pak Hang-il", "pak hang-il"),
        ("영식 김", "김 영-식"),
        ("김영식", "김 영-식"),
        ("김 영식", "김 영-식"),
        ("Ким Чен Ын", "ким чен-ын"),
        ("キム・ジョンウン", "kimu jon-un"),
        ("Ri Il", "ri il"),
    ],
)
def test_the_best_reading(name, best):
    assert best in readings(name)
    (first, *_) = korean_readings(fold(name).words)
    assert first.doubt == 0.0


def test_both_cuts_of_a_joined_name():
    joined = readings("Pak Hangil")
    assert joined[:2] == ["pak han-gil", "pak hang-il"]
    first, second, *_ = korean_readings(fold("Pak Hangil").words)
    assert first.doubt < second.doubt


def test_where_the_surname_stands():
    by_name = {each.surname.spelling: each.first for each in korean_readings(("kim", "jong", "un"))}
    assert by_name == {"kim": True, "un": False}


def test_hanja_are_read_in_every_korean_way():
    assert set(readings("金正恩")) == {"김 정-은", "금 정-은"}
    assert "박 철" in readings("朴哲")


@pytest.mark.parametrize(
    "name",
    ["Smith John", "Kim", "김", "", "Kim Jong Un Pak Chol", "Kim 정은", "뷁정은", "박a한길",
     "Ali Hassan", "김정은김정은", "金", "キム"],
)  # fmt: skip
def test_no_reading(name):
    assert readings(name) == []


@pytest.mark.parametrize(
    ("name", "usual"),
    [("Kim Jong-un", True), ("Choe Ryong Hae", True), ("Kim Smitho", False), ("Sun Xqz", False)],
)
def test_usual_names(name, usual):
    assert any(each.is_usual() for each in korean_readings(fold(name).words)) == usual


@given(st.lists(st.text("aeghiklmnoprsuy", min_size=1, max_size=9), max_size=5))
def test_readings_spell_the_name(words):
    for each in korean_readings(tuple(words)):
        parts = [part.spelling for part in each.given]
        spelled = [each.surname.spelling, *parts] if each.first else [*parts, each.surname.spelling]
        assert "".join(spelled) == "".join(words)
        assert 1 <= len(parts) <= MOST_GIVEN
        assert each.doubt >= 0.0
