"""Which Hangul a spelled syllable may stand for, and what two spelled syllables say of each other.

For two writings a and b of a syllable, what they say is the ratio of two chances: that one syllable
h was written a here and b there, and that two people's syllables were:

    sum over h of P(h) P(a|h) P(b|h)  /  ( sum P(h) P(a|h)  *  sum P(h) P(b|h) )

So rare syllables say more than common ones, a spelling that stands for many syllables says less
than Hangul, and no table of equivalent spellings is needed. Source: I. P. Fellegi and A. B. Sunter,
"A Theory for Record Linkage", JASA 64 (1969); the tables are in `spellings.tsv` and its neighbours.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from stanch.screening.names.korean import jamo, spellings

MOST: Final = 15.0  # decibans that one syllable can say for
LEAST: Final = -16.0  # and against: a reading that no table knows happens
FOREIGN: Final = 3e-4  # how often letters that look like this syllable come from no Korean name
LETTERS: Final = 4  # of the longer spelling, for one of them to be called a slip
TYPING_ERROR: Final = -6.0  # one letter is wrong in a spelling of that length
USUAL_ERROR: Final = -10.0  # and what came of it is a usual spelling of another syllable


@dataclass(frozen=True, slots=True)
class Written:
    """One syllable as written: its script (latin, kana, cyrillic, hangul) and spelling, and whether
    it stands in a surname's place.
    """

    script: str
    spelling: str
    surname: bool


@lru_cache(1 << 14)
def stands_for(written: Written) -> tuple[tuple[str, float], ...]:
    """(Hangul, share / square root of its prior) of a writing: two such lists make a ratio."""
    prior = spellings.surname_prior() if written.surname else spellings.given_prior()
    weights = {
        syllable: weight * prior[syllable]
        for syllable, weight in _weights(written).items()
        if syllable in prior
    }
    total = sum(weights.values()) + (0.0 if written.script == "hangul" else FOREIGN)
    return tuple(
        (syllable, weight / total / math.sqrt(prior[syllable]))
        for syllable, weight in sorted(weights.items())
    )


def evidence(one: Written, two: Written) -> float:
    """Decibans for one and the same syllable behind two writings."""
    ours, ratio = dict(stands_for(one)), 0.0
    for syllable, weight in stands_for(two):
        ratio += weight * ours.get(syllable, 0.0)
    return limited(ratio, one, two)


def limited(ratio: float, one: Written, two: Written) -> float:
    """The ratio in decibans, within what one syllable can say."""
    least = least_of(one, two)
    if ratio <= 0.0:
        return least
    return max(least, min(MOST, 10.0 * math.log10(ratio)))


def least_of(one: Written, two: Written) -> float:
    """The least that two writings can say: less where a slip of one letter explains it.

    A slip is likelier where it leaves something that is no usual spelling.
    """
    long = max(len(one.spelling), len(two.spelling)) >= LETTERS
    if not long or one.script != "latin" or two.script != "latin":
        return LEAST
    if OSA.distance(one.spelling, two.spelling, score_cutoff=1) != 1:
        return LEAST
    return USUAL_ERROR if is_usual(one) and is_usual(two) else TYPING_ERROR


@lru_cache(1 << 14)
def is_usual(written: Written) -> bool:
    """Whether a spelling is one that many names have."""
    prior = spellings.surname_prior() if written.surname else spellings.given_prior()
    return sum(share * prior.get(key, 0.0) for key, share in _weights(written).items()) > FOREIGN


def _weights(written: Written) -> spellings.Weights:
    if written.script == "hangul":
        plain = jamo.sounding(written.spelling)
        return {plain: 1.0} | jamo.head_variants(plain)
    known = spellings.surname_spellings if written.surname else spellings.given_spellings
    return known(written.script).get(written.spelling, {})
