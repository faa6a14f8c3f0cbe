"""The twin of the word lookup of name@1: one word against another, letter by letter, plainly.

It takes the tables of costs and the readings of single words from the product, nothing else.
"""

from functools import lru_cache

from stanch.screening.kernels.edit import INSERT, SHORT, SUBSTITUTE
from stanch.screening.names import lexicon
from stanch.screening.names.sound import bones, sounded

WIDTH = 24  # letters of a word that are compared
LIMIT = 8.0  # a word that costs so much is another word
SWAP = 3.5
DOUBLED = 1.5
LAST_S = 3.0
HEARD = 1.0
MOST_LONGER = 4
MANY_BONES = 5
FEW_BONES = 3


def edit_cost(one: str, two: str) -> float:
    """Optimal string alignment with weights, the whole matrix, never cut short."""
    table = [[0.0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(two) + 1):
            ways = []
            if i:
                ways.append(table[i - 1][j] + _alone(one, i))
            if j:
                ways.append(table[i][j - 1] + _alone(two, j))
            if i and j:
                ways.append(table[i - 1][j - 1] + _substitute(one[i - 1], two[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]:
                ways.append(table[i - 2][j - 2] + SWAP)
            table[i][j] = min(ways, default=0.0)
    return table[-1][-1] * float(SHORT[max(len(one), len(two))])


def _alone(word: str, place: int) -> float:
    """The letter at `place`, counted from 1, where the other word has none."""
    letter = word[place - 1]
    if place > 1 and letter == word[place - 2]:
        return DOUBLED
    if place == len(word) and letter == "s":
        return LAST_S
    return float(INSERT[ord(letter)])


def _substitute(one: str, two: str) -> float:
    return float(SUBSTITUTE[ord(one), ord(two)])


def heard(word: str) -> str:
    return word if word.startswith(lexicon.MARK) else sounded(word)


def cut(word: str) -> str:
    return word.encode("ascii", "replace").decode()[:WIDTH]


@lru_cache(1 << 20)
def word_cost(one: str, two: str) -> float:
    """The lesser of the spelled and the sounded cost; LIMIT where neither is below it."""
    spelled, other = cut(one), cut(two)
    if abs(len(spelled) - len(other)) > MOST_LONGER:
        return LIMIT
    sounds = edit_cost(cut(heard(one)), cut(heard(two))) + HEARD
    return min(LIMIT, edit_cost(spelled, other), sounds)


@lru_cache(1 << 16)
def _keys(word: str) -> frozenset[tuple[str, str]]:
    spelled, bare = cut(word), cut(bones(heard(word)))
    keys = {("spelled", each) for each in (spelled, *_one_less(spelled))}
    keys.add(("bones", bare) if len(bare) >= FEW_BONES else ("sound", cut(heard(word))))
    if len(bare) >= MANY_BONES:
        keys |= {("bare", each) for each in (bare, *_one_less(bare))}
    return frozenset(keys)


def _one_less(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]


def reached(one: str, two: str, run: bool = False) -> bool:
    """Whether one word's keys lead to the other: one edit apart, or with the same bones but one.

    A `run` of the query's words is looked up only as it is, and by its bones or its sound.
    """
    asked = _keys(one)
    if run:
        whole = {("spelled", cut(one))}
        asked = whole | {key for key in asked if key[0] in ("bones", "sound")}
    return not asked.isdisjoint(_keys(two))
