"""Whether a word is Mandarin as pinyin writes it: one or two whole syllables."""

import re
from functools import cache, lru_cache
from typing import Final

from stanch.screening.names import table

_MOST: Final = 2  # more are no surname and no given name: yamada is Japanese
_VOWELS: Final = frozenset("aeiou")


@lru_cache(1 << 13)
def is_pinyin(word: str) -> bool:
    """Whether `word`, folded, can be cut into one or two syllables of Mandarin."""
    return _pattern().fullmatch(word) is not None


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(syllables(), key=lambda syllable: (-len(syllable), syllable))
    return re.compile(f"(?:{'|'.join(longest_first)}){{1,{_MOST}}}")


@cache
def syllables() -> frozenset[str]:
    """All syllables that some character is read by, but for those without a vowel (r, n, hm)."""
    found: set[str] = set()
    for line in table.lines("stanch.screening.names.han", "readings.tsv"):
        found.update(line.split("\t")[2].split())
    return frozenset(syllable for syllable in found if not _VOWELS.isdisjoint(syllable))
