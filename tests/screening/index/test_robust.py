"""Whatever stands in a name, an answer comes, and soon."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.model.hits import Subject
from stanch.model.listed import Entry, ListedName
from stanch.screening.index import Index
from tests.screening.index.lists import SCHEMAS

LONGEST = 10.0  # seconds for one name: what takes longer hangs
LETTERS = "aeiKm \u0430\u0435\u043a김정은金正恩キムاحमद\u200b\u202e'’.-,;&0139l"
TEXTS = st.one_of(
    st.text(max_size=500),
    st.text(LETTERS, max_size=500),
    st.text("ab ", max_size=500),
    st.sampled_from((
        "", "A", "김", "金", "キ", "l", "-", ",", "ab " * 3000, "a" * 10_000, "김" * 10_000,
        "金" * 10_000, "a, b; " * 2000, "\u202e" * 10_000, "e\u0301" * 5000, "ㄱ" * 500, "ﷺ" * 300,
        "박a한길", "김ㅏ", "Kim 金 김 キム Ким", "9" * 30, "=legal:limited",
    )),
)  # fmt: skip
USUAL = ListedName("Kim Jong Un")


def index_of(*names: str, schema: str = "Person") -> Index:
    entry = Entry("e", schema, tuple(map(ListedName, names)))
    return Index.of([("list", "1", entry), ("list", "1", Entry("f", schema, (USUAL,)))])


def ask(index: Index, *names: str, schema: str = "Person", top: int = 10, threshold: float = 0.0):
    return index.search([Subject("s", names, schema)], top, threshold)[0]


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Compiling and reading tables take their time once."""
    for name in (
        "Kim Jong Un",
        "김정은",
        "金正恩",
        "キム・ジョンウン",
        "Ким Чен Ын",
        "Petrov Trading",
    ):
        for schema in SCHEMAS:
            ask(index_of(name, schema=schema or "Person"), name, schema=schema)


@settings(max_examples=300)
@given(TEXTS, TEXTS, st.sampled_from(SCHEMAS[:-1]), st.sampled_from(SCHEMAS))
def test_any_text_is_borne(listed, asked, schema, other):
    start = time.perf_counter()
    index = index_of(listed, schema=schema)
    built = time.perf_counter()
    ask(index, asked, schema=other)
    ask(index, listed, schema=other)
    assert built - start < LONGEST
    assert time.perf_counter() - built < 2 * LONGEST


def test_half_a_surrogate_pair_in_a_query():
    assert ask(index_of("Igor Sechin"), "Igor \ud800 Sechin")


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_empty_list(schema):
    assert ask(Index.of([]), "Kim Jong Un", "김정은", schema=schema) == ()


@pytest.mark.parametrize("names", [(), ("",), ("...", "-"), ("\u200b",), ("\u2603",)])
def test_a_list_of_names_without_letters(names):
    index = Index.of([("list", "1", Entry("e", "Person", tuple(map(ListedName, names))))])
    for asked in ("Kim Jong Un", "김정은", "", "...", "39"):
        assert ask(index, asked) == ()


def test_two_names_without_letters_are_not_one():
    for name in ("", "...", "\u2603", "\u200b", "---"):
        assert ask(index_of(name), name) == ()


def test_subjects_without_names():
    index = index_of("Igor Sechin")
    subjects = [Subject("a", ()), Subject("b", ("Igor Sechin",)), Subject("c", ())]
    found = index.search(subjects)
    assert [len(hits) for hits in found] == [0, 1, 0]
    assert index.search([]) == []


def test_no_hits_wanted():
    assert ask(index_of("Igor Sechin"), "Igor Sechin", top=0) == ()


def test_thresholds_at_both_ends():
    index = index_of("Igor Sechin")
    assert ask(index, "Igor Sechin", threshold=1.0) == ()
    assert {hit.entry for hit in ask(index, "Igor Pak", threshold=0.0)} == {"e"}
    assert ask(index, "Igor Sechin", threshold=0.0)[0].entry == "e"


@pytest.mark.parametrize("schema", [*SCHEMAS, "Airplane", "Company", "Asset", "no schema"])
def test_any_schema(schema):
    assert ask(index_of("Igor Sechin", schema=schema), "Igor Sechin", schema=schema)
