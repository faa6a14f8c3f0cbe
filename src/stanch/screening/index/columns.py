"""What each listed spelling of a Korean syllable says for a query's: a column of decibans."""

import json
from collections import OrderedDict
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.index.koreans import FIRST
from stanch.screening.names.korean.syllables import MOST, Written, stands_for, typing_errors

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
        with np.errstate(divide="ignore"):
            column = 10.0 * np.log10(ratios)
        least = typing_errors(written, self.spellings[role])
        return np.clip(column, least, MOST).astype(np.float32)


def _written(stored: Array, surname: bool) -> list[Written]:
    return [Written(script, text, surname) for script, text in json.loads(bytes(stored))]
