import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.model.countries import code_of, name_of


@pytest.mark.parametrize(
    "text",
    [
        "Korea, North",
        "North Korea",
        "KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF",
        "Democratic People’s Republic of Korea",
        "the Democratic People's Republic of Korea",
        "Korea (Democratic People's Republic of)",
        "DPRK",
        "D.P.R.K.",
        "kp",
        "PRK",
        "북한",
        "조선민주주의인민공화국",
        "北朝鮮",
        "朝鲜",
    ],
)
def test_north_korea_has_many_names(text: str):
    assert code_of(text) == "KP"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Korea, South", "KR"),
        ("Republic of Korea", "KR"),
        ("Bahamas, The", "BS"),
        ("The Gambia", "GM"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Russia / Russie", "RU"),
        ("Myanmar (Burma) / Myanmar (Birmanie)", "MM"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("United Republic of Tanzania", "TZ"),
        ("Congo, Republic of the", "CG"),
        ("Virgin Islands, British", "VG"),
        ("Cote d Ivoire", "CI"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Palestinian", "PS"),
        ("U.S.", "US"),
        ("  china ", "CN"),
        ("USSR", "SU"),
        ("ロシア連邦", "RU"),
        ("アフガニスタン", "AF"),
        ("Burkinabé", "BF"),
    ],
)
def test_lists_spell_countries_in_their_own_way(text: str, code: str):
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text", ["", "Korea", "Congolese", "Atlantis", "XX", "Guinea coast", "x" * 10_000]
)
def test_what_names_no_one_country_has_no_code(text: str):
    assert code_of(text) == ""


def test_names_come_back():
    assert name_of("kp") == "Korea, North"
    assert name_of("??") == "??"


@given(st.text(max_size=150))
def test_any_text_has_a_code_or_none(text: str):
    assert len(code_of(text)) in (0, 2)
