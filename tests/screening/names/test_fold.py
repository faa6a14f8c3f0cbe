"""What readers cannot see or would not tell apart is gone, and only that."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.names.fold import MOST, MOST_WORDS, fold, latin, script_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("KIM Jong-un", "kim jong un"),
        ("Ｋｉｍ　Ｊｏｎｇ", "kim jong"),  # full width
        ("ｷﾑ", "キム"),  # half width
        ("Łódź Ñandú Straße Ærø", "lodz nandu strasse aero"),
        ("İstanbul", "istanbul"),
        ("Kim_Jong, Un (alias)", "kim jong un alias"),
        ("O’Brien d'Arc", "obrien darc"),
        ("P.L.A. and U.S.A.", "pla and usa"),
        ("Bank & Trust", "bank and trust"),
        ("Room39x Bureau 39", "room 39 x bureau 39"),
        ("Chŏng Yŏngnam", "chong yongnam"),  # the breve of McCune-Reischauer
        ("Kim Ch'ŏl-su", "kim chol su"),
        ("Kim Cho'n Myo' ng", "kim chon myong"),  # and how typewriters made it
        ("Cho 'n", "chon"),
        ("हिन्दी", "हिन्दी"),  # vowel signs are letters
        ("اَلْعَرَبِيَّة", "العربية"),  # these are none
        ("がぎ", "がぎ"),  # voicing is no accent
        ("각", "각"),
        ("①", "1"),
    ],
)
def test_words(text, words):
    assert fold(text) == fold(words)
    assert fold(text).words == tuple(words.split())
    assert not fold(text).hidden
    assert not fold(text).lookalikes


@pytest.mark.parametrize(
    ("text", "words", "hidden"),
    [
        ("Ki\u200bm Jo\u200dng", "kim jong", "\u200b\u200d"),
        ("\u202eKim\u202c Jong", "kim jong", "\u202e\u202c"),
        ("\ufeffKim", "kim", "\ufeff"),
        ("Ki\u00adm", "kim", "\u00ad"),
        ("김\u200b정\ufe0f은", "김정은", "\u200b\ufe0f"),
        ("Kim\x00\x1b Jong", "kim jong", "\x00\x1b"),
        ("\u2066김\u2069", "김", "\u2066\u2069"),
    ],
)
def test_hidden_characters_go_and_are_told(text, words, hidden):
    assert fold(text).words == tuple(words.split())
    assert fold(text).hidden == hidden


@pytest.mark.parametrize("text", ["Kim\tJong", "Kim\nJong", "Kim\r\nJong", "Kim\u00a0Jong"])
def test_blanks_hide_nothing(text):
    assert fold(text).words == ("kim", "jong")
    assert fold(text).hidden == ""


@pytest.mark.parametrize(
    ("text", "words", "swapped"),
    [
        ("Igоr Sесhin", "igor sechin", "оес"),  # Cyrillic letters in Latin words
        ("Andrе́", "andre", "е"),
        ("Κim Jοng", "kim jong", "κο"),  # Greek ones
        ("Ig0r Sech1n", "igor sechin", "01"),
        ("Iv4n Kim", "ivan kim", "4"),
        ("Петрoв", "петров", "o"),  # a Latin letter in Cyrillic words
        ("Сeчин Рaк", "сечин рак", "ea"),
        ("ln-guk", "in guk", "l"),  # a small l for a capital I
    ],
)
def test_lookalikes_are_undone_and_told(text, words, swapped):
    assert fold(text).words == tuple(words.split())
    assert fold(text).lookalikes == swapped


@pytest.mark.parametrize(
    "text",
    ["Игорь Сечин", "АВС", "Сорос", "Роман Ра", "Рак", "ТЕСТ Ltd", "Κοσμος", "ΑΒΓ Ltd", "Ким Jong"],
)
def test_whole_words_of_another_script_are_left_alone(text):
    """Cyrillic Рак is a name, not a disguise of Pak."""
    assert fold(text).lookalikes == ""
    known = {script_of(word) for word in fold(text).words}
    letters = {unicodedata.name(char).split()[0].lower() for char in text if char.isalpha()}
    assert known == {"other" if each == "greek" else each for each in letters}


@pytest.mark.parametrize(
    "text", ["lee", "al-Assad", "l", "Bureau 39", "4ever", "39a", "Ali l. Ahmad"]
)
def test_letters_and_digits_that_are_what_they_seem(text):
    assert fold(text).lookalikes == ""


def test_the_shortest_and_the_longest():
    assert fold("").words == ()
    assert fold("\u200b").words == ()
    assert fold("...").words == ()
    assert fold("A").words == ("a",)
    assert fold("a" * 10_000).words == ("a" * MOST,)
    assert fold("ab " * 10_000).words == ("ab",) * MOST_WORDS


@given(st.text(max_size=60))
def test_folded_words_have_no_case_and_no_blanks(text):
    folded = fold(text)
    assert len(folded.words) <= MOST_WORDS
    for word in folded.words:
        assert word
        assert not any(char.isspace() for char in word)
        assert word == word.casefold()


@given(st.text("abcKIMéŏ -'", max_size=30))
def test_a_folded_name_stays_as_it_is(text):
    words = fold(text).words
    assert fold(" ".join(words)).words == words


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("kim", "latin"), ("39", "digits"), ("김", "hangul"), ("金", "han"), ("𠮷", "han"),
        ("きむ", "kana"), ("キム", "kana"), ("ким", "cyrillic"),
        ("سلمان", "other"), ("αβ", "other"),
    ],
)  # fmt: skip
def test_scripts(word, script):
    assert script_of(word) == script


@given(st.text(min_size=1, max_size=20))
def test_latin_is_plain(text):
    for word in fold(text).words:
        assert latin(word).isascii()
        assert latin(word) == latin(word).lower()


def test_scripts_in_latin():
    assert latin("محمد") == "mhmd"
    assert latin("αβγ") == "avg"
    assert latin("kim") == "kim"
