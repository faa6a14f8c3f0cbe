"""What a programme is about, so that lists' own names for it can be compared: DPRK4 and EU-PRK.

The words are in `regimes.tsv`; a programme that is named after a country in full ("Democratic
People's Republic of Korea") is known by `model.countries`. An unknown programme is about nothing.
"""

import re
from functools import cache, lru_cache

from stanch.model.countries import code_of
from stanch.screening.names.table import rows

_WORD = re.compile(r"[a-z]+")


@lru_cache(1 << 12)
def regimes_of(programs: tuple[str, ...]) -> frozenset[str]:
    """The regimes that the programmes of one entry belong to."""
    known, found = _words(), set()
    for program in programs:
        found |= {known[word] for word in _WORD.findall(program.casefold()) if word in known}
        if code := code_of(program):
            found.add(code)
    return frozenset(found)


@cache
def _words() -> dict[str, str]:
    table = rows("stanch.screening.linking", "regimes.tsv")
    return {word: regime for regime, words in table for word in words.split()}
