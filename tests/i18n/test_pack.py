"""The pack's words: every message in each language, none unused, and numbers as CLDR has them."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import stanch.i18n.pack
import stanch.reports.pack
from stanch.i18n.pack import LANGUAGES, Words
from stanch.model.registry.moment import Moment
from stanch.reports.pack.said import KINDS

WORDS = Path(stanch.i18n.pack.__file__).parent
SOURCES = [*Path(stanch.reports.pack.__file__).parent.glob("*.py"), WORDS / "words.py"]
KEYWORDS = {"say": None, "many": (1, 2), "mark": None}


def used():
    found = set()
    for path in SOURCES:
        with path.open("rb") as stream:
            found |= {message for _, message, _, _ in extract("python", stream, KEYWORDS)}
    return found


def catalogue(language):
    with (WORDS / language / "LC_MESSAGES" / "pack.po").open("rb") as stream:
        return read_po(stream, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_there_and_none_is_unused(language):
    found = {
        message.id if isinstance(message.id, str) else tuple(message.id): message
        for message in catalogue(language) if message.id
    }  # fmt: skip
    assert set(found) == used()
    for message in found.values():
        assert not message.fuzzy
        assert all(message.string if isinstance(message.string, tuple) else [message.string])


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_agree(language):
    from string import Formatter

    def places(text):
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for message in catalogue(language):
        ids = [message.id] if isinstance(message.id, str) else message.id
        said = [message.string] if isinstance(message.string, str) else message.string
        for each in said:
            assert places(each) == places(ids[-1]), message.id


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_nothing_is_left_in_english(language):
    words = Words(language)
    for message in KINDS.values():
        assert not words.say(message).isascii()


def test_english_is_its_own_id():
    assert {Words("en").say(each) for each in KINDS.values()} == set(KINDS.values())


@pytest.mark.parametrize(
    ("language", "money", "day", "month", "period", "quarter", "country"),
    [
        ("en", "1.46 billion US dollars", "Feb 21, 2025", "Feb 2025", "January – March 2026",
         "Q1 2026", "Japan"),
        ("ko", "14.6억 미국 달러", "2025년 2월 21일", "2025년 2월", "2026년 1월~3월",
         "2026년 1분기", "일본"),
        ("ja", "14.6億米ドル", "2025年2月21日", "2025年2月", "2026年1月～3月",
         "2026年第1四半期", "日本"),
    ],
)  # fmt: skip
def test_numbers_and_dates(language, money, day, month, period, quarter, country):
    words = Words(language)
    assert words.money(1_460_000_000) == words.money(1_462_999_999) == money
    assert words.day(date(2025, 2, 21)) == words.day(Moment.parse("2025-02-21")) == day
    assert words.day(Moment.parse("2025-02")) == month
    said = words.period(date(2026, 1, 1), date(2026, 3, 31))
    assert " ".join(said.split()) == period
    assert words.quarter("2026-Q1") == quarter
    assert words.country("JP") == country
    assert words.number(1_460_000_000) == "1,460,000,000"


def test_forms_go_with_counts():
    one, more = (
        "{count} incident has no figure: it is counted, and is in no sum.",
        ("{count} incidents have no figure: they are counted, and are in no sum."),
    )
    assert Words("en").many(one, more, 1).startswith("1 incident has")
    assert Words("en").many(one, more, 1200).startswith("1,200 incidents have")
    assert Words("ko").many(one, more, 1).startswith("1건은")


def test_there_are_no_words_in_another_language():
    with pytest.raises(ValueError, match="en, ko, ja"):
        Words("fr")
