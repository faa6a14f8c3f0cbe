"""How likely a Hangul syllable is spelled in a given way, in Latin, kana and Cyrillic.

The tables beside this file tell the parts; a syllable's spellings are all their combinations. Each
is a weight P(spelling | syllable), and `PRIOR` is P(syllable) among given names or surnames.
"""

from collections import defaultdict
from functools import cache
from typing import Final

from stanch.screening.names import table
from stanch.screening.names.korean import jamo

SCRIPTS: Final = ("latin", "kana", "cyrillic")
_PACKAGE: Final = "stanch.screening.names.korean"
_LEAST: Final = 2e-4  # a rarer spelling is taken for another syllable's or an error
_REGULAR: Final = 60.0  # weight of all syllables that given.tsv does not name, together

# How often the parts of a syllable occur in Korean text, in rough per cent.
_INITIAL_NUMBERS: Final = (9, 0.3, 6, 6, 0.2, 6, 6, 6, 0.1, 9, 0.3, 14, 9, 0.1, 5, 1, 3, 2, 9)
_VOWEL_NUMBERS: Final = (
    14, 5, 2, 0.1, 11, 3, 9, 2, 11, 4, 0.2, 1, 3, 10, 3, 0.1, 1, 3, 3, 2, 11,
)  # fmt: skip
_INITIAL_SHARE: Final = dict(zip(jamo.INITIALS, _INITIAL_NUMBERS, strict=True))
_VOWEL_SHARE: Final = dict(zip(jamo.VOWELS, _VOWEL_NUMBERS, strict=True))
_FINAL_SHARE: Final = {" ": 35, "ㄱ": 10, "ㄴ": 20, "ㄹ": 7, "ㅁ": 6, "ㅂ": 2, "ㅇ": 20, "ㅅ": 0.4}

# Kana that Japanese writes otherwise than the parts would give together.
_KANA_JOINED: Final = (
    ("hwa", "fa"), ("hwi", "fi"), ("hwe", "fe"), ("hwo", "fo"), ("hu", "fu"), ("si", "shi"),
    ("shy", "sh"), ("chy", "ch"), ("jy", "j"), ("sy", "sh"), ("tu", "tsu"),
)  # fmt: skip

Weights = dict[str, float]


@cache
def given_prior() -> Weights:
    """P(syllable) in given names, for every syllable of usual parts."""
    weights: Weights = defaultdict(float)
    for syllable, weight in table.rows(_PACKAGE, "given.tsv"):
        weights[syllable] += float(weight)
    total = sum(_INITIAL_SHARE.values()) * sum(_VOWEL_SHARE.values()) * sum(_FINAL_SHARE.values())
    for initial, share in _INITIAL_SHARE.items():
        for vowel, part in _VOWEL_SHARE.items():
            for final, rest in _FINAL_SHARE.items():
                weights[jamo.join(initial, vowel, final)] += _REGULAR * share * part * rest / total
    return _shares(weights)


@cache
def surname_prior() -> Weights:
    """P(syllable) as a surname of one syllable."""
    return _shares({row[0]: float(row[1]) for row in table.rows(_PACKAGE, "surnames.tsv")})


@cache
def given_spellings(script: str) -> dict[str, Weights]:
    """For each spelling in `script`: P(spelling | syllable) by syllable of given names."""
    return _turned({syllable: _spelled(syllable, script) for syllable in given_prior()})


@cache
def surname_spellings(script: str) -> dict[str, Weights]:
    """For each spelling in `script`: P(spelling | syllable) by surname."""
    habits = {row[0]: _options(row[2]) for row in table.rows(_PACKAGE, "surnames.tsv")}
    return _turned(
        {
            surname: _blend(_spelled(surname, script), habit if script == "latin" else {})
            for surname, habit in habits.items()
        }
    )


def _blend(regular: Weights, habit: Weights) -> Weights:
    """Nine names in ten are spelled by habit where there is one."""
    if not habit:
        return regular
    return {
        spelling: 0.1 * regular.get(spelling, 0.0) + 0.9 * habit.get(spelling, 0.0)
        for spelling in sorted({*regular, *habit})
    }


def _spelled(syllable: str, script: str) -> Weights:
    """All spellings of one syllable with their weights."""
    initial, vowel, final = jamo.split(jamo.sounding(syllable))
    parts = _parts()
    out: Weights = defaultdict(float)
    for head, first in _heads(script, initial, vowel).items():
        for middle, second in _middles(script, initial, vowel).items():
            for tail, third in parts[script, "final", final].items():
                out[_written(script, head + middle + tail)] += first * second * third
    return out


def _heads(script: str, initial: str, vowel: str) -> Weights:
    regular = _parts()[script, "initial", initial]
    if initial == "ㄹ" and vowel in jamo.IOTIZED:  # 리 is spelled i where it is written 이
        soft = {key: 0.8 * weight for key, weight in regular.items()}
        return soft | {"": soft.get("", 0.0) + 0.17, "n": soft.get("n", 0.0) + 0.03}
    if script == "latin" and initial == "ㅇ" and vowel in jamo.IOTIZED:
        return {"": 0.93, "r": 0.04, "l": 0.03}
    if script == "latin" and initial == "ㅅ" and vowel == "ㅣ":
        return {"s": 0.6, "sh": 0.4}
    return regular


def _middles(script: str, initial: str, vowel: str) -> Weights:
    if script == "latin" and initial == "ㅇ" and vowel == "ㅜ":
        return {"u": 0.46, "woo": 0.35, "wu": 0.1, "oo": 0.05, "ou": 0.04}
    if script == "latin" and initial == "ㅇ" and vowel == "ㅣ":
        return {"i": 0.79, "yi": 0.13, "ee": 0.06, "yee": 0.02}
    if script == "cyrillic" and initial in "ㅈㅉㅊ" and vowel == "ㅓ":  # Ким Чен Ын
        return {"о": 0.65, "е": 0.35}
    return _parts()[script, "vowel", vowel]


def _written(script: str, spelling: str) -> str:
    if script == "kana":
        for parts, sign in _KANA_JOINED:
            if spelling.startswith(parts):
                return sign + spelling[len(parts) :]
    return spelling


@cache
def _parts() -> dict[tuple[str, str, str], Weights]:
    return {
        (script, part, jamo_.replace("_", " ")): _options(spellings)
        for script, part, jamo_, spellings in table.rows(_PACKAGE, "spellings.tsv")
    }


def _options(text: str) -> Weights:
    """`a:3 b:1` as shares of one."""
    pairs = (pair.split(":") for pair in text.split())
    return _shares({key.replace("_", ""): float(weight) for key, weight in pairs})


def _shares(weights: Weights) -> Weights:
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}


def _turned(by_syllable: dict[str, Weights]) -> dict[str, Weights]:
    out: dict[str, Weights] = {}
    for syllable, spellings in by_syllable.items():
        for spelling, weight in spellings.items():
            if weight > _LEAST and spelling:
                out.setdefault(spelling, {})[syllable] = weight
    return out
