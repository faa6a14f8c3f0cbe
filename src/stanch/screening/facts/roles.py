"""Role, title or position: agreement helps a little, difference says nothing.

People have several positions and change them, and lists describe one in their own words, so a
different role is no reason against. A shared one, beyond words such as "director" or "member" that
one in ten has, is found in about a third of one person's records and in one of twelve of others who
are listed under such names: 10 log10(0.33 / 0.085) = 6, and half of it where less than half of
the shorter text agrees.
"""

from functools import lru_cache
from itertools import product
from typing import Final

from stanch.model.hits import Evidence
from stanch.screening.facts.words import words

SAME: Final = 6.0
SIMILAR: Final = 3.0

_EMPTY_WORDS: Final = (
    "a an and at by de del der des du for former formerly from in la le of on or ex the to with "
    "assistant chair chairman chairperson chief commander deputy director executive first general "
    "head leader manager member minister officer official president representative second "
    "secretary senior vice"
)
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())


def evidence(subject: tuple[str, ...], listed: tuple[str, ...]) -> list[Evidence]:
    """The best that any two of the roles say; nothing where no telling word is shared."""
    best: Evidence | None = None
    for one, other in product(subject, listed):
        mine, theirs = _telling(one), _telling(other)
        if not (shared := mine & theirs):
            continue
        whole = 2 * len(shared) > min(len(mine), len(theirs)) and len(shared) > 1
        found = Evidence(
            "role.same" if whole else "role.similar", SAME if whole else SIMILAR, one, other
        )
        if best is None or found.points > best.points:
            best = found
    return [best] if best else []


@lru_cache(1 << 14)
def _telling(text: str) -> frozenset[str]:
    return words(text) - _EMPTY
