"""Every code that a stage may answer with has words, in every language."""

import ast
import re
from pathlib import Path

import pytest

import stanch
from stanch.i18n import languages, settle_words, words
from stanch.i18n.catalogue import catalogue
from stanch.model.hits import Evidence

SOURCE = Path(stanch.__file__).parent
FAMILIES = (
    "name|identifier|birth|place|country|gender|role|schema|program|list|settle|address|wallet"
)
CODE = re.compile(rf"(?:{FAMILIES})\.[a-z_]+(?:\.[a-z_]+)*")
PLACES = re.compile(r"\{[^}]*\}")


def _codes_in_source() -> set[str]:
    """Codes as they stand in the stage's files: always whole, so that they can be found."""
    found: set[str] = set()
    for file in sorted((SOURCE / "screening").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if CODE.fullmatch(node.value) else set()
    return found


def test_every_code_in_the_source_has_words() -> None:
    codes = _codes_in_source()
    assert {"identifier.same", "schema.contradicts", "settle.passport", "birth.span"} <= codes
    for language in languages():
        assert sorted(codes - catalogue(language).keys()) == [], language


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_lines_and_the_places_of_english(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert english.keys() == other.keys()
    for code, line in other.items():
        assert set(PLACES.findall(line)) == set(PLACES.findall(english[code])), code
        assert not re.search(r"\{(?!subject\}|listed\}|note\})", line), code


def test_there_are_english_korean_and_japanese() -> None:
    assert {"en", "ko", "ja"} <= set(languages())
    assert languages()[0] == "en"


def test_a_part_in_brackets_goes_where_something_in_it_is_empty() -> None:
    alone = Evidence("birth.day", 36.0, "5 Mar 1984", "5.3.1984")
    assert words(alone) == "born on the same day: 5 Mar 1984, listed 5.3.1984"
    best = Evidence("birth.day", 33.0, "5 Mar 1984", "5.3.1984", "2")
    assert words(best).endswith("listed 5.3.1984 (best of 2 pairs of dates)")


def test_notes_that_are_our_words_are_said_in_the_language() -> None:
    same = Evidence("identifier.same", 60.0, "563410081", "5634-10081", "passport")
    assert words(same) == "the same passport number: 563410081, listed as 5634-10081"
    assert words(same, "ko") == "여권 번호 일치: 563410081 (명단: 5634-10081)"
    assert words(same, "ja") == "旅券番号が一致: 563410081(リスト: 5634-10081)"


def test_what_a_list_writes_is_shown_as_it_is() -> None:
    odd = Evidence("name.exact", 1.0, "{listed} [x] %s", "{note}", "")
    assert words(odd) == "the whole name is the same: {listed} [x] %s, listed as {note}"


def test_a_code_from_a_newer_version_stays_readable() -> None:
    assert words(Evidence("name.unheard_of", 1.0)) == "name.unheard_of"
    assert settle_words("settle.unheard_of") == "settle.unheard_of"


def test_settling_is_said_as_a_thing_to_ask_for() -> None:
    assert settle_words("settle.birth_date") == "day of birth"
    assert settle_words("settle.birth_date", "ko") == "생년월일"


@pytest.mark.parametrize("language", ["xx", "../en", "", "EN"])
def test_an_unknown_language_is_refused(language: str) -> None:
    with pytest.raises(ValueError, match="no words in"):
        words(Evidence("birth.day", 36.0), language)
