import re
import subprocess
import sys
import unicodedata

import pytest

from stanch.screening.names import table
from stanch.screening.names.han.readings import Reading, readings, representative

ROWS = list(table.rows("stanch.screening.names.han", "readings.tsv"))


def test_each_character_stands_once_in_order_and_as_nfkc_leaves_it() -> None:
    chars = [row[0] for row in ROWS]
    assert len(chars) > 17_000
    assert chars == sorted(set(chars))
    assert all(len(char) == 1 and unicodedata.normalize("NFKC", char) == char for char in chars)


def test_readings_are_hangul_and_folded_latin_without_repeats() -> None:
    for char, korean, *latin, _ in ROWS:
        assert re.fullmatch(r"([가-힣]( (?!$)|$))*", korean), char
        for field in latin:
            assert re.fullmatch(r"([a-z]+( (?!$)|$))*", field), char
        for field in (korean, *latin):
            assert len(set(field.split())) == len(field.split()), char


def test_a_representative_stands_for_itself() -> None:
    for char, *_ in ROWS:
        chosen = representative(char)
        assert representative(chosen) == chosen, char


def test_characters_with_a_korean_reading_are_all_there() -> None:
    assert sum(bool(row[1]) for row in ROWS) > 11_000


@pytest.mark.parametrize(
    ("char", "expected"),
    [
        ("李", Reading(("리", "이"), ("li",), ("lei",), ("ri", "sumomo"))),
        ("金", Reading(("금", "김"), ("jin",), ("gam",), ("kin", "kon", "kane"))),
        ("哲", Reading(("철",), ("zhe",), ("zit",), ("tetsu", "akiraka"))),
        ("呂", Reading(("려", "여"), ("lu",), ("leoi",), ("ryo", "ro", "sebone"))),
        ("A", Reading()),
    ],
)
def test_known_readings(char: str, expected: Reading) -> None:
    assert readings(char) == expected


def test_a_simplified_shape_is_read_in_korean_as_its_traditional_shape() -> None:
    assert readings("郑").korean == readings("鄭").korean == ("정",)
    assert readings("叶").korean[:2] == ("협", "엽")


@pytest.mark.parametrize(
    "shapes", ["鄭郑", "劉刘", "澤沢泽", "廣広广", "島岛嶋", "濱浜滨", "國国", "發发髮"]
)
def test_shapes_of_one_character_have_one_representative(shapes: str) -> None:
    assert len({representative(char) for char in shapes}) == 1


@pytest.mark.parametrize("pair", ["金銀", "英永", "成城", "日月", "東冬"])
def test_other_characters_stay_apart(pair: str) -> None:
    assert representative(pair[0]) != representative(pair[1])


def test_the_table_loads_in_well_under_a_second() -> None:
    code = (
        "from stanch.screening.names.han.readings import readings; import time;"
        "start = time.perf_counter(); readings('李'); print(time.perf_counter() - start)"
    )
    took = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(took.stdout) < 0.5  # 0.02 s on one core of 2024; CI machines may be slow
