from collections import Counter

import pytest

from stanch.screening.names import table
from stanch.screening.names.fold import fold
from stanch.screening.names.words.concepts import KINDS, Concepts, family, kind

ROWS = list(table.rows("stanch.screening.names.words", "concepts.tsv"))
WORDS = Concepts.load()


def concepts_of(name: str) -> list[str]:
    return [concept for _, _, concept in WORDS.find(fold(name).words)]


def test_concepts_stand_once_in_order_and_have_a_class() -> None:
    names = [row[0] for row in ROWS]
    assert names == sorted(set(names))
    assert {kind(name) for name in names} == set(KINDS)
    assert all(len(row) > 1 for row in ROWS)


def test_no_form_belongs_to_two_concepts_or_stands_twice() -> None:
    forms = Counter(form for row in ROWS for form in row[1:])
    assert [form for form, count in forms.items() if count > 1] == []


def test_every_form_is_what_folding_leaves() -> None:
    forms = [form for row in ROWS for form in row[1:]]
    assert [form for form in forms if " ".join(fold(form).words) != form] == []


@pytest.mark.parametrize(
    "names",
    [
        ("KOREA TRADING CORPORATION", "Choson Muyok Hoesa", "조선 무역 회사", "朝鮮 貿易 公司"),
        ("Gazprom OAO", "Gazprom Open Joint Stock Company", "Газпром ОАО"),
        ("Alfa LLC", "ALFA L.L.C.", "OOO Alfa", "Общество с ограниченной ответственностью Альфа"),
        ("Siemens AG", "Siemens Aktiengesellschaft"),
        ("Foreign Trade Bank", "Taeoe Muyok Unhaeng", "대외무역 은행"),
        ("Democratic People's Republic of Korea", "DPRK", "조선민주주의인민공화국"),
        ("Research Institute", "Yonguso", "Научно-исследовательский институт", "NII"),
        ("Brigade 44", "Brigade Forty-Four"),
    ],
)
def test_names_that_say_the_same(names: tuple[str, ...]) -> None:
    assert len({tuple(concepts_of(name)) for name in names}) == 1
    assert concepts_of(names[0])


@pytest.mark.parametrize(
    "pair",
    [("Bank", "Trading"), ("North Korea", "South Korea"), ("Film", "Art"), ("Dandong", "Dalian")],
)
def test_other_meanings_stay_apart(pair: tuple[str, str]) -> None:
    assert concepts_of(pair[0]) != concepts_of(pair[1])


def test_the_longest_form_wins() -> None:
    tokens = ["public", "joint", "stock", "company", "rosbank"]
    assert WORDS.find(tokens) == [(0, 4, "legal:stock:pjsc")]


@pytest.mark.parametrize(
    "name", [[], ["mansu"], ["joint"], ["kim", "chol", "su"], ["ryongak", "san"], ["hong", "xiang"]]
)
def test_names_without_such_words(name: list[str]) -> None:
    assert WORDS.find(name) == []


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("조선백호무역회사", ["조선", "백호", "무역", "회사"]),
        ("조선릉라도무역총회사", ["조선", "릉라도", "무역", "총회사"]),
        ("沈忠國際海運有限公司", ["沈忠", "國際", "海運", "有限公司"]),
        ("백두", ["백두"]),
        ("철수", ["철수"]),
        ("", []),
    ],
)
def test_words_without_blanks_are_cut_at_the_forms(word: str, parts: list[str]) -> None:
    assert WORDS.cut(word) == parts


def test_forms_of_companies_have_families() -> None:
    assert family("legal:limited:llc") == family("legal:limited:gmbh") == "legal:limited"
    assert family("generic:bank") == "generic:bank"
