"""What two writings of a syllable say of each other."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.screening.names.korean import spellings
from stanch.screening.names.korean.syllables import (
    LEAST,
    MOST,
    TYPING_ERROR,
    USUAL_ERROR,
    Written,
    evidence,
    stands_for,
)

HANGUL = sorted(spellings.given_prior())
SURNAMES = sorted(spellings.surname_prior())
LATIN = sorted(spellings.given_spellings("latin"))


def given_(text: str, script: str = "latin") -> Written:
    return Written(script, text, False)


def surname(text: str, script: str = "latin") -> Written:
    return Written(script, text, True)


WRITTEN = st.one_of(
    st.sampled_from(HANGUL).map(lambda text: given_(text, "hangul")),
    st.sampled_from(LATIN).map(given_),
    st.text("aeghiklnou", min_size=1, max_size=6).map(given_),
    st.sampled_from(sorted(spellings.given_spellings("kana"))).map(lambda t: given_(t, "kana")),
    st.sampled_from(sorted(spellings.given_spellings("cyrillic"))).map(
        lambda text: given_(text, "cyrillic")
    ),
)


@given(WRITTEN, WRITTEN)
def test_either_way_round(one, two):
    assert evidence(one, two) == pytest.approx(evidence(two, one))
    assert LEAST <= evidence(one, two) <= MOST


@given(st.sampled_from(HANGUL), WRITTEN)
def test_hangul_says_most_for_itself(syllable, other):
    same = given_(syllable, "hangul")
    assert evidence(same, same) >= evidence(same, other) - 1e-9
    assert evidence(same, same) > 0.0


@given(st.sampled_from(SURNAMES), st.sampled_from(SURNAMES))
def test_a_rarer_surname_says_more(one, two):
    prior = spellings.surname_prior()
    if prior[one] < prior[two]:
        assert _itself(one) >= _itself(two) - 1e-9


def _itself(syllable: str) -> float:
    """What is said before the law of initial sounds shares it out."""
    return min(MOST, -10.0 * math.log10(spellings.surname_prior()[syllable]))


def test_lee_says_less_than_yuk():
    """One Korean in seven is called 이, one in two thousand 육."""
    common, rare = (evidence(surname(s, "hangul"), surname(s, "hangul")) for s in "이육")
    assert common < 8.0 < rare
    assert evidence(surname("lee"), surname("lee")) < evidence(surname("yuk"), surname("yuk"))


@pytest.mark.parametrize("spelled", ["lee", "ri", "yi", "rhee", "i"])
def test_spellings_of_one_surname(spelled):
    for hangul in "이리":
        assert evidence(surname(spelled), surname(hangul, "hangul")) > 2.0


@pytest.mark.parametrize(
    ("one", "two"),
    [("chol", "cheol"), ("yong", "young"), ("un", "eun"), ("chong", "jong"), ("hyok", "hyeok")],
)
def test_habits_of_romanisation(one, two):
    assert evidence(given_(one), given_(two)) > 5.0


@pytest.mark.parametrize(
    ("script", "text", "hangul"),
    [
        ("kana", "jon", "정"),
        ("kana", "un", "은"),
        ("cyrillic", "чен", "정"),
        ("cyrillic", "ын", "은"),
    ],
)
def test_other_scripts(script, text, hangul):
    assert evidence(given_(text, script), given_(hangul, "hangul")) > 3.0


def test_another_syllable_contradicts():
    assert evidence(given_("철", "hangul"), given_("영", "hangul")) == LEAST
    assert evidence(surname("kim"), surname("pak")) == LEAST


def test_a_slip_contradicts_less():
    assert evidence(given_("chol"), given_("chxl")) == TYPING_ERROR
    assert evidence(given_("song"), given_("sang")) >= USUAL_ERROR
    assert evidence(given_("chol"), given_("kxyl")) == LEAST
    assert LEAST < USUAL_ERROR < TYPING_ERROR < 0.0


def test_in_a_short_spelling_no_slip_is_told():
    assert evidence(given_("su"), given_("sx")) == LEAST


@given(WRITTEN)
def test_shares_make_no_more_than_one(written):
    prior = spellings.given_prior()
    shares = [weight * math.sqrt(prior[syllable]) for syllable, weight in stands_for(written)]
    assert sum(shares) <= 1.0 + 1e-9


def test_priors_and_spellings_are_shares():
    for prior in (spellings.given_prior(), spellings.surname_prior()):
        assert sum(prior.values()) == pytest.approx(1.0)
        assert min(prior.values()) > 0.0
    for script in spellings.SCRIPTS:
        total: dict[str, float] = {}
        for known in spellings.given_spellings(script).values():
            for syllable, weight in known.items():
                total[syllable] = total.get(syllable, 0.0) + weight
        assert max(total.values()) < 1.2
        assert len(total) == len(spellings.given_prior())
