"""What each listed spelling of a Korean syllable says for a query's: a column of decibans."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from stanch.screening.index.koreans import FIRST
from stanch.screening.names.korean.syllables import (
    LEAST,
    LETTERS,
    MOST,
    TYPING_ERROR,
    USUAL_ERROR,
    Written,
    is_usual,
    stands_for,
)

Array = npt.NDArray[Any]

KEPT: Final = 1 << 12


class Columns:
    """Columns for query syllables, remembered as long as they are asked for often."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        """Take the arrays of index.koreans."""
        self._arrays = arrays
        self.spellings = {
            role: _written(arrays[f"{role}_spellings"], role == "surname")
            for role in ("surname", "given")
        }
        self._known: OrderedDict[Written, Array] = OrderedDict()

    def column(self, written: Written) -> Array:
        """Decibans for `written` by the number of the listed spelling."""
        column = self._known.get(written)
        if column is None:
            column = self._known[written] = self._made(written)
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return column

    def _made(self, written: Written) -> Array:
        role = "surname" if written.surname else "given"
        start, number, weight = (
            self._arrays[f"{role}_{part}"] for part in ("start", "number", "weight")
        )
        ratios = np.zeros(len(self.spellings[role]), np.float64)
        for syllable, ours in stands_for(written):
            place = ord(syllable) - FIRST
            span = slice(start[place], start[place + 1])
            ratios[number[span]] += ours * weight[span]
        column = self._least(written, role)
        some = np.flatnonzero(ratios)
        column[some] = np.clip(10.0 * np.log10(ratios[some]), column[some], MOST)
        return column

    def _least(self, written: Written, role: str) -> Array:
        """As names.korean.syllables.least_of has it, for all listed spellings at once."""
        known = self._known_spellings[role]
        least = np.full(len(known.texts), LEAST, np.float32)
        if written.script == "latin" and known.texts:
            apart = cdist([written.spelling], known.texts, scorer=OSA.distance, score_cutoff=1)[0]
            slip = known.latin & (apart == 1) & (known.long | (len(written.spelling) >= LETTERS))
            least[slip] = TYPING_ERROR
            if is_usual(written):
                least[slip & known.usual] = USUAL_ERROR
        return least

    @cached_property
    def _known_spellings(self) -> dict[str, "_Spellings"]:
        return {role: _Spellings.of(written) for role, written in self.spellings.items()}


@dataclass(frozen=True, slots=True)
class _Spellings:
    """What the least of a column depends on, by the number of the listed spelling."""

    texts: list[str]
    latin: Array
    long: Array
    usual: Array

    @classmethod
    def of(cls, known: list[Written]) -> Self:
        return cls(
            [written.spelling for written in known],
            np.array([written.script == "latin" for written in known], np.bool_),
            np.array([len(written.spelling) >= LETTERS for written in known], np.bool_),
            np.array([is_usual(written) for written in known], np.bool_),
        )


def _written(stored: Array, surname: bool) -> list[Written]:
    return [Written(script, text, surname) for script, text in json.loads(bytes(stored))]
