"""How the words of a name may be a Korean surname and given syllables: all readings that fit.

A word may hold several syllables (Yongchol, Hakchol), the surname may stand first or last, and a
run of letters can be cut in more than one place (Han-gil, Hang-il). Each reading has a doubt: the
decibans by which the likeliest cut of the same name is likelier.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stanch.screening.names.fold import script_of
from stanch.screening.names.han.readings import readings
from stanch.screening.names.korean import jamo, kana, spellings
from stanch.screening.names.korean.syllables import Written, is_usual

Cut = tuple[tuple[str, ...], float]  # syllables, and how likely they are

MOST_GIVEN: Final = 3  # syllables of a given name
_USUAL_GIVEN: Final = 2
_MOST_WORDS: Final = 4
_MOST_READINGS: Final = 8
_LONGEST: Final = 7  # letters of one spelled syllable
_LEAST_CHANCE: Final = 3e-7  # of a spelling among given names: rarer ones are no name's
_LEAST_SURNAME: Final = 1e-5  # and among surnames
_SURNAME_SHARE: Final = 0.5  # Kim Chol Su is no Su with the given name Kim Chol
_FAR_BEHIND: Final = 22.0  # decibans: a cut so much less likely than the best is left out
_DOUBT_SHARE: Final = 0.25  # the tables are estimates: a cut's chance is believed in part


@dataclass(frozen=True, slots=True)
class KoreanReading:
    """One way to read a name: surname, given syllables, and the doubt in decibans.

    `first` is whether the surname stands before the given name.
    """

    surname: Written
    given: tuple[Written, ...]
    doubt: float = 0.0
    first: bool = True

    def is_usual(self) -> bool:
        """Whether every part is spelled as many names are: then it is a Korean name, not a slip."""
        short = len(self.given) <= _USUAL_GIVEN
        return short and is_usual(self.surname) and all(map(is_usual, self.given))


def warmed() -> None:
    """Make the tables of all scripts, which the first name of each would wait for."""
    for script in spellings.SCRIPTS:
        spellings.given_spellings(script)
        spellings.surname_spellings(script)


def korean_readings(words: Sequence[str]) -> tuple[KoreanReading, ...]:
    """All readings of folded `words` as a Korean name, likeliest first; none where none fits."""
    scripts = {script_of(word) for word in words}
    if not 1 <= len(words) <= _MOST_WORDS or len(scripts) != 1:
        return ()
    script = scripts.pop()
    if script == "hangul":
        return _from_hangul(_orders(words))
    if script == "han":
        return tuple(reading for text in _orders(words) for reading in _from_han(text))
    if script not in spellings.SCRIPTS:
        return ()
    if script == "kana":
        words = [kana.spelled(word) for word in words]
    return _spelled(words, script)


def _orders(words: Sequence[str]) -> list[str]:
    """The name in one run; 영식 김 has its surname last, as forms abroad have it."""
    turned = len(words) == 2 and len(words[1]) == 1 < len(words[0])
    return [words[1] + words[0]] if turned else ["".join(words)]


def _from_hangul(texts: Iterable[str]) -> tuple[KoreanReading, ...]:
    return tuple(
        KoreanReading(
            Written("hangul", text[0], True),
            tuple(Written("hangul", char, False) for char in text[1:]),
        )
        for text in texts
        if 2 <= len(text) <= MOST_GIVEN + 1
        and text[0] in spellings.surname_prior()
        and all(map(jamo.is_syllable, text))
    )


def _from_han(text: str) -> tuple[KoreanReading, ...]:
    """Hanja by their Korean readings, all of them: 金 is Kim as a surname and Kum elsewhere."""
    if not 2 <= len(text) <= MOST_GIVEN + 1:
        return ()
    read = [readings(char).korean[:3] for char in text]
    return _from_hangul(
        "".join(syllables) for syllables in itertools.islice(itertools.product(*read), 27)
    )


def _spelled(words: Sequence[str], script: str) -> tuple[KoreanReading, ...]:
    found: dict[tuple[Written, tuple[Written, ...]], tuple[float, bool]] = {}
    chances = [_surname_chance(word, script) for word in (words[0], words[-1])]
    for first, chance in zip((True, False), chances, strict=True):
        surname, rest = (words[0], words[1:]) if first else (words[-1], words[:-1])
        if not rest or chance <= _LEAST_SURNAME:
            continue
        rarer = _SURNAME_SHARE * 10 * math.log10(max(chances) / chance)
        for cuts in itertools.product(*(_cuts(word, script) for word in rest)):
            given = tuple(itertools.chain.from_iterable(parts for parts, _ in cuts))
            if len(given) <= MOST_GIVEN:
                key = (
                    Written(script, surname, True),
                    tuple(Written(script, part, False) for part in given),
                )
                doubt = rarer + _DOUBT_SHARE * sum(behind for _, behind in cuts)
                if key not in found or found[key][0] > doubt:
                    found[key] = (doubt, first)
    ranked = sorted(found.items(), key=lambda item: item[1][0])[:_MOST_READINGS]
    return tuple(KoreanReading(*key, *value) for key, value in ranked)


@lru_cache(1 << 14)
def _surname_chance(word: str, script: str) -> float:
    """How often a spelling is met among surnames."""
    prior = spellings.surname_prior()
    known = spellings.surname_spellings(script).get(word, {})
    return sum(weight * prior[syllable] for syllable, weight in known.items())


@lru_cache(1 << 14)
def _cuts(word: str, script: str) -> tuple[tuple[tuple[str, ...], float], ...]:
    """The ways to cut a word into syllables, each with the decibans it lies behind the best."""
    found: list[Cut] = []
    _cut(word, script, (), 0.0, found)
    if not found:
        return ()
    found.sort(key=lambda cut: (-cut[1], cut[0]))
    best = found[0][1]
    return tuple(
        (parts, best - chance) for parts, chance in found[:6] if best - chance < _FAR_BEHIND
    )


def _cut(rest: str, script: str, parts: tuple[str, ...], chance: float, found: list[Cut]) -> None:
    if not rest:
        found.append((parts, chance))
        return
    if len(parts) == MOST_GIVEN:
        return
    for size in range(1, min(len(rest), _LONGEST) + 1):
        likely = _chance(rest[:size], script)
        if likely > _LEAST_CHANCE:
            _cut(
                rest[size:], script, (*parts, rest[:size]), chance + 10 * math.log10(likely), found
            )


@lru_cache(1 << 14)
def _chance(spelling: str, script: str) -> float:
    """How often a spelling is met among the syllables of given names."""
    prior = spellings.given_prior()
    known = spellings.given_spellings(script).get(spelling, {})
    return sum(weight * prior[syllable] for syllable, weight in known.items())
