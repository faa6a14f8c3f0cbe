"""Names as numbers: which spelling of which name a person writes."""

from collections.abc import Callable
from typing import Final

import numpy as np

from stanch.sources.personas_scenario.chance import Chance, Int
from stanch.sources.personas_scenario.cultures import CULTURES, Culture

_REST: Final = 1_000


class Names:
    """All given or all family names of all cultures, and how common each is in its culture."""

    def __init__(self, of: Callable[[Culture], tuple[str, ...]], falling: bool) -> None:
        """Names `of` each culture; evenly spread, or `falling` as its family names do."""
        self._lists = [[name.split("/") for name in of(each)] for each in CULTURES]
        self._weights = [
            _falling(each, len(names)) if falling else np.ones(len(names), np.int64)
            for each, names in zip(CULTURES, self._lists, strict=True)
        ]
        names = [name for each in self._lists for name in each]
        self._culture_start = np.cumsum([0, *(len(each) for each in self._lists)])
        self._count = np.array([len(name) for name in names], np.int64)
        self._start = np.cumsum([0, *(len(name) for name in names)])
        self.spellings = [spelling for name in names for spelling in name]

    def drawn(self, chance: Chance, what: str, culture: Int, people: Int) -> Int:
        """A name for each of `people`, by number."""
        name = np.zeros(len(people), np.int64)
        for code, weights in enumerate(self._weights):
            here = culture == code
            drawn = chance.weighted(what, weights, people[here])
            name[here] = self._culture_start[code] + drawn
        return name

    def spelled(self, chance: Chance, what: str, name: Int, people: Int) -> Int:
        """The spelling of it that each of `people` uses, an index into `spellings`."""
        return self._start[name] + chance.below(what, self._count[name], people)


def _falling(culture: Culture, count: int) -> Int:
    """Weights of family names: the first as stated, in permille, the rest as one over rank."""
    rest = _REST - sum(culture.top)
    ranks = np.arange(len(culture.top) + 1, count + 1)
    inverse = 1_000_000 // ranks
    scaled = np.maximum(1, inverse * rest * 1_000 // max(1, int(inverse.sum())))
    return np.concatenate([np.array(culture.top, np.int64) * 1_000, scaled])


GIVEN: Final = Names(lambda culture: culture.given, falling=False)
FAMILY: Final = Names(lambda culture: culture.family, falling=True)
