import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.lists.asian_dates import asian_dates, asian_day
from stanch.formats.lists.embedded_names import embedded_names
from stanch.formats.lists.enumerated import enumerated
from stanch.formats.lists.name_ids import Apart, bare_name, name_digest
from stanch.formats.lists.numbers import emails, identifiers, phones, websites
from stanch.formats.lists.places import address, address_of, countries
from stanch.formats.lists.several_dates import listed_dates
from stanch.formats.lists.wallet_text import wallets


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("(a) 1955, (b) circa 1952", ["1955", "circa 1952"]),
        ("a) German; b) Moroccan", ["German", "Moroccan"]),
        ("(1) +850 1 (2) +850 2", ["+850 1", "+850 2"]),
        ("（a）1958年 （b）1960年", ["1958年", "1960年"]),
        ("Bank (PJSC) Shanghai", ["Bank (PJSC) Shanghai"]),
        ("12/LaMaTa(N)025897", ["12/LaMaTa(N)025897"]),
        ("(a)", ["(a)"]),
        ("", [""]),
    ],
)
def test_members_of_an_enumeration(text, members):
    assert enumerated(text) == members


@pytest.mark.parametrize(
    ("text", "value", "issuer"),
    [
        ("745120378 (issued by the DPRK)", "745120378", "KP"),
        ("Iraq number A4059346, issued on29.5.2013, issued in Baghdad", "A4059346", "IQ"),
        ("M307707 (Tunisian passport issued on 12.4.2000)", "M307707", "TN"),
        ("series МН No 553834", "МН 553834", ""),
        ("12/LaMaTa(Nine)025897", "12/LaMaTa(Nine)025897", ""),
        ("7/PaKhaNa (Naing) 13345", "7/PaKhaNa(Naing)13345", ""),
        ("14 02 828183", "14 02 828183", ""),
        ("(1) 654210025", "654210025", ""),
        ("unknown", "unknown", ""),
    ],
)
def test_the_number_in_a_text(text, value, issuer):
    (found,) = identifiers("passport", text)
    assert (found.value, found.issuer) == (value, issuer)
    assert found.note == ("" if text.endswith(value) and " No " not in text and "(1)" not in text
                          else found.note)  # fmt: skip


def test_numbers_side_by_side():
    assert [each.value for each in identifiers("x", "7308664347, 7303853009")] == [
        "7308664347", "7303853009",
    ]  # fmt: skip
    burmese = "7/PaKhaNa (Naing) 13345; 5/SaKaNa(N)017289"
    assert [each.value for each in identifiers("x", burmese)] == [
        "7/PaKhaNa(Naing)13345", "5/SaKaNa(N)017289",
    ]  # fmt: skip
    (one,) = identifiers("x", "A123, issued 2013")
    assert one.value == "A123"
    assert list(identifiers("x", " ")) == []
    assert list(emails("write to a@b.kp, or c@d.kp.")) == ["a@b.kp", "c@d.kp"]
    assert phones("+98-21-888 / +98-21-661, +1 (2) 3 and +4") == [
        "+98-21-888", "+98-21-661", "+1 (2) 3", "+4",
    ]  # fmt: skip
    assert websites("https://h-tv.by/, https://h.by/ www.b.ru") == [
        "https://h-tv.by/", "https://h.by/", "www.b.ru",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Munir (a.k.a. Mounir, Moneer) ADANOV",
            ["Mounir ADANOV", "Moneer ADANOV", "Munir ADANOV"],
        ),
        ("Dmitry KOZAK (Дмитрий КОЗАК)", ["Дмитрий КОЗАК", "Dmitry KOZAK"]),
        ("Andrey RYUMIN (Russian:Андрей РЮМИН)", ["Андрей РЮМИН", "Andrey RYUMIN"]),
        ("STORMBRINGER (ex KRITI VIGOR)", ["KRITI VIGOR", "STORMBRINGER"]),
        ("Organisation of Defence (SPND)", []),
        ("VTB Bank (PJSC) Shanghai Branch", []),
        ("Kim Chol Su", []),
    ],
)
def test_names_inside_a_name(text, names):
    assert [name.text for name in embedded_names(text)] == names


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        ("9.6.1971 or 28.9.1969", ["1971-06-09", "1969-09-28"]),
        ("(a) 1.1.1965; (b) 1966 (per passport)", ["1965-01-01", "1966-01-01"]),
        ("May 5, 1950", ["1950-05-05"]),
        ("1958 to 1962", ["1958-01-01"]),
        ("1 Jan 1950, 3 Mar 1951", ["1950-01-01", "1951-03-03"]),
        ("1 Jan 1950 and some day", [""]),
        ("6.5.1974.", ["1974-05-06"]),
        ("", []),
    ],
)
def test_several_dates(text, firsts):
    assert [date.first for date in listed_dates(text)] == firsts


@pytest.mark.parametrize(
    ("text", "first", "last", "circa"),
    [
        ("1958年5月3日生", "1958-05-03", "1958-05-03", False),
        ("1963年から1968年の間", "1963-01-01", "1968-12-31", False),
        ("1955年-1958年頃", "1955-01-01", "1958-12-31", True),
        ("おおよそ1970年", "1970-01-01", "1970-12-31", True),
        ("昭和33年5月3日", "1958-05-03", "1958-05-03", False),
        ("１９６５年３月", "1965-03-01", "1965-03-31", False),
        ("1965년 3월 1일생", "1965-03-01", "1965-03-01", False),
        ("1950년대", "1950-01-01", "1959-12-31", False),
        ("不明", "", "", False),
        ("59年3月", "", "", False),
    ],
)
def test_dates_in_japanese_and_korean(text, first, last, circa):
    (date,) = asian_dates(text)
    assert (date.text, date.first, date.last, date.circa) == (text, first, last, circa)


def test_the_first_day_is_that_of_the_notice():
    assert asian_day("2001.9.22 (2016.1.1改訂)") == "2001-09-22"
    assert asian_day("令和元年5月1日") == "2019-05-01"
    assert asian_day("2023. 2. 10.") == "2023-02-10"
    assert asian_day("2023.13.40") == asian_day("") == ""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Russian, Ukrainian", ["RU", "UA"]),
        ("(a) Trinidad and Tobago; (b) United States of America", ["TT", "US"]),
        ("Syrian/Iranian", ["SY", "IR"]),
        ("USSR (until 1991)", ["SU"]),
        ("Indonesian. National Identification No.: (a) 3573", ["ID"]),
        ("assumed Atlantean, Russian", [""]),
        ("", []),
    ],
)
def test_countries_in_a_cell(text, codes):
    assert [each.code for each in countries(text, "nationality")] == codes


def test_addresses():
    assert address("Ryugyong 5,  Pyongyang, DPRK").country == "KP"
    assert address("Russian Federation, 610047, Kirov").country == "RU"
    whole = address_of(["A", "", "A"], city="B", postcode="1", country="Atlantis")
    assert (whole.text, whole.country) == ("A, B, 1, Atlantis", "Atlantis")


def test_wallets_with_a_right_checksum():
    good = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
    bad = "1BoatSLRHtKNngkdXEeobR76b53LETtpyX"
    text = f"ETH {good}; XBT 1BoatSLRHtKNngkdXEeobR76b53LETtpyT, {bad}"
    assert [(each.value, each.asset) for each in wallets(text)] == [
        (good, "ETH"),
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "XBT"),
    ]


def test_ids_by_name():
    assert bare_name("KIM, Chol-su") == bare_name("kim chol su") != bare_name("Kim Chol")
    assert bare_name("...") == "..."
    assert name_digest("a", "b") != name_digest("a\nb", "")
    apart = Apart()
    assert [apart.give(each) for each in ("x", "x", "y", "x")] == ["x", "x-2", "y", "x-3"]


@given(st.text(max_size=300))
def test_any_text_is_borne(text):
    for read in (asian_dates, listed_dates, embedded_names, wallets, emails):
        list(read(text))
    assert all(enumerated(text)) or not text.strip() or enumerated(text)
    list(countries(text, "nationality"))
    list(identifiers("passport", text))
    address(text)
