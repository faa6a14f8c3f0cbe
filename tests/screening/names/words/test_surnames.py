import pytest

from stanch.screening.names.fold import fold
from stanch.screening.names.han.readings import readings, representative
from stanch.screening.names.words.surnames import chinese, spelled, written


def test_surnames_stand_once_and_in_order() -> None:
    shapes = [each.simplified for each in chinese()]
    assert shapes == sorted(set(shapes))
    assert len(shapes) > 120


def test_spellings_are_folded_and_stand_once() -> None:
    for each in chinese():
        assert len(set(each.southern)) == len(each.southern) > 0
        for spelling in (each.pinyin, each.wade_giles, *each.southern):
            assert fold(spelling).words == (spelling,)
            assert spelling.isascii()


def test_pinyin_is_a_reading_of_the_character() -> None:
    for each in chinese():
        if len(each.simplified) == 1:
            assert each.pinyin in readings(each.simplified).mandarin


def test_both_shapes_are_one_character() -> None:
    for each in chinese():
        for one, other in zip(each.simplified, each.traditional, strict=True):
            assert representative(one) == representative(other)


def test_shares_are_those_of_a_part_of_the_people() -> None:
    shares = [each.share for each in chinese() if each.share is not None]
    assert 50 < sum(shares) < 100
    assert written()["王"].share == max(shares)


@pytest.mark.parametrize(
    ("shape", "spelling"),
    [("陈", "chan"), ("張", "cheung"), ("习", ""), ("谢", "hsieh"), ("單", "shan")],
)
def test_known_spellings(shape: str, spelling: str) -> None:
    assert (shape in written()) == bool(spelling)
    if spelling:
        assert written()[shape] in spelled()[spelling]


def test_one_spelling_stands_for_several_surnames() -> None:
    assert {each.simplified for each in spelled()["wong"]} >= {"王", "黄"}
