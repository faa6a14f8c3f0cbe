"""Whether a word is Mandarin as pinyin writes it: one, two or three whole syllables."""

from functools import cache, lru_cache
from typing import Final

from stanch.screening.names import table

_LONGEST: Final = 6  # letters of a syllable: zhuang
_MOST: Final = 3
_VOWELS: Final = frozenset("aeiou")


@lru_cache(1 << 13)
def is_pinyin(word: str) -> bool:
    """Whether `word`, folded, can be cut into one to three syllables of Mandarin."""
    return _fits(word, _MOST)


def _fits(rest: str, most: int) -> bool:
    if rest in syllables():
        return True
    return most > 1 and any(
        rest[:size] in syllables() and _fits(rest[size:], most - 1)
        for size in range(min(len(rest) - 1, _LONGEST), 0, -1)
    )


@cache
def syllables() -> frozenset[str]:
    """All syllables that some character is read by, but for those without a vowel (r, n, hm)."""
    found: set[str] = set()
    for line in table.lines("stanch.screening.names.han", "readings.tsv"):
        found.update(line.split("\t")[2].split())
    return frozenset(syllable for syllable in found if not _VOWELS.isdisjoint(syllable))
