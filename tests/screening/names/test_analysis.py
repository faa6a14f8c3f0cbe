"""What a name is taken for before it is compared."""

import pytest

from stanch.screening.names.analysis import ANY_FAMILY, FAMILIES, analyse, family, parted

PERSON, COMPANY, VESSEL = FAMILIES["Person"], FAMILIES["Organization"], FAMILIES["Vessel"]


def test_families():
    assert family("Company") == family("Organization")
    assert family("LegalEntity") == PERSON | COMPANY
    assert family("") == family("Asset") == ANY_FAMILY
    assert not family("Vessel") & (family("LegalEntity") | family("Airplane"))


@pytest.mark.parametrize(
    ("text", "families", "sequence"),
    [
        ("Kim Jong-un", PERSON, "kim jong un"),
        ("Игорь Сечин", PERSON, "igor sechin"),
        ("キム・ジョンウン", PERSON, "kimu jonun"),
        ("王小明", PERSON, "wang xiaoming"),
        ("김정은", PERSON, "kimjongun"),
        ("박a한길", PERSON, "pakahangil"),  # a slip of another script
        ("구룡강", VESSEL, "kuryonggang"),
        ("ABC", PERSON, "abc"),
    ],
)
def test_words(text, families, sequence):
    assert analyse(text, families).sequences[0] == tuple(sequence.split())


def test_concepts_take_the_place_of_words_of_organisations_only():
    name = "Petrov Trading GmbH"
    company, person = analyse(name, COMPANY), analyse(name, PERSON)
    assert company.plain == person.sequences == (("petrov", "trading", "gmbh"),)
    assert company.sequences != company.plain


def test_an_organisation_in_hangul_is_parted_at_its_common_words():
    words = analyse("조선백호무역회사", COMPANY).sequences[0]
    assert "paekho" in words
    assert words == analyse("Korea Paekho Trading Company", COMPANY).sequences[0]


def test_mandarin_and_cantonese_readings_stand_side_by_side():
    sequences = analyse("陳小明", PERSON).sequences
    assert sequences[:2] == (("chen", "xiaoming"), ("chan", "siuming"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("山田太郎", ("yamata", "taro")), ("佐藤健二", ("sato", "kenji")),
        ("鈴木 一郎", ("suzuki", "ichiro")),
    ],
)  # fmt: skip
def test_kanji_are_read_as_japanese_names_too(text, words):
    assert words in analyse(text, PERSON).sequences


def test_only_persons_are_read_as_koreans():
    assert analyse("Kim Jong-un", PERSON).is_korean
    assert not analyse("Kim Jong-un", VESSEL).korean


@pytest.mark.parametrize(
    ("text", "bridge"),
    [
        ("Kim", ""), ("김", "hangul"), ("金", "han"), ("キム", "kana"), ("Ким", "cyrillic"),
        ("سلمان", "other"), ("Bureau 39", ""), ("KIM 김", "hangul"),
    ],
)  # fmt: skip
def test_the_script_that_was_crossed(text, bridge):
    assert analyse(text, PERSON).bridge == bridge


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("KIM Sou-Kwang, KIM Su-Kwang", 2),
        ("KIM Sou-Kwang; KIM Su-Kwang; PAK Chol", 3),
        ("KIM, Jong Un", 1),  # a surname set apart
        ("Smith, John", 1),
        ("Smith John, Brown Jack", 1),  # no word in common: two of one person, or one with a suffix
    ],
)
def test_several_names_in_one_text(text, parts):
    assert len(parted(text, PERSON)) == parts
    assert parted(text, COMPANY) == (text,)


def test_nothing_to_be_read():
    assert analyse("...", ANY_FAMILY).sequences == ()
    assert analyse("", ANY_FAMILY).korean == ()
